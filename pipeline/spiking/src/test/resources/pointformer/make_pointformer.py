#!/usr/bin/python3
"""Writes pointformer.txt: a small spike-driven PointFormer as PyTorch computes it, in double precision.

Made with torch 1.13 and numpy. Written from the description of the network, layer by layer, without a look at our
code: concatenations are concatenations, the attention is one matrix product after the other, and gradients are those
of autograd with a straight-through neuron. Parameters and clouds are drawn by `values`, which the test repeats.

A line is CASE WHAT VALUES: `spikes` of one neuron call after the other, a digit each, in inference; the `output` of
inference and of training; and for each parameter the `gradient` of sum(direction * output) in training: its scalar
product with drawn numbers, and its length.
"""
import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
LOCAL, PATCH, JOINT, POSITION, WIDTH, HEADS, HIDDEN = 6, 8, 10, 6, 15, 3, 16
GROUPS, NEIGHBOURS, DEPTH, OUT = 8, 4, 2, 5
CLOUDS = [40, 5]  # the second has fewer points than there should be groups
EPSILON = float(np.float32(1e-3))
LEVELS = 4


def values(name, count, low, high):
    """Numbers in low..high, a pure function of the name, by 32-bit arithmetic."""
    key = 2166136261
    for byte in name.encode():
        key = ((key ^ byte) * 16777619) & 0xFFFFFFFF
    out = []
    for i in range(count):
        x = (key + i * 0x9E3779B9) & 0xFFFFFFFF
        x = ((x ^ (x >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
        x = ((x ^ (x >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
        x = x ^ (x >> 16)
        out.append(low + (high - low) * ((x >> 16) / 65536.0))
    return np.array(out, dtype=np.float32).astype(np.float64)


P = {}


def parameter(name, shape, low, high):
    P[name] = torch.tensor(values(name, int(np.prod(shape)), low, high)).reshape(shape).requires_grad_()


def weight(name, *shape):
    bound = 2 / np.sqrt(shape[-2] if len(shape) == 3 else shape[-1])
    parameter(name, shape, -bound, bound)


def norm(name, columns):
    parameter(name + ".weight", (columns,), 0.6, 1.4)
    parameter(name + ".bias", (columns,), 0.0, 1.5)
    parameter(name + ".mean", (columns,), -0.5, 0.5)
    parameter(name + ".variance", (columns,), 0.5, 2.0)


def bias(name, columns):
    parameter(name, (columns,), 0.0, 1.5)


def parameters():
    for name, a, b, normed in [("patch.0", 6, LOCAL, True), ("patch.1", LOCAL, PATCH, False),
                               ("patch.3", JOINT, PATCH, False), ("reduce", PATCH, WIDTH, False),
                               ("position.0", 3, POSITION, True), ("position.1", POSITION, WIDTH, True)]:
        weight(name + ".conv.weight", 1, a, b)
        bias(name + ".conv.bias", b)
        if normed:
            norm(name + ".norm", b)
    weight("patch.2.conv.weight", 2, PATCH, JOINT)  # of the maximum, of the point
    bias("patch.2.conv.bias", JOINT)
    norm("patch.2.norm", JOINT)
    bias("class.token", WIDTH)
    bias("class.position", WIDTH)
    for i in range(DEPTH):
        b = "block%d." % i
        weight(b + "attention.qkv.conv.weight", 1, WIDTH, 3 * WIDTH)
        norm(b + "attention.qkv.norm", 3 * WIDTH)
        weight(b + "attention.projection.conv.weight", 1, WIDTH, WIDTH)
        bias(b + "attention.projection.conv.bias", WIDTH)
        for layer, a, c in [("mlp.0", WIDTH, HIDDEN), ("mlp.1", HIDDEN, WIDTH)]:
            weight(b + layer + ".conv.weight", 1, a, c)
            bias(b + layer + ".conv.bias", c)
            norm(b + layer + ".norm", c)
    norm("tokens.norm", WIDTH)
    weight("final.weight", OUT, 2 * WIDTH)
    bias("final.bias", OUT)


class Fire(torch.autograd.Function):
    @staticmethod
    def forward(ctx, u):
        ctx.save_for_backward(u)
        return torch.floor(torch.clamp(u, 0, LEVELS) + 0.5)

    @staticmethod
    def backward(ctx, ds):
        (u,) = ctx.saved_tensors
        return ds * ((u > 0) & (u < LEVELS))


class Network:
    def __init__(self, published, steps, training):
        self.published, self.steps, self.training = published, steps, training
        self.spikes, self.margin = [], 1.0

    def neuron(self, x):
        """x is a list of the steps."""
        out, u = [], None
        for step in x:
            u = step if u is None else 0.25 * (u - s.detach()) + step
            s = Fire.apply(u)
            near = (torch.clamp(u.detach(), 0.1, 3.9) % 1 - 0.5).abs().min().item()
            self.margin = min(self.margin, near)
            out.append(s)
        self.spikes.append("".join(str(int(v)) for s in out for v in s.detach().reshape(-1)))
        return out

    def bn(self, name, x):
        """Over the rows of all steps."""
        rows = torch.cat(x)
        if self.training:
            mean, variance = rows.mean(0), rows.var(0, unbiased=False)
        else:
            mean, variance = P[name + ".mean"], P[name + ".variance"]
        return [(s - mean) / torch.sqrt(variance + EPSILON) * P[name + ".weight"] + P[name + ".bias"] for s in x]

    def linear(self, name, x):
        w = P[name + ".conv.weight"].reshape(-1, P[name + ".conv.weight"].shape[-1])
        b = P.get(name + ".conv.bias", 0)
        return [s @ w + b for s in x]

    def forward(self, clouds):
        members, centres = [], []
        for xyz, rgb in clouds:
            picks = [0]
            far = ((xyz - xyz[0]) ** 2).sum(1)
            while len(picks) < min(GROUPS, len(xyz)):
                picks.append(int(np.argmax(far)))
                far = np.minimum(far, ((xyz - xyz[picks[-1]]) ** 2).sum(1))
            for p in picks:
                near = np.argsort(((xyz - xyz[p]) ** 2).sum(1), kind="stable")[:min(NEIGHBOURS, len(xyz))]
                members.append(np.concatenate([np.float32(xyz[near]) - np.float32(xyz[p]), rgb[near]], 1))
                centres.append(xyz[p])
        sizes = [len(m) for m in members]
        groups = [min(GROUPS, len(xyz)) for xyz, _ in clouds]
        T = range(self.steps)

        def most(x):
            return [torch.stack([part.max(0).values for part in s.split(sizes)]) for s in x]

        def spread(x):
            return [torch.repeat_interleave(s, torch.tensor(sizes), 0) for s in x]

        points = [torch.tensor(np.concatenate(members).astype(np.float64)) for _ in T]
        x = self.bn("patch.0.norm", self.linear("patch.0", points))
        local = self.linear("patch.1", self.neuron(x))
        both = [torch.cat([g, l], 1) for g, l in zip(spread(most(local)), local)]
        x = self.bn("patch.2.norm", self.linear("patch.2", both))
        tokens = self.linear("reduce", most(self.linear("patch.3", self.neuron(x))))

        x = self.bn("position.0.norm", self.linear("position.0", [torch.tensor(np.array(centres)) for _ in T]))
        positions = self.bn("position.1.norm", self.linear("position.1", self.neuron(x)))

        def sequence(first, rows):
            return [torch.cat([torch.cat([first[None], part]) for part in s.split(groups)]) for s in rows]

        tokens = sequence(P["class.token"], tokens)
        positions = sequence(P["class.position"], positions)
        lengths = [g + 1 for g in groups]
        for i in range(DEPTH):
            name = "block%d." % i
            tokens = [a + b for a, b in zip(tokens, positions)]
            tokens = [a + b for a, b in zip(tokens, self.attention(name + "attention", tokens, lengths))]
            x = self.bn(name + "mlp.0.norm", self.linear(name + "mlp.0", self.neuron(tokens)))
            x = self.bn(name + "mlp.1.norm", self.linear(name + "mlp.1", self.neuron(x)))
            tokens = [a + b for a, b in zip(tokens, x)]
        tokens = self.bn("tokens.norm", tokens)
        pooled = [torch.stack([torch.cat([part[0], part[1:].max(0).values]) for part in s.split(lengths)])
                  for s in tokens]
        return F.linear(sum(pooled) / self.steps, P["final.weight"], P["final.bias"])

    def attention(self, name, x, lengths):
        x = self.neuron(self.bn(name + ".qkv.norm", self.linear(name + ".qkv", self.neuron(x))))
        d = WIDTH // HEADS
        samples = []  # of each its steps
        for sample in range(len(lengths)):
            rows = [s.split(lengths)[sample].reshape(-1, 3, HEADS, d).permute(1, 2, 0, 3) for s in x]
            if self.published:
                scores = self.neuron([q @ k.transpose(1, 2) for q, k, v in rows])
                out = [a @ v * float(np.float32(d ** -0.5)) for a, (q, k, v) in zip(scores, rows)]
            else:
                out = [(q @ k.transpose(1, 2)) @ v * float(np.float32(1 / (q.shape[1] * np.sqrt(d))))
                       for q, k, v in rows]
            samples.append([o.transpose(0, 1).reshape(-1, WIDTH) for o in out])
        out = [torch.cat([s[t] for s in samples]) for t in range(self.steps)]
        return self.linear(name + ".projection", self.neuron(out))


def main():
    parameters()
    clouds = []
    for i, n in enumerate(CLOUDS):
        clouds.append((values("xyz%d" % i, 3 * n, -1, 1).reshape(n, 3), values("rgb%d" % i, 3 * n, 0, 1).reshape(n, 3)))
    direction = torch.tensor(values("direction", len(CLOUDS) * OUT, -1, 1)).reshape(len(CLOUDS), OUT)
    with open("pointformer.txt", "w") as file:
        def line(case, what, numbers):
            file.write("%s %s %s\n" % (case, what, " ".join("%.12g" % n for n in numbers)))

        for published in [False, True]:
            for steps in [1, 2]:
                case = "%s-%d" % ("published" if published else "paper", steps)
                network = Network(published, steps, False)
                output = network.forward(clouds)
                fired = [sum(s.count(c) for s in network.spikes) for c in "01234"]
                print(case, "margin", network.margin, "spikes of 0..4:", fired)
                for spikes in network.spikes:
                    file.write("%s spikes %s\n" % (case, spikes))
                line(case, "output", output.detach().reshape(-1).tolist())
                for p in P.values():
                    p.grad = None
                network = Network(published, steps, True)
                output = network.forward(clouds)
                print(case, "training margin", network.margin)
                (direction * output).sum().backward()
                line(case, "training", output.detach().reshape(-1).tolist())
                for name, p in P.items():
                    if not name.endswith((".mean", ".variance")):
                        g = p.grad.reshape(-1)
                        drawn = torch.tensor(values("d " + name, g.numel(), -1, 1))
                        line(case, "gradient " + name, [(g * drawn).sum().item(), g.norm().item()])


main()
