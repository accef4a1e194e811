"""JSON lines: a row a line, times as ISO 8601 in UTC, JSON columns as objects."""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import orjson
import pyarrow as pa

from stemma.export.values import json_columns


def write(batches: Callable[[], Iterator[pa.RecordBatch]], schema: pa.Schema, out: BinaryIO) -> None:
    """Write the rows as JSON lines."""
    nested = json_columns(schema)
    for batch in batches():
        out.writelines(_line(row, nested) for row in batch.to_pylist())


def _line(row: dict[str, Any], nested: list[str]) -> bytes:
    for name in nested:
        row[name] = orjson.loads(row[name]) if row[name] else row[name]
    return orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)
