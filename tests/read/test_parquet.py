import gzip
import json
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard


@pytest.fixture
def parquet(tmp_path):
    def run(columns, name="rows.parquet", **options):
        pq.write_table(pa.table(columns), tmp_path / name, **options)
        return tmp_path / name

    return run


def test_a_row_a_page_over_row_groups(parquet, read):
    found = read(parquet({"text": [f"row {n}" for n in range(700)]}, row_group_size=100))
    assert found.texts == [f"row {n}" for n in range(700)]
    assert [row["at"] for row in found.rows][::699] == ["row 1", "row 700"]


def test_times_and_lists_have_their_types(parquet, read):
    (row,) = read(
        parquet(
            {
                "text": ["words"],
                "date": [date(2024, 5, 3)],
                "modified": [datetime(2024, 5, 4)],
                "seen": [datetime(2024, 5, 5, 6, tzinfo=UTC)],
                "authors": [["A. Writer", None]],
                "id": [17],
            }
        )
    ).rows
    assert (row["published"], row["modified"]) == ("2024-05-03", "2024-05-04T00:00:00")
    assert row["seen"] == datetime(2024, 5, 5, 6, tzinfo=UTC)
    assert (row["authors"], row["source_id"], row["extra"]) == (["A. Writer"], "17", None)


def test_further_columns_are_kept_whatever_their_type(parquet, read):
    values = {"blob": b"\x01\x02", "place": {"lat": 1.5, "tags": ["a"]}, "none": None, "day": date(2024, 1, 2)}
    columns = {name: [value] for name, value in values.items()} | {
        "text": ["words"],
        "counts": pa.array([[("a", 1), ("b", 2)]], pa.map_(pa.string(), pa.int64())),
        "score": pa.array([float("nan")]),
    }
    (row,) = read(parquet(columns)).rows
    assert json.loads(row["extra"]) == {
        "blob": "0102",
        "place": {"lat": 1.5, "tags": ["a"]},
        "none": None,
        "day": "2024-01-02",
        "counts": {"a": 1, "b": 2},
        "score": None,
    }


def test_html_may_be_text_or_bytes(parquet, read):
    rows = read(parquet({"html": [b"<p>\xc3\xa9</p>", None]})).rows
    assert [row["html"] for row in rows] == ["<p>é</p>".encode()]


def test_rows_without_text_are_rejects(parquet, read):
    found = read(parquet({"text": ["one", None, " ", "four"]}))
    assert found.texts == ["one", "four"]
    assert found.reasons == [("row 2", "no text"), ("row 3", "no text")]


def test_a_row_beyond_the_limit_is_a_reject(parquet, read):
    found = read(parquet({"text": ["one", "x" * 2000, "three"]}), most_bytes=1000)
    assert found.texts == ["one", "three"]
    assert found.reasons == [("row 2", "too large")]


def test_an_empty_table_has_no_records(parquet, read):
    assert read(parquet({"text": pa.array([], pa.string())})).tally.records == 0


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_packed_file_is_read(parquet, write, read, pack):
    packed = write("rows.parquet.x", pack(parquet({"text": ["one", "two"]}).read_bytes()))
    assert read(packed).texts == ["one", "two"]


@pytest.mark.parametrize("keep", [4, 100, -1, -9])
def test_a_cut_file_is_a_reject(parquet, write, read, keep):
    found = read(write("cut.parquet", parquet({"text": ["one"] * 50}).read_bytes()[:keep]))
    assert found.rows == []
    assert found.reasons == [("after row 0", "damaged file")]


def test_a_packed_file_that_is_cut_is_a_reject(parquet, write, read):
    packed = gzip.compress(parquet({"text": [f"row {n}" for n in range(500)]}).read_bytes())
    found = read(write("cut.parquet", packed[:-50]))
    assert found.reasons == [("after row 0", "damaged file")]
    assert "ends early near byte" in found.tally.rejects[0][2]


def test_a_damaged_row_group_ends_the_file_with_a_reject(parquet, write, read):
    rows = {"text": [f"row {n} of many" for n in range(3000)]}
    data = bytearray(parquet(rows, row_group_size=1000, compression="gzip", use_dictionary=False).read_bytes())
    middle = len(data) // 2
    data[middle : middle + 60] = b"\xff" * 60
    found = read(write("damaged.parquet", bytes(data)))
    assert found.texts == rows["text"][: len(found.texts)]
    assert found.reasons == [(f"after row {len(found.texts)}", "damaged file")]
