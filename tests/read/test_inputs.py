import gzip
import os
import re
import socket

import pytest
import zstandard

from stemma.errors import InputError
from stemma.read.inputs import find

HTML = "<!doctype html><title>A</title><p>Rain.</p>"


def kinds(*inputs):
    return [(source.path.name, source.kind, source.compression) for source in find(list(map(str, inputs)))]


def test_a_folder_is_walked_in_sorted_order(write, tmp_path):
    for name in ("b/z.html", "b/a.txt", "a.html", "c.jsonl", "B.txt"):
        write(name, HTML)
    names = [str(source.path.relative_to(tmp_path)) for source in find([str(tmp_path)])]
    assert names == ["B.txt", "a.html", "b/a.txt", "b/z.html", "c.jsonl"]


def test_hidden_files_and_folders_are_left_out(write, tmp_path):
    for name in (".hidden.html", ".git/page.html", "seen.html"):
        write(name, HTML)
    assert kinds(tmp_path) == [("seen.html", "html", "none")]


def test_other_files_of_a_folder_are_counted_and_not_hidden(write, tmp_path, read):
    write("picture.jpg", b"\xff\xd8\xff\xe0 and so on")
    write("notes.docx", b"PK\x03\x04 and so on")
    write("page.html", HTML)
    assert kinds(tmp_path) == [
        ("notes.docx", "other", "none"),
        ("page.html", "html", "none"),
        ("picture.jpg", "other", "none"),
    ]


def test_a_link_back_to_a_folder_above_is_not_followed(write, tmp_path):
    write("a/page.html", HTML)
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    assert kinds(tmp_path) == [("page.html", "html", "none")]


def test_a_link_to_a_folder_elsewhere_is_followed(write, tmp_path):
    write("store/page.html", HTML)
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "link").symlink_to(tmp_path / "store", target_is_directory=True)
    assert kinds(tmp_path / "case") == [("page.html", "html", "none")]


def test_a_file_given_twice_is_one_source(write, tmp_path):
    page = write("page.html", HTML)
    (tmp_path / "link.html").symlink_to(page)
    assert kinds(page, tmp_path, page) == [("page.html", "html", "none")]


def test_all_inputs_that_cannot_be_read_are_told_at_once(write, tmp_path):
    good = write("page.html", HTML)
    loop = tmp_path / "loop.html"
    loop.symlink_to(loop)
    picture = write("picture.png", b"\x89PNG\r\n")
    with pytest.raises(InputError) as told:
        find([str(tmp_path / "missing.html"), str(good), str(loop), str(picture)])
    lines = told.value.message.splitlines()[1:]
    assert [re.search(r"(\w+\.\w+): ", line).group(1) for line in lines] == [
        "missing.html",
        "loop.html",
        "picture.png",
    ]
    assert "there is no such file" in lines[0]
    assert "not a format that holds pages" in lines[2]
    assert ".warc" in told.value.cure


def test_a_file_without_permission_is_told_as_such(write, monkeypatch):
    page = write("page.html", HTML)

    def refused(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(page), "open", refused)  # root may read everything, so the mode alone proves nothing
    with pytest.raises(InputError, match=re.escape("page.html: no permission to read it")):
        find([str(page)])


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("page.htm", "no markup at all", "html"),
        ("page.xhtml", "<?xml version='1.0'?><html/>", "html"),
        ("rows.jsonl", "{}", "jsonl"),
        ("rows.ndjson", "{}", "jsonl"),
        ("rows.csv", "text\n", "csv"),
        ("rows.TSV", "text\n", "csv"),
        ("note.txt", "<html> is what this note is about", "text"),
        ("crawl.warc", "", "warc"),
        ("crawl.dat", "WARC/1.0\r\nWARC-Type: warcinfo\r\n", "warc"),
        ("crawl.txt", "\r\nWARC/1.1\r\n", "warc"),
        ("rows.bin", b"PAR1....", "parquet"),
        ("page", HTML, "html"),
        ("index.php", "<?xml version='1.0'?>\n<!-- saved -->\n<HTML>", "html"),
        ("saved", "<!-- one --><!-- two -->\n<!DOCTYPE html>", "html"),
        ("rows", ' {"text": "a"}', "jsonl"),
        ("rows.json", '{"text": "a"}', "jsonl"),
    ],
)
def test_the_kind_is_told_by_content_then_by_extension(write, name, content, kind):
    path = write(name, content)
    assert kinds(path) == [(path.name, kind, "none")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.html", b"%PDF-1.7"),
        ("bundle.txt", b"PK\x03\x04"),
        ("base.csv", b"SQLite format 3\0"),
        ("data.xyz", b"nothing known"),
        ("list.json", b"[1, 2]"),
    ],
)
def test_what_holds_no_pages_is_refused_whatever_its_name(write, name, content):
    with pytest.raises(InputError, match="not a format that holds pages"):
        find([str(write(name, content))])


@pytest.mark.parametrize("name", ["page.html", "page.html.gz", "page.html.zst", "page.bin"])
@pytest.mark.parametrize(("pack", "packed"), [(gzip.compress, "gz"), (zstandard.compress, "zst")])
def test_compression_is_seen_by_its_first_bytes_whatever_the_name(write, name, pack, packed):
    assert kinds(write(name, pack(HTML.encode()))) == [(name, "html", packed)]


def test_a_name_that_promises_compression_may_be_wrong(write):
    assert kinds(write("page.html.gz", HTML)) == [("page.html.gz", "html", "none")]


def test_a_source_tells_its_size_and_time(write):
    page = write("page.html", HTML)
    (source,) = find([str(page)])
    assert (source.bytes, source.modified_ns) == (len(HTML), page.stat().st_mtime_ns)


def test_standard_input_is_json_lines(write):
    assert [(s.name, s.kind, s.path) for s in find(["-", "-"])] == [("-", "jsonl", None)]


def test_a_pipe_is_not_looked_into(tmp_path):
    os.mkfifo(tmp_path / "rows")
    os.mkfifo(tmp_path / "crawl.warc.gz")
    found = find([str(tmp_path)])  # opening a pipe that nobody writes to would wait for ever
    assert [(s.path.name, s.kind, s.bytes) for s in found] == [("crawl.warc.gz", "warc", None), ("rows", "jsonl", None)]


def test_a_socket_is_no_page(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("door")
        assert kinds(".") == [("door", "other", "none")]


def test_a_name_that_is_no_utf8_is_told_readably(tmp_path):
    with open(os.fsencode(tmp_path) + b"/caf\xe9.html", "wb") as file:
        file.write(HTML.encode())
    (source,) = find([str(tmp_path)])
    assert source.name.endswith("caf�.html")
    assert source.path.read_text() == HTML


def test_a_name_may_hold_a_line_break(write, tmp_path):
    write("two\nlines.html", HTML)
    assert kinds(tmp_path) == [("two\nlines.html", "html", "none")]
