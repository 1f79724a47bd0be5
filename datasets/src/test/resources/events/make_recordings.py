"""Makes the recordings beside this file: events at 0, 100, ..., 900 microseconds, in the forms of Gen1 and DVS128 Gesture."""
import struct

import numpy as np

with open("boxes_td.dat", "wb") as out:
    out.write(b"% Data file containing Event2D events.\n% Version 2\n% Width 304\n% Height 240\n" + bytes([0, 8]))
    for i in range(10):
        out.write(struct.pack("<II", 100 * i, i % 30 | i % 20 << 14 | i % 2 << 28))

fields = [("ts", "<u8"), ("x", "<f4"), ("y", "<f4"), ("w", "<f4"), ("h", "<f4"),
          ("class_id", "u1"), ("confidence", "<f4"), ("track_id", "<u4")]
boxes = [(600, 10, 20, 30, 40, 0, 1, 1), (600, 50, 60, 7, 8, 1, 1, 2), (1000, 12, 20, 30, 40, 0, 1, 1)]
np.save("boxes_bbox.npy", np.array(boxes, dtype=np.dtype(fields)))

with open("gestures.aedat", "wb") as out:
    out.write(b"#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n")
    out.write(struct.pack("<hhiiiiii", 1, 1, 8, 4, 0, 10, 10, 10))
    for i in range(10):
        out.write(struct.pack("<II", 1 | i % 2 << 1 | i % 128 << 2 | i * 3 % 128 << 17, 100 * i))
