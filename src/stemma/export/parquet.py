"""Parquet, with each column's documentation in its metadata."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq


def write(batches: Callable[[], Iterator[pa.RecordBatch]], schema: pa.Schema, out: BinaryIO) -> None:
    """Write the rows as one Parquet file."""
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for batch in batches():
            writer.write_batch(batch)
