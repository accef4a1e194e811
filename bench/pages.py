"""HTML pages a second, two processes: Stemma's reading beside bare trafilatura over the same bodies, in turns."""

import json
import multiprocessing
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stemma.engine.pool import run_isolated
from stemma.read import Tally, find, parse_stages, raw_batches
from stemma.settings import Read

WARC = Path(__file__).resolve().parents[1].parent / "shared/data/pages/trafilatura-eval.warc.gz"
NAME = "HTML pages a second, beside bare trafilatura"
PROCESSES = 2
ROUNDS = 3
BATCH_ROWS = 20  # results arrive in such batches
FLOOR = 0.8


def main() -> None:
    """Print a JSON line with both rates and their ratio."""
    if not WARC.exists():
        print(json.dumps({"name": NAME, "value": "not measured", "why": f"{WARC} is absent"}))
        return
    pages = sum(map(len, batches())) // 2
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(rate(read(), pages))
        bare.append(rate(extract_all(), pages))
    ratios = sorted(a / b for a, b in zip(ours, bare, strict=True))
    figure = {
        "name": NAME,
        "value": round(max(ours) / max(bare), 3),  # other work on the machine can only slow either side down
        "floor": FLOOR,
        "n": pages,
        "constant_baseline": None,
        "interval": [round(ratios[0], 3), round(ratios[-1], 3)],
        "stemma": [round(rate, 1) for rate in ours],
        "bare": [round(rate, 1) for rate in bare],
    }
    print(json.dumps(figure))
    sys.exit(figure["value"] < FLOOR)


def batches() -> Iterator[Any]:
    """Yield the pages' records in small batches, all of them twice: the first pass warms both sides up."""
    [source] = find([str(WARC)])
    for _ in range(2):
        for batch in raw_batches(source, Tally(), Read()):
            for first in range(0, len(batch), BATCH_ROWS):
                yield batch.slice(first, BATCH_ROWS)


def read() -> Iterator[int]:
    """Yield the rows of each batch as the reading stage finishes it."""
    settings = Read()
    stage = parse_stages(settings).html
    for batch in run_isolated(stage, batches(), PROCESSES, worker_gigabytes=settings.worker_gigabytes):
        yield len(batch)


def extract_all() -> Iterator[int]:
    """Yield the pages that bare trafilatura finishes in a plain pool, which gives each process the next page."""
    bodies = (body for batch in batches() for body in batch.column("html").to_pylist())
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        for _ in pool.imap(extract, bodies):
            yield 1


def extract(body: bytes) -> int:
    """Return the length of a page's text as trafilatura alone finds it."""
    import trafilatura

    return len(trafilatura.extract(body, fast=True) or "")


def rate(finished: Iterator[int], pages: int) -> float:
    """Return pages a second over the second pass."""
    done, start = 0, 0.0
    for count in finished:
        done += count
        if done >= pages and not start:
            first, start = done, time.perf_counter()
    return (done - first) / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
