#!/usr/bin/python3
"""FAISS's PQ4 fast-scan beside ScanBench: one query, one thread, a bank of so many rows of 512.

    python3 faiss_scan.py ROWS [COMMAND ...]

COMMAND runs ScanBench, such as: java --add-modules jdk.incubator.vector -cp CLASSES
org.trispike.vq.scan.ScanBench. Needs numpy and faiss (Debian: python3-faiss). Both look for the best
16 by codes of 4 bits for 4 columns each; FAISS ranks nothing exactly, ScanBench does. Medians.
"""
import statistics
import subprocess
import sys
import time

import faiss
import numpy

COLUMNS = 512
RUNS = 31


def main():
    rows = int(sys.argv[1])
    faiss.omp_set_num_threads(1)
    random = numpy.random.default_rng(1)
    index = faiss.IndexPQFastScan(COLUMNS, COLUMNS // 4, 4, faiss.METRIC_INNER_PRODUCT)
    index.train(random.standard_normal((4096, COLUMNS), dtype=numpy.float32))
    for _ in range(0, rows, 1 << 14):
        index.add(random.standard_normal((1 << 14, COLUMNS), dtype=numpy.float32))
    query = random.standard_normal((1, COLUMNS), dtype=numpy.float32)
    times = []
    for run in range(2 * RUNS):
        start = time.perf_counter()
        index.search(query, 16)
        times.append(time.perf_counter() - start)
    median = statistics.median(times[RUNS:])
    print(
        f"FAISS {faiss.__version__} ({faiss.get_compile_options().strip()}): {1e3 * median:.3f} ms,"
        f" {1e-9 * index.ntotal * COLUMNS / 8 / median:.1f} GB/s",
        flush=True,
    )
    if sys.argv[2:]:
        subprocess.run(sys.argv[2:] + [str(rows), "random", "0", "pq4"], check=True)


if __name__ == "__main__":
    main()
