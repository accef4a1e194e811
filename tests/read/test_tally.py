import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma.read.tally import Raw, Tally, batched

GOOD = ['{"text": "words"}', '{"html": "<p>words</p>", "id": 3}', '{"content": "half \\ud83d", "score": NaN}']
BROKEN = ["{", "[]", '{"text": null}', "\x00", '{"text": "x', "\ud7ff", f'{{"text": "{"x" * 300}"}}']
BLANK = ["", "  ", "\r"]

kinds = st.lists(
    st.sampled_from([("good", n) for n in GOOD] + [("broken", n) for n in BROKEN] + [("blank", n) for n in BLANK])
)
quick = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def row(n, size=0):
    return Raw(input="i", at=f"line {n}", page_id=str(n), text="x" * size)


@quick
@given(kinds)
def test_of_any_mixture_of_lines_each_is_a_row_or_a_reject(write, read, lines):
    content = "".join(line + "\n" for _, line in lines)
    found = read(write("rows.jsonl", content), most_bytes=200)  # `read` checks that the counts add up
    places = {kind: [f"line {n}" for n, (k, _) in enumerate(lines, 1) if k == kind] for kind in ("good", "broken")}
    assert [row["at"] for row in found.rows] == places["good"]
    assert [at for at, _ in found.reasons] == places["broken"]
    assert found.tally.records == len(places["good"]) + len(places["broken"])


@quick
@given(st.lists(st.sampled_from(["1,one\n", "2,two,three\n", "3\n", '4,"a\nb"\n', "\n", f"5,{'x' * 300}\n"])))
def test_of_any_mixture_of_rows_each_is_a_row_or_a_reject(write, read, rows):
    found = read(write("rows.csv", "id,text\n" + "".join(rows)), most_bytes=200)
    assert len(found.rows) == sum(row.startswith(("1", "4")) for row in rows)
    assert len(found.tally.rejects) == sum(row.startswith(("2", "3", "5")) for row in rows)


@quick
@given(
    st.binary(max_size=400),
    st.sampled_from(["rows.jsonl", "rows.csv", "note.txt", "page.html", "crawl.warc", "rows.parquet"]),
)
def test_any_bytes_are_accounted_for(write, read, data, name):
    read(write(f"folder of {name}/{name}", data).parent)  # `read` checks that the counts add up


@given(st.lists(st.integers(0, 30)), st.integers(1, 7), st.integers(1, 60))
def test_batches_keep_all_rows_in_order_within_their_bounds(sizes, most_rows, most_bytes):
    rows = [row(n, size) for n, size in enumerate(sizes)]
    tally = Tally()
    batches = list(batched(iter(rows), tally, most_rows, most_bytes))
    assert [page_id for batch in batches for page_id in batch["page_id"].to_pylist()] == [r.page_id for r in rows]
    assert tally.records == len(rows)
    for batch in batches:
        lengths = [len(text) for text in batch["text"].to_pylist()]
        assert 0 < len(lengths) <= most_rows
        assert sum(lengths[:-1]) < most_bytes  # it ends with the row that fills it


def test_rows_are_counted_when_they_are_given_out():
    tally = Tally()
    batches = batched((row(n) for n in range(5)), tally, 2, 100)
    assert tally.records == 0
    next(batches)
    assert tally.records == 2


def test_skips_and_rejects_count_as_records():
    tally = Tally()
    tally.skip("request")
    tally.skip("request")
    tally.reject("line 3", "bad json", "cut off")
    assert (tally.records, dict(tally.skipped), tally.rejects) == (
        3,
        {"request": 2},
        [("line 3", "bad json", "cut off")],
    )
    assert json.dumps(tally.skipped) == '{"request": 2}'
