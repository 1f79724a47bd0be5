"""E-3DSNN in PyTorch on one core: the peer of `./trispike bench train` and `./trispike bench infer`.

    python3 e3dsnn_torch.py t 30        # the size (t or l) and how many steps are timed

Needs PyTorch and NumPy. Prints milliseconds a cloud, best / median: a training step on batches of 16
clouds of 10,000 points (forward, InfoNCE with 1280 columns, backward, AdamW), the same without voxels
and rulebooks, and inference of one cloud after the other. Voxels and rulebooks are NumPy's; a
convolution multiplies the gathered rows of each offset into one buffer, which embedding_bag sums by
output row: of the plain ways (index_add_ by offset, im2col) it is the fastest on a CPU. PyTorch with an
old OpenBLAS wants OPENBLAS_CORETYPE=SkylakeX on CPUs with AVX-512 that it does not know.
"""

import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import torch
import torch.nn.functional as F

SIZES = {"t": (16, (16, 32, 64, 128), (1, 1, 1, 1)), "l": (64, (64, 128, 128, 256), (2, 2, 2, 2))}
CLOUDS, POINTS, WIDTH, VOXEL, SPAN = 16, 10_000, 1280, 0.02, 1 << 12


class Pairs:
    """Rows `src` of the input and `dst` of the output, sorted by offset."""

    def __init__(self, src, dst, offset, offsets, inputs, outputs):
        order = np.argsort(offset, kind="stable")
        src, dst = src[order], dst[order]
        bounds = np.searchsorted(offset[order], np.arange(offsets + 1))
        self.ranges = [(o, a, b) for o, (a, b) in enumerate(zip(bounds, bounds[1:])) if b > a]
        self.src, self.dst = torch.from_numpy(src), torch.from_numpy(dst)
        self.to_output, self.to_input = bags(dst, outputs), bags(src, inputs)


def bags(rows, count):
    order = np.argsort(rows, kind="stable")
    bounds = np.searchsorted(rows[order], np.arange(count + 1))
    return torch.from_numpy(order), torch.from_numpy(bounds.astype(np.int64))


def total(messages, bag):
    return F.embedding_bag(bag[0], messages, bag[1], mode="sum", include_last_offset=True)


def key(sample, cell):
    return ((sample * SPAN + cell[..., 0]) * SPAN + cell[..., 1]) * SPAN + cell[..., 2]


def submanifold(sample, cell, keys):
    src, dst, offset = [], [], []
    for o, delta in enumerate(np.ndindex(3, 3, 3)):
        wanted = key(sample, cell + np.array(delta) - 1)
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        found = np.nonzero(keys[at] == wanted)[0]
        src.append(at[found])
        dst.append(found)
        offset.append(np.full(len(found), o))
    n = len(keys)
    return Pairs(np.concatenate(src), np.concatenate(dst), np.concatenate(offset), 27, n, n)


def pyramid(xyz, rgb, levels=5):
    """Features of the voxels, rows of samples, and (3x3x3, 2x2x2) pairs of each level."""
    sample = np.repeat(np.arange(len(xyz)), xyz.shape[1])
    cell = 1 + ((xyz - xyz.min(axis=1, keepdims=True)) / VOXEL).astype(np.int64).reshape(-1, 3)
    keys, site = np.unique(key(sample, cell), return_inverse=True)
    both = np.concatenate([xyz.reshape(-1, 3), rgb.reshape(-1, 3)], axis=1)
    sums = np.stack([np.bincount(site, both[:, f], len(keys)) for f in range(6)], axis=1)
    features = (sums / np.bincount(site, minlength=len(keys))[:, None]).astype(np.float32)
    pairs, down = [], None
    for level in range(levels):
        cell = np.stack([keys // SPAN**2 % SPAN, keys // SPAN % SPAN, keys % SPAN], axis=1)
        sample = keys // SPAN**3
        pairs.append((submanifold(sample, cell, keys), down))
        if level + 1 < levels:
            parents, up = np.unique(key(sample, (cell - 1) // 2 + 1), return_inverse=True)
            offset = ((cell - 1) % 2) @ np.array([4, 2, 1])
            down = Pairs(np.arange(len(keys)), up, offset, 8, len(keys), len(parents))
            keys = parents
    return torch.from_numpy(features), bags(sample, len(xyz)), pairs


class Convolution(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight, pairs):
        gathered = x.index_select(0, pairs.src)
        messages = x.new_empty(len(gathered), weight.shape[2])
        for o, a, b in pairs.ranges:
            torch.mm(gathered[a:b], weight[o], out=messages[a:b])
        ctx.pairs = pairs
        ctx.save_for_backward(gathered, weight)
        return total(messages, pairs.to_output)

    @staticmethod
    def backward(ctx, dy):
        gathered, weight = ctx.saved_tensors
        dy = dy.index_select(0, ctx.pairs.dst)
        dw = torch.zeros_like(weight)
        messages = torch.empty_like(gathered)
        for o, a, b in ctx.pairs.ranges:
            torch.mm(gathered[a:b].t(), dy[a:b], out=dw[o])
            torch.mm(dy[a:b], weight[o].t(), out=messages[a:b])
        return total(messages, ctx.pairs.to_input), dw, None


class Spikes(torch.autograd.Function):
    @staticmethod
    def forward(ctx, u):
        ctx.save_for_backward(u)
        return torch.floor(u.clamp(0, 4) + 0.5)

    @staticmethod
    def backward(ctx, ds):
        (u,) = ctx.saved_tensors
        return ds * ((u > 0) & (u < 4))


class Layer(torch.nn.Module):
    def __init__(self, inputs, outputs, offsets=27, spiking=True):
        super().__init__()
        scale = (offsets * inputs) ** -0.5
        self.weight = torch.nn.Parameter(scale * torch.randn(offsets, inputs, outputs))
        self.norm = torch.nn.BatchNorm1d(outputs, eps=1e-3, momentum=0.01)
        self.spiking = spiking

    def forward(self, x, pairs):
        return self.norm(Convolution.apply(Spikes.apply(x) if self.spiking else x, self.weight, pairs))


class Encoder(torch.nn.Module):
    def __init__(self, stem, widths, depths):
        super().__init__()
        self.stem = torch.nn.ModuleList([Layer(6, stem, spiking=False), Layer(stem, stem), Layer(stem, stem)])
        self.stages = torch.nn.ModuleList()
        for before, width, depth in zip((stem,) + widths, widths, depths):
            layers = [Layer(before, width, offsets=8)] + [Layer(width, width) for _ in range(3 * depth)]
            self.stages.append(torch.nn.ModuleList(layers))
        self.last = torch.nn.Linear(widths[-1], WIDTH)

    def forward(self, batch):
        x, samples, pairs = batch
        for layer in self.stem:
            x = layer(x, pairs[0][0])
        for (level, down), stage in zip(pairs[1:], self.stages):
            x = stage[0](x, down)
            for first, second, third in zip(stage[1::3], stage[2::3], stage[3::3]):
                x = x + first(x, level)
                x = x + third(second(x, level), level)
        return self.last(total(x, samples) / (samples[1][1:] - samples[1][:-1])[:, None])


def surfaces(seed, clouds=CLOUDS):
    """Points on two ellipsoids and a box each, as `bench` makes them."""
    random = np.random.default_rng(seed)
    axes = random.uniform(0.15, 0.6, (clouds, 3, 3))[:, np.arange(POINTS) % 3]
    u = random.normal(size=(clouds, POINTS, 3))
    round_, box = np.linalg.norm(u, axis=2), np.abs(u).max(axis=2)
    norm = np.where(np.arange(POINTS) % 3 == 2, box, round_)
    return (u / norm[..., None] * axes).astype(np.float32), random.random((clouds, POINTS, 3), np.float32)


def show(name, seconds, clouds):
    ms = 1e3 * np.array(seconds) / clouds
    print(f"  {name:<34} {ms.min():8.2f} / {np.median(ms):8.2f} ms")


def main(size, steps):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    net = Encoder(*SIZES[size])
    print(f"E-3DSNN-{size.upper()}, {sum(p.numel() for p in net.parameters()):,} parameters, PyTorch {torch.__version__}")
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, betas=(0.9, 0.98), weight_decay=1e-4)
    target = F.normalize(torch.randn(CLOUDS, WIDTH), dim=1)
    clouds = [surfaces(seed) for seed in range(6)]
    whole, step, one = [], [], []
    for i in range(steps):
        began = time.perf_counter()
        batch = pyramid(*clouds[i % len(clouds)])
        made = time.perf_counter()
        logits = 14.3 * F.normalize(net(batch), dim=1) @ target.t()
        labels = torch.arange(CLOUDS)
        loss = (F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), labels)) / 2
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        done = time.perf_counter()
        whole.append(done - began)
        step.append(done - made)
    net.eval()
    with torch.inference_mode():
        for i in range(4 * steps):
            xyz, rgb = (part[i % CLOUDS][None] for part in clouds[0])
            began = time.perf_counter()
            batch = pyramid(xyz, rgb)
            made = time.perf_counter()
            net(batch)
            one.append((time.perf_counter() - began, time.perf_counter() - made))
    show("a training step", whole[2:], CLOUDS)
    show("the same without voxels, rulebooks", step[2:], CLOUDS)
    show("one cloud, points to output", [a for a, _ in one[8:]], 1)
    show("the same without voxels, rulebooks", [b for _, b in one[8:]], 1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
