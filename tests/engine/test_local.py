import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.engine.local import Local, sorted_by
from stemma.frames import POSTINGS
from stemma.stage import Stage

ROWS = pa.schema([pa.field("key", pa.int32()), pa.field("value", pa.int32())])
SUMS = pa.schema([pa.field("key", pa.int32()), pa.field("sum", pa.int64()), pa.field("first", pa.int32())])
PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(-9, 9)), max_size=40)


def table(rows):
    return pa.table([[r[0] for r in rows], [r[1] for r in rows]], schema=ROWS)


def sums(batch):
    """Fail to add up a group that is cut in two: it then stands twice."""
    out = {}
    for row in batch.to_pylist():
        total, first = out.get(row["key"], (0, row["value"]))
        out[row["key"]] = (total + row["value"], first)
    return pa.RecordBatch.from_pylist([{"key": k, "sum": s, "first": f} for k, (s, f) in out.items()], schema=SUMS)


SUM = Stage("sum", ROWS, SUMS, sums, by=("key",), order=("value",))
DOUBLE = Stage(
    "double",
    ROWS,
    ROWS,
    lambda b: pa.RecordBatch.from_arrays([b["key"], pc.multiply(b["value"], 2).cast("int32")], schema=ROWS),
)


@pytest.mark.parametrize("batch_rows", [None, 1, 3])
@given(rows=PAIRS)
def test_groups_arrive_whole_and_sorted(batch_rows, rows):
    found = Local(2, batch_rows=batch_rows).group(SUM, table(rows)).to_pylist()
    keys = sorted({k for k, _ in rows})
    assert found == [
        {"key": k, "sum": sum(v for q, v in rows if q == k), "first": min(v for q, v in rows if q == k)} for k in keys
    ]


@pytest.mark.parametrize("batch_rows", [None, 1, 3])
@given(rows=PAIRS)
def test_map_keeps_order_however_rows_are_cut(batch_rows, rows):
    found = Local(2, batch_rows=batch_rows).map(DOUBLE, table(rows))
    assert found["value"].to_pylist() == [2 * v for _, v in rows]


def test_a_stage_with_a_lookup_says_when_it_has_none():
    stage = Stage("needs", ROWS, ROWS, lambda batch, _: batch, lookup="key")
    with pytest.raises(TypeError, match="needs a lookup"):
        Local().map(stage, table([(1, 2)]))


def test_group_of_everything_is_one_batch():
    seen = []
    stage = Stage("all", ROWS, ROWS, lambda batch: seen.append(batch.num_rows) or batch, by=())
    Local(2, batch_rows=1).group(stage, table([(1, 2), (3, 4), (5, 6)]))
    assert seen == [3]


def test_pair_and_join_work_on_frames():
    postings = pa.table([[7, 7, 9], [0, 1, 1], [4, 5, 6]], schema=POSTINGS)
    engine = Local()
    seeds = engine.pair(postings, 10)
    assert seeds.to_pylist() == [{"a": 0, "b": 1, "a_position": 4, "b_position": 5}]
    joined = engine.join(
        "SELECT a, shingle FROM seeds JOIN postings ON b = page_no ORDER BY shingle", seeds=seeds, postings=postings
    )
    assert joined["shingle"].to_pylist() == [7, 9]


def test_sorting_leaves_sorted_rows_alone():
    rows = table([(1, 5), (1, 7), (2, 0)])
    assert sorted_by(rows, ["key", "value"]) is rows
    assert sorted_by(table([(2, 0), (1, 7), (1, 5)]), ["key", "value"]).equals(rows)
