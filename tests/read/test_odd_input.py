"""Odd input that once cost a page, a file or the whole trace. Each is a fault that a fuzzing campaign found."""

import json
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from htmls import ARTICLE, document, jsonld, page

from stemma.errors import InputError
from stemma.frames import RAW
from stemma.read import parse_stages
from stemma.read.charset import decoded
from stemma.read.inputs import find
from stemma.read.outlet import outlet_of
from stemma.read.rows import raw
from stemma.read.times import interval
from stemma.settings import Read

STAGES = parse_stages(Read())


def parsed(stage, **columns):
    row = {"input": "i", "at": "1", "page_id": "p"} | columns
    return stage.run(pa.RecordBatch.from_pylist([row], schema=RAW)).to_pylist()[0]


def html_row(html):
    return parsed(STAGES.html, html=html)


def text_row(**more):
    return parsed(STAGES.text, text="words", **more)


def test_csv_with_spaced_html_header_is_read(write, read):
    assert read(write("rows.csv", "id, text, html\n1,words,<p>x</p>\n")).texts == ["words"]


def test_jsonl_with_spaced_html_key_is_read(write, read):
    assert read(write("rows.jsonl", '{"text": "words", " html": "<p>x</p>"}\n')).texts == ["words"]


def test_deeply_nested_json_is_one_reject(write, read):
    found = read(write("rows.jsonl", '{"text": "a", "x": ' + "[" * 300 + "]" * 300 + '}\n{"text": "b"}\n'))
    assert "b" in found.texts


@pytest.mark.parametrize(
    "head",
    [
        '{"@type": "NewsArticle", "headline": "Rain \\ud83d"}',
        '{"@type": "NewsArticle", "publisher": {"name": "Post \\ud83d"}}',
        '{"@type": "NewsArticle", "author": {"name": "A \\ud83d"}}',
        '{"@type": "NewsArticle", "headline": "a\nb", "wordCount": 123456789012345678901234567890}',
    ],
)
def test_half_an_emoji_or_a_huge_number_in_jsonld_costs_no_page(head):
    assert html_row(document(jsonld(head)).encode())["reject"] is None


def test_utf7_surrogates_do_not_stop_the_trace(write, read):
    assert read(write("note.txt", b"<meta charset=utf-7> +2AA- words")).rows
    decoded(b"+2AA-", "utf-7").text.encode()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sep", [",", "\t"])
def test_utf16_tables(write, read, encoding, sep):
    content = f"\ufeffid{sep}text\r\n1{sep}Wörter\r\n2{sep}mehr\r\n".removeprefix(
        "\ufeff" if encoding == "utf-16" else ""
    )
    assert read(write("rows.csv", content.encode(encoding))).texts == ["Wörter", "mehr"]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([0, 10**18, 0], pa.timestamp("us")),
        pa.array([0, 10**18, 0], pa.duration("s")),
        pa.array([None, [({"a": 1}, 2)], None], pa.map_(pa.struct([("a", pa.int64())]), pa.int64())),
        pa.array(["a", "b", "c"]),
    ],
)
def test_one_odd_value_in_parquet_costs_no_other_row(tmp_path, read, column):
    if column.type == pa.string():
        column = pa.Array.from_buffers(pa.string(), 3, pa.array([b"a", b"\xff", b"c"], pa.binary()).buffers())
    pq.write_table(pa.table({"text": ["one", "two", "three"], "x": column}), tmp_path / "rows.parquet")
    found = read(tmp_path / "rows.parquet")
    assert found.texts[0] == "one" and found.texts[-1] == "three"


def test_a_dangling_link_in_a_folder_is_named(write, tmp_path):
    write("folder/page.html", "<html>")
    (tmp_path / "folder" / "gone.html").symlink_to(tmp_path / "nowhere")
    try:
        assert [s.path.name for s in find([str(tmp_path / "folder")])]
    except InputError as fault:
        assert "gone.html" in fault.message


def test_bom_alone_is_no_text(write, read):
    assert read(write("note.txt", b"\xef\xbb\xbf")).rows == []


def test_modified_that_cannot_be_read_is_kept():
    assert "last spring" in (text_row(modified="last spring")["extra"] or "")


def test_an_author_that_is_an_object():
    assert raw({"text": "a", "author": {"name": "A. Writer"}}, "i", "a").authors == ["A. Writer"]


def test_a_relative_base_is_joined_with_the_address():
    found = page(
        '<base href="/d/">',
        f'{ARTICLE}<p>As was said in the <a href="later">earlier report</a> of that day.</p>',
        url="https://a.example/x",
    )
    assert found.links[0].url == "https://a.example/d/later"


@pytest.mark.parametrize("claim", ["2024-05-03 18:19:08+02", "2024-05-03T18:19:08 +2:00"])
def test_offsets_of_hours_alone(claim):
    assert interval(claim).lo == datetime(2024, 5, 3, 16, 19, 8, tzinfo=UTC)


def test_a_trailing_dot_is_no_part_of_an_outlet():
    assert outlet_of("https://www.a.example./x") == outlet_of("https://www.a.example/x")
    assert outlet_of("https://www.valleypost.com./x") == "valleypost.com"


def test_nul_in_jsonld_is_marked():
    assert (
        "\0"
        not in html_row(document(jsonld('{"@type": "NewsArticle", "headline": "Rain\\u0000 x"}')).encode())["title"]
    )


def test_page_ids_do_not_depend_on_pandas(tmp_path, read):
    """With pandas installed nanosecond times are Timestamps, written with a space; without it datetimes, written with T."""
    pq.write_table(
        pa.table({"text": ["a"], "x": pa.array([1_700_000_000_000_000_000], pa.timestamp("ns"))}),
        tmp_path / "rows.parquet",
    )
    assert json.loads(read(tmp_path / "rows.parquet").rows[0]["extra"])["x"] == "2023-11-14T22:13:20"


def test_after_a_giant_csv_line_places_are_right(write, read):
    found = read(write("rows.csv", "id,text\n1,one\n" + "x" * 5000 + "\n3,three\n"), most_bytes=1000)
    assert [row["at"] for row in found.rows] == ["line 2", "line 4"]


def test_header_with_a_line_break_in_quotes(write, read):
    assert read(write("rows.csv", '"id","a\nb",text\n1,2,words\n')).texts == ["words"]
