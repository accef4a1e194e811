"""CSV for spreadsheets: UTF-8 with a byte-order mark, lists joined by '; ', fields of `extra` as x_<name> columns.

A text that a spreadsheet would run as a formula (it begins with = + - @) gets an apostrophe before it.
"""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, BinaryIO

import orjson
import pyarrow as pa

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(batches: Callable[[], Iterator[pa.RecordBatch]], schema: pa.Schema, out: BinaryIO) -> None:
    """Write the rows as CSV; they are read twice where `extra` must be spread over columns."""
    names = [name for name in schema.names if name != "extra"]
    further = _further(batches()) if "extra" in schema.names else []
    out.write(b"\xef\xbb\xbf")
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([*names, *(f"x_{name}" for name in further)])
    for batch in batches():
        for row in batch.to_pylist():
            extra = orjson.loads(row["extra"]) if row.get("extra") else {}
            writer.writerow([_cell(row[name]) for name in names] + [_cell(extra.get(name)) for name in further])
    text.detach()


def _further(batches: Iterator[pa.RecordBatch]) -> list[str]:
    """Return all field names that stand in `extra`."""
    names: set[str] = set()
    for batch in batches:
        for value in batch.column("extra").drop_null().to_pylist():
            names.update(orjson.loads(value))
    return sorted(names)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        value = "; ".join(str(part) for part in value)
    if isinstance(value, dict):
        value = orjson.dumps(value).decode()
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
