import csv
import io
import json
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stemma.errors import UsageError
from stemma.export import export
from stemma.store import Case, Writer
from stemma.tables import CASE_TABLES, PAGES

PAGE = {
    "page_id": "p1", "document_id": "d1", "source_id": "s1", "outlet": "=cmd()", "title": "A “title”, with commas\nand lines",
    "authors": ["A. Writer", "B. Writer"], "text": "Körper 😀", "completeness": "whole", "input": "x.jsonl",
    "published_lo": datetime(2024, 5, 3, 8, 30, tzinfo=UTC), "extra": '{"desk": "sport", "n": 3}',
}  # fmt: skip


@pytest.fixture
def case(tmp_path):
    with Writer(tmp_path / "case") as writer:
        writer.add("pages", pa.Table.from_pylist([PAGE], schema=PAGES.schema))
        writer.commit()
        return writer.case()


def exported(case, table, name):
    out = io.BytesIO()
    export(case, table, name, out)
    return out.getvalue()


def test_json_lines(case):
    row = json.loads(exported(case, "pages", "jsonl"))
    assert row["extra"] == {"desk": "sport", "n": 3}
    assert row["published_lo"] == "2024-05-03T08:30:00Z"
    assert row["text"] == "Körper 😀"
    assert row["url"] is None
    assert list(row) == PAGES.schema.names


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(case):
    data = exported(case, "pages", "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert row["authors"] == "A. Writer; B. Writer"
    assert row["outlet"] == "'=cmd()"
    assert (row["x_desk"], row["x_n"]) == ("sport", "3")
    assert row["title"] == PAGE["title"]
    assert "extra" not in row


def test_parquet_keeps_types_and_documentation(case):
    table = pq.read_table(io.BytesIO(exported(case, "pages", "parquet")))
    assert table.schema.equals(PAGES.schema)
    assert table.schema.field("page_id").metadata[b"doc"]
    assert table.to_pylist()[0]["authors"] == PAGE["authors"]


@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize("table", sorted(CASE_TABLES))
def test_every_table_in_every_format(case, table, name):
    exported(case, table, name)


def test_wrong_names_are_told_together(case):
    with pytest.raises(UsageError, match=r"no table 'pagez'.*no format 'xls'"):
        export(case, "pagez", "xls", io.BytesIO())


def test_an_open_case_gives_its_tables_by_name(case):
    assert case.pages().num_rows == 1
    assert isinstance(case, Case)
    with pytest.raises(AttributeError):
        case.nonsense()
