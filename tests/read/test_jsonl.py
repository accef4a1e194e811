import gzip
import json
import sys
from io import BufferedReader, BytesIO, TextIOWrapper

import pytest
import zstandard

from stemma.read.inputs import find
from stemma.read.jsonl import records
from stemma.read.tally import Tally


def lines(*rows):
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def test_a_row_a_line(write, read):
    found = read(write("rows.jsonl", lines({"text": "one"}, {"text": "two"})))
    assert [(row["at"], row["text"]) for row in found.rows] == [("line 1", "one"), ("line 2", "two")]


def test_blank_lines_are_no_records_and_a_last_line_needs_no_end(write, read):
    found = read(write("rows.jsonl", '\r\n\n  \n{"text": "one"}\r\n\n{"text": "two"}'))
    assert [row["at"] for row in found.rows] == ["line 4", "line 6"]
    assert found.tally.records == 2


def test_a_byte_order_mark_is_no_part_of_the_row(write, read):
    assert read(write("rows.jsonl", '\ufeff{"text": "one"}\n{"text": "two"}\n')).texts == ["one", "two"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "cut', "bad json"),
        ("no json at all", "bad json"),
        ('{"text": "a"} {"text": "b"}', "bad json"),
        ("[1, 2]", "bad json"),
        ('"text"', "bad json"),
        ("null", "bad json"),
        ("[" * 100_000, "bad json"),
        ('{"title": "a"}', "no text"),
        ("{}", "no text"),
        ('{"text": null}', "no text"),
        ('{"text": ""}', "no text"),
        ('{"text": " \\n "}', "no text"),
        ('{"text": 7}', "no text"),
        ('{"text": ["a"]}', "no text"),
    ],
)
def test_a_broken_line_is_a_reject_and_its_neighbours_are_read(write, read, line, reason):
    found = read(write("rows.jsonl", lines({"text": "before"}, line, {"text": "after"})))
    assert found.texts == ["before", "after"]
    assert found.reasons == [("line 2", reason)]


def test_a_reject_tells_what_the_line_holds_instead(write, read):
    found = read(write("rows.jsonl", lines('{"headline": "a", "desk": "b"}', "[1]")))
    assert [detail for _, _, detail in found.tally.rejects] == [
        "the row has headline, desk",
        "the line holds a list, not an object",
    ]


def test_a_giant_line_is_one_reject_and_reading_goes_on(write, read):
    giant = {"text": "x" * 3_000_000}
    found = read(write("rows.jsonl", lines({"text": "one"}, giant, {"text": "two"}, giant)), most_bytes=1000)
    assert found.texts == ["one", "two"]
    assert found.reasons == [("line 2", "too large"), ("line 4", "too large")]


def test_a_line_as_long_as_the_limit_is_read(write, read):
    line = json.dumps({"text": "x" * 500})
    assert read(write("rows.jsonl", f"{line}\n{line}"), most_bytes=len(line)).texts == ["x" * 500] * 2
    assert read(write("rows.jsonl", f"{line}\n{line}"), most_bytes=len(line) - 1).texts == []


def test_what_python_writes_beyond_json_is_read(write, read):
    found = read(write("rows.jsonl", '{"text": "half \\ud83d emoji", "score": NaN, "other": -Infinity}\n'))
    assert found.texts == ["half � emoji"]
    assert json.loads(found.rows[0]["extra"]) == {"score": None, "other": None}


def test_nul_becomes_a_mark_and_offsets_stay(write, read):
    assert read(write("rows.jsonl", '{"text": "a\\u0000b"}\n')).texts == ["a\ufffdb"]


def test_bytes_that_are_no_utf8_become_marks(write, read):
    assert read(write("rows.jsonl", b'{"text": "caf\xe9 noir"}\n')).texts == ["caf\ufffd noir"]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_packed_lines_are_read(write, read, pack):
    assert read(write("rows.jsonl.gz", pack(b'{"text": "one"}\n'))).texts == ["one"]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_cut_file_gives_its_whole_lines_and_says_that_it_is_cut(write, read, pack):
    rows = [{"text": f"row {n} of many"} for n in range(30_000)]
    data = pack(lines(*rows).encode())
    found = read(write("rows.jsonl.gz", data[: len(data) // 2]))
    assert found.texts == [row["text"] for row in rows[: len(found.texts)]]
    assert 1000 < len(found.texts) < 29_000
    at, reason, detail = found.tally.rejects[-1]
    assert (at, reason) == ("the end of what could be unpacked", "damaged file")
    assert f"near byte {len(data) // 2:,}" in detail


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_standard_input_is_read_packed_or_not(monkeypatch, pack):
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BufferedReader(BytesIO(pack(b'{"text": "one"}\n')))))
    (source,) = find(["-"])
    assert [(row.input, row.text) for row in records(source, Tally(), 1000)] == [("-", "one")]
