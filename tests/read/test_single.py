import gzip

import pytest

from stemma.ids import digest


def test_an_html_file_is_one_page_as_it_was_saved(write, read):
    body = "<html><p>café</p></html>".encode("cp1252")
    (row,) = read(write("page.html", body)).rows
    assert (row["html"], row["text"], row["charset"], row["at"]) == (body, None, None, "the whole file")
    assert row["page_id"] == digest(body)


def test_the_same_page_packed_has_the_same_id(write, read):
    body = b"<html><p>Rain.</p></html>"
    rows = [read(write(name, data)).rows[0] for name, data in (("a.html", body), ("b.html.gz", gzip.compress(body)))]
    assert rows[0]["page_id"] == rows[1]["page_id"]
    assert rows[0]["input"] != rows[1]["input"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_decoded(write, read, encoding):
    text = "Der Fluß stieg über die Ufer.\nSpäter fiel Schnee in Köln und Düsseldorf."
    assert read(write("note.txt", text.encode(encoding))).texts == [text]


def test_text_keeps_its_spaces_and_marks_nul(write, read):
    assert read(write("note.txt", "  a\r\n\tb\0 ")).texts == ["  a\r\n\tb\ufffd "]


@pytest.mark.parametrize("name", ["page.html", "note.txt"])
def test_files_that_hold_no_page_are_rejects(write, read, name):
    assert read(write(name, b"")).reasons == [("the whole file", "empty file")]
    assert read(write(name, b"x" * 101), most_bytes=100).reasons == [("the whole file", "too large")]
    damaged = read(write(name, gzip.compress(b"<html>words")[:-3]))
    assert damaged.reasons == [("the whole file", "damaged file")]


def test_white_space_alone_is_no_text(write, read):
    assert read(write("note.txt", " \n\u3000")).reasons == [("the whole file", "no text")]


def test_a_file_as_large_as_the_limit_is_read(write, read):
    assert read(write("note.txt", b"x" * 100), most_bytes=100).texts == ["x" * 100]
