"""Parquet files: row groups are streamed, a row a page."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from stemma.read.inputs import Source
from stemma.read.rows import BadRow, raw
from stemma.read.streams import opened
from stemma.read.tally import Raw, Tally

_ROWS_AT_ONCE = 256
_BLOCK = 1 << 20
_SPOOL_BYTES = 64 << 20  # a packed Parquet file larger than this waits on disk, not in memory


def records(source: Source, tally: Tally, most_bytes: int) -> Iterator[Raw]:
    """Yield the rows; a damaged file ends with a reject."""
    row = 0
    with ExitStack() as stack:
        try:
            file = stack.enter_context(pq.ParquetFile(_seekable(source, stack), page_checksum_verification=True))
            for batch in map(_in_microseconds, file.iter_batches(batch_size=_ROWS_AT_ONCE)):
                for one in range(batch.num_rows):
                    row += 1
                    yield from _record(batch.slice(one, 1), row, source, tally, most_bytes)
            if row != file.metadata.num_rows:
                tally.reject(f"after row {row}", "damaged file", f"it should have {file.metadata.num_rows:,} rows")
        except (pa.ArrowException, OSError, ValueError) as fault:
            tally.reject(f"after row {row}", "damaged file", str(fault).splitlines()[0][:200])


def _in_microseconds(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the batch with times that Python knows: it has no nanoseconds, and what stands in for them varies."""
    for at, kind in enumerate(batch.schema.types):
        if pa.types.is_timestamp(kind) and kind.unit == "ns":
            column = batch.column(at).cast(pa.timestamp("us", kind.tz), safe=False)
            batch = batch.set_column(at, batch.schema.names[at], column)
    return batch


def _record(one: pa.RecordBatch, row: int, source: Source, tally: Tally, most_bytes: int) -> Iterator[Raw]:
    try:
        record = raw(one.to_pylist(maps_as_pydicts="lossy")[0], source.name, f"row {row}")
    except BadRow as fault:
        tally.reject(f"row {row}", fault.reason, fault.detail)
        return
    except (pa.ArrowException, ValueError, TypeError, OverflowError) as fault:
        tally.reject(f"row {row}", "bad value", str(fault).splitlines()[0][:200])
        return
    if len(record.html or record.text or "") > most_bytes:
        tally.reject(f"row {row}", "too large", f"more than {most_bytes:,} bytes; read.page_megabytes sets the limit")
        return
    yield record


def _seekable(source: Source, stack: ExitStack) -> Any:
    """Return what Parquet can seek in: the path itself, or an unpacked copy that vanishes with `stack`."""
    if source.path is not None and source.compression == "none":
        return source.path
    unpacked = stack.enter_context(opened(source))
    copy = stack.enter_context(tempfile.SpooledTemporaryFile(_SPOOL_BYTES))  # noqa: SIM115  (`stack` closes it)
    while block := unpacked.read(_BLOCK):
        copy.write(block)
    if unpacked.damage:
        raise OSError(unpacked.damage)
    copy.seek(0)
    return copy
