"""Speed, as medians of whole processes with what they are held against: `make bench`.

Machines are shared and noisy: quote ratios, and absolute times only with the machine they were taken on.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pages

ROOT = Path(__file__).resolve().parents[1]
PLANTED = ROOT.parent / "shared" / "data" / "reuse" / "planted" / "10k.jsonl.gz"
STEMMA = [sys.executable, "-m", "stemma"]


def seconds(command, runs, **environment):
    """Return the wall times of a command's runs, sorted."""
    times = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            placed = [str(part).replace("{}", folder) for part in command]
            began = time.perf_counter()
            subprocess.run(placed, check=True, capture_output=True, env=os.environ | environment)
            times.append(time.perf_counter() - began)
    return sorted(times)


def told(name, times):
    spread = f"{times[0]:.2f} to {times[-1]:.2f}"
    print(f"{name:<48} median {statistics.median(times):6.2f} s   {spread:<16} {len(times)} runs", flush=True)


def main():
    told("python -c pass", seconds([sys.executable, "-c", "pass"], 7))
    told("stemma --help", seconds([*STEMMA, "--help"], 7))
    if not PLANTED.exists():
        print("trace of planted 10k, pages a second: not measured, the evaluation data isn't beside this checkout")
        return
    trace = [*STEMMA, "trace", PLANTED, "--case", "{}/case", "--quiet"]
    with tempfile.TemporaryDirectory() as cold:
        told("trace of planted 10k, first run (kernels cold)", seconds(trace, 1, NUMBA_CACHE_DIR=cold))
    told("trace of planted 10k, warm", seconds(trace, 5))
    pages.main()


if __name__ == "__main__":
    main()
