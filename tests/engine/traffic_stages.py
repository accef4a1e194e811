"""A stage that workers can import."""

import pyarrow as pa

from stemma.stage import Stage

ROWS = pa.schema([("data", pa.binary())])


def same(batch):
    return batch


def lost(batch, _reason):
    return batch


ECHO = Stage("echo", ROWS, ROWS, same, isolate_seconds=60, lost=lost)
