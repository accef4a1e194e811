import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.engine.regroup import regrouped

SCHEMA = pa.schema([("key", pa.int32()), ("n", pa.int32())])


@given(st.lists(st.integers(0, 4), max_size=40), st.lists(st.integers(0, 7), max_size=40), st.integers(1, 12))
def test_no_group_is_divided_and_no_row_lost(keys, cuts, most_rows):
    rows = [{"key": key, "n": n} for n, key in enumerate(sorted(keys))]
    batches, at = [], 0
    for size in [*cuts, len(rows)]:
        batches.append(pa.RecordBatch.from_pylist(rows[at : at + size], schema=SCHEMA))
        at += size
    out = [batch.to_pylist() for batch in regrouped(batches, ["key"], most_rows)]
    assert [row for batch in out for row in batch] == rows
    seen = set()
    for batch in out:
        here = {row["key"] for row in batch}
        assert not here & seen
        seen |= here


@pytest.mark.parametrize("most_rows", [1, 4])
def test_batches_come_as_soon_as_groups_are_whole(most_rows):
    def stream():
        for key in (1, 1, 2, 2, 3, 3):
            given_out.append(key)
            yield pa.RecordBatch.from_pylist([{"key": key, "n": 0}], schema=SCHEMA)

    given_out = []
    first = next(regrouped(stream(), ["key"], most_rows))
    assert first["key"].to_pylist() == [1, 1]
    assert len(given_out) < 6
