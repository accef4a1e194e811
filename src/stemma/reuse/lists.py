"""List columns as numpy arrays and back, without copying where Arrow allows."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


def combined(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Return a column as one array."""
    if isinstance(column, pa.ChunkedArray):
        return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    return column


def values_of(column: pa.Array | pa.ChunkedArray) -> NDArray[Any]:
    """Return a column of numbers as numpy."""
    values: NDArray[Any] = combined(column).to_numpy(zero_copy_only=False)
    return values


def flat(column: pa.Array | pa.ChunkedArray) -> NDArray[Any]:
    """Return the values of all lists of a column, one after the other."""
    return values_of(combined(column).flatten())


def offsets_of(column: pa.Array | pa.ChunkedArray) -> NDArray[np.int64]:
    """Return int64[rows + 1]: where each list's values begin in `flat(column)`."""
    lengths = values_of(pc.list_value_length(combined(column)))
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))


def lists(values: NDArray[np.generic], offsets: NDArray[np.int64]) -> pa.Array:
    """Return a list array of the values cut at the offsets."""
    return pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), pa.array(values))


def utf8(column: pa.Array | pa.ChunkedArray) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return a text column as its UTF-8 bytes and int64[rows + 1] offsets; null reads as empty."""
    array = combined(column)
    if array.type != pa.large_string():
        array = array.cast(pa.large_string())
    _, offsets, data = array.buffers()
    where = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
    bytes_ = np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8)
    return bytes_, where


def batch(schema: pa.Schema, columns: Sequence[object]) -> pa.RecordBatch:
    """Return a batch of `schema` from columns in its order; numpy arrays are cast to the schema's types."""
    arrays = [c if isinstance(c, pa.Array) else pa.array(c) for c in columns]
    cast = [a if a.type == f.type else a.cast(f.type) for a, f in zip(arrays, schema, strict=True)]
    return pa.RecordBatch.from_arrays(cast, schema=schema)
