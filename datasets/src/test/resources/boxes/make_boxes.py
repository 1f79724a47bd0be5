"""Writes tables of boxes as NumPy does: Gen1's columns, and older ones with padding."""

import numpy as np

rows = [
    (2_000_000, 10.5, 20.25, 30, 40, 1, 1, 7),
    (1_000_000, -3, 200, 50, 60.5, 0, 0.5, 4_000_000_000),
    (2_000_000, 1, 2, 3, 4, 0, 1, 8),
]
names = ["ts", "x", "y", "w", "h", "class_id", "confidence", "track_id"]
formats = ["<u8", "<f4", "<f4", "<f4", "<f4", "u1", "<f4", "<u4"]
np.save("gen1_bbox.npy", np.array(rows, list(zip(names, formats))))
names = ["t", "x", "y", "w", "h", "track_id", "class_id", "confidence"]
formats = [">u8", "<f4", "<f4", "<f4", "<f4", ">u4", "u1", "<f4"]
old = np.zeros(len(rows), np.dtype(list(zip(names, formats)), align=True))
for i, r in enumerate(rows):
    old[i] = (*r[:5], r[7], r[5], r[6])
np.save("old_bbox.npy", old)
