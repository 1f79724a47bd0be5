#!/usr/bin/python3
"""Writes images.txt: convolutions, pooling and enlarging of small images as PyTorch computes them.

Made with torch 1.13, in double precision. Inputs, weights and directions are drawn by `values`, which the test
repeats; all are in the order of the test, channels last, and are turned around here.

A line is KIND height width kernel stride padding channels outputs WHAT VALUES, of two images. For `nearest` and
`bilinear` kernel and stride are the height and width of the result. WHAT is the result `y`, or the gradient of
sum(direction * y) to the input, `dx`, or to the weights, `dw`.
"""
import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
IMAGES = 2


def values(name, *shape):
    """Multiples of 2^-16 in -1..1, a pure function of the name, by 32-bit arithmetic."""
    key = 2166136261
    for byte in name.encode():
        key = ((key ^ byte) * 16777619) & 0xFFFFFFFF
    out = []
    for i in range(int(np.prod(shape))):
        x = (key + i * 0x9E3779B9) & 0xFFFFFFFF
        x = ((x ^ (x >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
        x = ((x ^ (x >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
        x = x ^ (x >> 16)
        out.append((x >> 16) / 32768.0 - 1)
    return torch.tensor(np.array(out).reshape(shape))


def images(name, height, width, channels):
    return values(name, IMAGES, height, width, channels).permute(0, 3, 1, 2).contiguous()


def line(case, what, tensor):
    print(*case, what, *("%.9g" % v for v in tensor.reshape(-1).tolist()), file=out)


def last(tensor):
    return tensor.permute(0, 2, 3, 1)


def run(kind, height, width, kernel, stride, padding, channels, outputs):
    case = (kind, height, width, kernel, stride, padding, channels, outputs)
    x = images("x", height, width, channels).requires_grad_()
    w = None
    if kind == "dense":
        w = values("w", kernel, kernel, channels, outputs).requires_grad_()
        y = F.conv2d(x, w.permute(3, 2, 0, 1), stride=stride, padding=padding)
    elif kind == "depthwise":
        w = values("w", kernel, kernel, channels).requires_grad_()
        y = F.conv2d(x, w.permute(2, 0, 1)[:, None], stride=stride, padding=padding, groups=channels)
    elif kind == "max":
        y = F.max_pool2d(x, kernel, stride, padding)
    elif kind == "mean":
        y = F.avg_pool2d(x, kernel, stride, padding)
    elif kind == "nearest":
        y = F.interpolate(x, size=(kernel, stride), mode="nearest")
    else:
        y = F.interpolate(x, size=(kernel, stride), mode="bilinear", align_corners=False)
    direction = images("direction", y.shape[2], y.shape[3], y.shape[1])
    (direction * y).sum().backward()
    line(case, "y", last(y))
    line(case, "dx", last(x.grad))
    if w is not None:
        line(case, "dw", w.grad)


with open("images.txt", "w") as out:
    for kernel, stride, padding in [(1, 1, 0), (3, 1, 1), (3, 2, 1), (7, 2, 3), (7, 4, 2)]:
        run("dense", 7, 9, kernel, stride, padding, 3, 2)
    for kernel, stride, padding in [(3, 1, 0), (3, 1, 1), (3, 2, 1), (5, 1, 2), (7, 1, 3), (7, 2, 3), (7, 4, 2), (2, 3, 1)]:
        run("depthwise", 7, 9, kernel, stride, padding, 3, 3)
    for kind in ("max", "mean"):
        for kernel, stride, padding in [(5, 1, 2), (3, 2, 1), (2, 2, 0)]:
            run(kind, 7, 9, kernel, stride, padding, 3, 3)
    run("nearest", 3, 4, 6, 8, 0, 3, 3)
    run("nearest", 3, 4, 7, 5, 0, 3, 3)
    run("bilinear", 3, 4, 6, 8, 0, 3, 3)
    run("bilinear", 3, 4, 7, 9, 0, 3, 3)
    run("bilinear", 7, 9, 3, 4, 0, 3, 3)
