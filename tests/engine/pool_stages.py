"""Stages with faults of their own, for the pool; workers import them by name."""

import ctypes
import time

import pyarrow as pa

from stemma.stage import Stage

NUMBERS = pa.schema([("n", pa.int32())])


def numbers(values):
    return pa.RecordBatch.from_pydict({"n": list(values)}, schema=NUMBERS)


def repeated(batch):
    """Give each number as often as it says."""
    return numbers(n for n in batch["n"].to_pylist() for _ in range(n))


def segfault_at_three(batch):
    for n in batch["n"].to_pylist():
        if n == 3:
            ctypes.string_at(0)
    return batch


def rest(batch):
    for _ in range(batch.num_rows):
        time.sleep(0.5)
    return batch


def minus(batch, _reason):
    return numbers(-n for n in batch["n"].to_pylist())


def lost_too(_batch, reason):
    raise LookupError(f"no words for: {reason}")


REPEATED = Stage("repeated", NUMBERS, NUMBERS, repeated, isolate_seconds=60, lost=minus)
SEGFAULT = Stage("segfault", NUMBERS, NUMBERS, segfault_at_three, isolate_seconds=60, lost=minus)
UNLOST = Stage("unlost", NUMBERS, NUMBERS, segfault_at_three, isolate_seconds=60)
LOST_TOO = Stage("lost too", NUMBERS, NUMBERS, segfault_at_three, isolate_seconds=60, lost=lost_too)
REST = Stage("rest", NUMBERS, NUMBERS, rest, isolate_seconds=2, lost=minus)
