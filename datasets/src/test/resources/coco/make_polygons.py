"""Writes polygons.txt with pycocotools 2.0: width height | polygons | packed runs | area."""

import numpy as np
import pycocotools.mask as masks

rng = np.random.default_rng(1)
lines = []


def add(w, h, parts):
    parts = [[round(float(v), 2) for v in part] for part in parts]
    rle = masks.merge(masks.frPyObjects(parts, h, w))
    corners = " ; ".join(" ".join("%g" % v for v in part) for part in parts)
    lines.append("%d %d | %s | %s | %d" % (w, h, corners, rle["counts"].decode(), masks.area(rle)))


add(7, 5, [[0, 0, 7, 0, 7, 5, 0, 5]])
add(7, 5, [[1, 1, 1, 1, 4, 1, 4, 4]])
add(6, 4, [[-3, -3, 20, -3, 20, 20, -3, 20]])
add(6, 4, [[8, 8, 9, 9, 10, 8]])
add(6, 4, [[2, 1, 2, 3, 2, 2]])
add(20, 30, [[2.5, 2.5, 2.5, 9.5, 9.5, 9.5, 9.5, 2.5], [5, 5, 15, 5, 15, 25, 5, 25]])
for i in range(24):
    w, h = int(rng.integers(5, 120)), int(rng.integers(5, 120))
    parts = []
    for _ in range(int(rng.integers(1, 4))):
        n = int(rng.integers(3, 14))
        if i % 2:  # around the middle
            a = np.sort(rng.random(n)) * 2 * np.pi
            r = rng.random(n) * min(w, h) / 2
            xy = np.stack([w / 2 + r * np.cos(a), h / 2 + r * np.sin(a)], 1)
        else:  # crossing itself and the picture's border
            xy = rng.random((n, 2)) * [w * 1.3, h * 1.3] - [w * 0.15, h * 0.15]
        parts.append(xy.ravel())
    add(w, h, parts)
with open("polygons.txt", "w") as out:
    out.write("\n".join(lines) + "\n")
