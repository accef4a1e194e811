"""A table of a case as a file for other programs. One module a format, each with `write(batches, schema, out)`."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

import pyarrow as pa

from stemma.errors import UsageError
from stemma.export import csv, jsonl, parquet
from stemma.store import Case
from stemma.tables import CASE_TABLES

Format = Callable[[Callable[[], Iterator[pa.RecordBatch]], pa.Schema, BinaryIO], None]

FORMATS: dict[str, Format] = {"jsonl": jsonl.write, "csv": csv.write, "parquet": parquet.write}


def export(case: Case, table: str, format_name: str, out: BinaryIO) -> None:
    """Write a table of the case to `out`, a piece at a time."""
    faults = []
    if table not in CASE_TABLES:
        faults.append(f"there is no table {table!r}; there are {', '.join(CASE_TABLES)}")
    if format_name not in FORMATS:
        faults.append(f"there is no format {format_name!r}; there are {', '.join(FORMATS)}")
    if faults:
        raise UsageError("; ".join(faults) + ".")
    FORMATS[format_name](lambda: case.batches(table), CASE_TABLES[table].schema, out)
