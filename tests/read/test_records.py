import pytest

from stemma.frames import RAW
from stemma.read.inputs import find
from stemma.read.records import READERS, raw_batches
from stemma.read.tally import Tally
from stemma.settings import Read


def batches_of(path, **settings):
    (source,) = find([str(path)])
    tally = Tally()
    return list(raw_batches(source, tally, Read(**settings))), tally


def test_batches_have_at_most_so_many_rows(write):
    path = write("rows.jsonl", "".join(f'{{"text": "row {n}"}}\n' for n in range(25)))
    batches, tally = batches_of(path, batch_rows=10)
    assert [batch.num_rows for batch in batches] == [10, 10, 5]
    assert [text for batch in batches for text in batch["text"].to_pylist()] == [f"row {n}" for n in range(25)]
    assert all(batch.schema == RAW for batch in batches)
    assert tally.records == 25


def test_batches_end_at_so_much_content(write):
    path = write("rows.jsonl", f'{{"text": "{"x" * 400_000}"}}\n' * 7)
    batches, _ = batches_of(path, batch_megabytes=1)
    assert [batch.num_rows for batch in batches] == [3, 3, 1]


def test_the_limit_of_a_page_comes_from_the_settings(write):
    path = write("rows.jsonl", f'{{"text": "{"x" * (1 << 20)}"}}\n{{"text": "b"}}\n')
    batches, tally = batches_of(path, page_megabytes=1)
    assert [batch["text"].to_pylist() for batch in batches] == [["b"]]
    assert [reject[:2] for reject in tally.rejects] == [("line 1", "too large")]


@pytest.mark.parametrize("name", ["page.html", "rows.jsonl", "crawl.warc", "rows.csv", "rows.parquet", "note.txt"])
def test_a_file_that_vanished_since_it_was_found_is_a_reject(write, name):
    path = write(name, b'{"text": "a"}')
    (source,) = find([str(path)])
    path.unlink()
    tally = Tally()
    assert list(raw_batches(source, tally, Read())) == []
    ((_, reason, detail),) = tally.rejects
    assert reason in {"can't be read", "damaged file"}
    assert "No such file" in detail or "no such file" in detail


def test_what_holds_no_page_is_counted(write, tmp_path):
    write("folder/picture.png", b"\x89PNG")
    batches, tally = batches_of(tmp_path / "folder")
    assert (batches, tally.records, dict(tally.skipped)) == ([], 1, {"not a page format": 1})


def test_every_kind_has_a_reader(write):
    assert set(READERS) == {"html", "warc", "jsonl", "csv", "parquet", "text", "other"}
