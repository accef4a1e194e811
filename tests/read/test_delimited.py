import csv
import gzip
import json
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def table(*rows, **dialect):
    out = StringIO()
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue()


def test_a_header_then_a_row_a_page(write, read):
    found = read(write("rows.csv", table(["id", "text", "desk"], ["1", "one", "sport"], ["2", "two", ""])))
    assert [(row["at"], row["source_id"], row["text"]) for row in found.rows] == [
        ("line 2", "1", "one"),
        ("line 3", "2", "two"),
    ]
    assert [row["extra"] for row in found.rows] == ['{"desk":"sport"}', None]


def test_quoted_fields_hold_line_breaks_delimiters_and_quotes(write, read):
    text = 'He said: "No, never."\nThen, at noon,\r\nit rained; twice.'
    found = read(write("rows.csv", table(["text", "id"], [text, "1"], ["two", "2"])))
    assert found.texts == [text, "two"]
    assert [row["at"] for row in found.rows] == ["line 2", "line 5"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["rows.csv", "rows.tsv"])
def test_the_delimiter_is_told_by_the_header(write, read, name, delimiter):
    content = table(["id", "title", "text"], ["1", "a,b;c", "one, two; three"], delimiter=delimiter)
    (row,) = read(write(name, content)).rows
    assert (row["source_id"], row["title"], row["text"]) == ("1", "a,b;c", "one, two; three")


def test_a_table_of_one_column_needs_no_delimiter(write, read):
    assert read(write("rows.csv", "text\none\ntwo\n")).texts == ["one", "two"]


def test_fields_may_be_large(write, read):
    text = "rain " * 100_000  # the csv module alone stops at 131,072 characters
    assert read(write("rows.csv", table(["text"], [text]))).texts == [text]


def test_a_field_beyond_the_limit_is_one_reject_and_reading_goes_on(write, read):
    content = table(["id", "text"], ["1", "one"], ["2", "x" * 5000], ["3", "three"])
    found = read(write("rows.csv", content), most_bytes=1000)
    assert found.texts == ["one", "three"]
    assert found.reasons == [("line 3", "too large")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_is_no_part_of_the_header(write, read, encoding):
    assert read(write("rows.csv", "text,id\ncafé,1\n".encode(encoding))).texts == ["café"]


def test_tables_in_cp1252_are_read(write, read):
    content = "id;text\n1;Der Fluß stieg über die Ufer, und es war „schön“ anzusehen.\n2;Später fiel Regen in Köln.\n"
    found = read(write("rows.csv", content.encode("cp1252")))
    assert found.texts[0] == "Der Fluß stieg über die Ufer, und es war „schön“ anzusehen."


def test_a_row_with_more_fields_than_the_header_is_a_reject(write, read):
    found = read(write("rows.csv", "id,text\n1,one\n2,two,and,more\n3,three\n"))
    assert found.texts == ["one", "three"]
    assert found.tally.rejects == [("line 3", "too many fields", "4 where the header names 2")]


def test_a_row_with_fewer_fields_has_only_those(write, read):
    found = read(write("rows.csv", "id,text,title\n1,one\n2\n"))
    assert found.texts == ["one"]
    assert found.reasons == [("line 3", "no text")]


def test_blank_lines_are_no_records(write, read):
    found = read(write("rows.csv", "id,text\n\n1,one\n\r\n2,two\n\n"))
    assert [row["at"] for row in found.rows] == ["line 3", "line 5"]
    assert found.tally.records == 2


def test_a_table_without_a_text_column_is_told(write, read):
    found = read(write("rows.csv", "id,name\n1,one\n"))
    assert found.tally.rejects == [("line 1", "no text column", "the header has id, name; name one `text`")]


@pytest.mark.parametrize("header", ["Body", "CONTENT", " text ", "html"])
def test_the_text_column_has_its_aliases(write, read, header):
    (row,) = read(write("rows.csv", f"id,{header}\n1,words\n")).rows
    assert (row["html"] or row["text"].encode()) == b"words"


@pytest.mark.parametrize("content", ["", "\n", "id,text\n"])
def test_a_table_without_rows_has_no_records(write, read, content):
    assert read(write("rows.csv", content)).rows == []


def test_nul_bytes_and_bytes_that_are_no_utf8_do_not_stop_the_reader(write, read):
    good = "id,text\n" + "".join(f"{n},über den Fluß\n" for n in range(50))
    found = read(write("rows.csv", good.encode() + b"51,a\0b\n52,caf\xe9\n53,end\n"))
    assert found.texts[-3:] == ["a\ufffdb", "caf\ufffd", "end"]


def test_a_quote_that_never_ends_loses_no_row_in_silence(write, read):
    found = read(write("rows.csv", 'id,text\n1,one\n2,"two\n3,three\n'))
    assert found.texts == ["one", "two\n3,three\n"]


def test_a_cut_packed_table_gives_its_whole_rows_and_says_that_it_is_cut(write, read):
    data = gzip.compress(table(["text"], *([f"row {n} of many"] for n in range(30_000))).encode())
    found = read(write("rows.csv.gz", data[: len(data) // 2]))
    assert found.texts[:-1] == [f"row {n} of many" for n in range(len(found.texts) - 1)]
    assert found.reasons[-1] == ("the end of what could be unpacked", "damaged file")


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"), min_size=1).filter(str.strip)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_what_a_csv_writer_writes_is_read_back(write, read, rows):
    content = table(["text", "desk"], *rows, quoting=csv.QUOTE_ALL)
    found = read(write("rows.csv", content))
    assert found.texts == [text for text, _ in rows]
    assert [json.loads(row["extra"])["desk"] for row in found.rows] == [desk for _, desk in rows]
