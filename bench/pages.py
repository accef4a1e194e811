"""HTML pages a second, two processes: Stemma's reading beside bare trafilatura over the same bodies, in turns."""

import json
import multiprocessing
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from stemma.engine.pool import run_isolated
from stemma.read import Tally, find, parse_stages, raw_batches
from stemma.settings import Read

WARC = Path(__file__).resolve().parents[1].parent / "shared/data/pages/trafilatura-eval.warc.gz"
PROCESSES = 2
ROUNDS = 3
BATCH_ROWS = 20  # results arrive in such batches; the clock starts with the first, when all processes run
FLOOR = 0.8


def main() -> None:
    """Print a JSON line with both rates and their ratio."""
    if not WARC.exists():
        print(json.dumps({"name": "pages a second beside bare trafilatura", "value": "not measured"}))
        return
    bodies = [body for batch in batches() for body in batch.column("html").to_pylist()]
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(rate(len(batch) for batch in read()))
        bare.append(rate(extract_all(bodies)))
    ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
    print(
        json.dumps(
            {
                "name": "pages a second beside bare trafilatura",
                "value": round(ratio, 3),
                "floor": FLOOR,
                "n": len(bodies),
                "interval": [round(min(a / b for a, b in zip(ours, bare, strict=True)), 3), round(max(a / b for a, b in zip(ours, bare, strict=True)), 3)],
                "stemma": [round(x, 1) for x in ours],
                "bare": [round(x, 1) for x in bare],
                "constant_baseline": None,
            }
        )
    )
    sys.exit(ratio < FLOOR)


def batches() -> Iterator[Any]:
    """Yield the pages' records in small batches."""
    [source] = find([str(WARC)])
    for batch in raw_batches(source, Tally(), Read()):
        for first in range(0, len(batch), BATCH_ROWS):
            yield batch.slice(first, BATCH_ROWS)


def read() -> Iterator[Any]:
    """Yield what the reading stage makes of them."""
    settings = Read()
    yield from run_isolated(parse_stages(settings).html, batches(), PROCESSES, worker_gigabytes=settings.worker_gigabytes)


def extract_all(bodies: list[bytes]) -> Iterator[int]:
    """Yield the pages done by bare trafilatura in a plain pool, which gives each of its processes the next page."""
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        results = pool.imap(extract, bodies)
        for first in range(0, len(bodies), BATCH_ROWS):
            yield sum(1 for _, _ in zip(range(min(BATCH_ROWS, len(bodies) - first)), results, strict=False))


def extract(body: bytes) -> int:
    """Return the length of a page's text as trafilatura alone finds it."""
    import trafilatura

    return len(trafilatura.extract(body, fast=True) or "")


def rate(finished: Iterable[int]) -> float:
    """Return pages a second, from the first results on."""
    pages = iter(finished)
    next(pages)
    start = time.perf_counter()
    return sum(pages) / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
