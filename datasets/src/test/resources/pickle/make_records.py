"""Writes records of the size of OpenShape's, and says how fast NumPy loads them again, in CPU time.

python3 make_records.py DIR [COUNT]: the folder is what -Dtrispike.records names for DataBench.
"""
import os
import sys
import time

import numpy as np

folder = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 64
os.makedirs(folder, exist_ok=True)
random = np.random.default_rng(1)


def feature(*shape):
    vector = random.standard_normal((*shape, 1280), dtype=np.float32)
    return vector / np.linalg.norm(vector, axis=-1, keepdims=True)


def text(prompts=True):
    entry = {"original": feature()}
    return {**entry, "prompt_avg": feature()} if prompts else entry


files = []
for i in range(count):
    surface = random.standard_normal((10000, 3), dtype=np.float32)
    record = {
        "dataset": "Objaverse",
        "group": "000-000",
        "id": f"{i:032x}",
        "xyz": surface / np.linalg.norm(surface, axis=1, keepdims=True),
        "rgb": random.random((10000, 3), dtype=np.float32),
        "image_feat": feature(12),
        "thumbnail_feat": feature(),
        "text": ["a chair"],
        "text_feat": [text()],
        "blip_caption": "a wooden chair",
        "blip_caption_feat": text(),
        "msft_caption": "a chair on a floor",
        "msft_caption_feat": text(),
        "retrieval_text": ["chair for sale"],
        "retrieval_text_feat": [text(prompts=False)],
    }
    files.append(os.path.join(folder, f"{i:05d}.npy"))
    np.save(files[-1], record)

best = float("inf")
for _ in range(20):
    start = time.process_time()
    for file in files:
        np.load(file, allow_pickle=True).item()["xyz"].sum()
    best = min(best, time.process_time() - start)
size = sum(map(os.path.getsize, files)) / count
print(f"{count} records of {size / 1e3:.0f} kB, from the page cache: {count / best:.0f} records/s")
