import gzip
import re
from datetime import UTC, datetime

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcs import Crawl, one_member, page, pages

from stemma.ids import digest


def bodies(found):
    return [row["html"] for row in found.rows]


@pytest.mark.parametrize(
    "data",
    [
        pages(3).bytes(),
        pages(3, packed=True).bytes(),
        one_member(pages(3)),
        zstandard.compress(pages(3).bytes()),
        b"".join(zstandard.compress(pages(1).bytes()) for _ in range(3)),
    ],
    ids=["plain", "gz a record", "one gz member", "zst", "zst frames"],
)
def test_responses_are_read_however_the_file_is_packed(write, read, data):
    found = read(write("crawl.warc", data))
    assert len(found.rows) == 3
    assert bodies(found)[0] == page(0)
    assert [row["at"] for row in found.rows] == ["record 1", "record 2", "record 3"]
    assert not found.tally.rejects


def test_a_page_keeps_what_its_record_says(write, read):
    crawl = Crawl().response(
        page(1),
        http=[("Content-Type", 'text/html; Charset="iso-8859-2"')],
        url="https://a.example/rain",
        WARC_Record_ID="<urn:uuid:00000000-0000-0000-0000-000000000001>",
    )
    (row,) = read(write("crawl.warc", crawl.bytes())).rows
    assert row["url"] == "https://a.example/rain"
    assert row["source_id"] == "urn:uuid:00000000-0000-0000-0000-000000000001"
    assert row["charset"] == "iso-8859-2"
    assert row["page_id"] == digest(page(1))
    assert row["seen"] == datetime(2024, 5, 3, 18, 19, 8, tzinfo=UTC)
    assert row["published"] is None  # an observation is no claim of publication


@pytest.mark.parametrize(
    ("date", "seen"),
    [
        ("2024-05-03T18:19:08.123456Z", datetime(2024, 5, 3, 18, 19, 8, tzinfo=UTC)),
        ("2024-05-03", datetime(2024, 5, 3, 23, 59, 59, 999999, tzinfo=UTC)),
        ("no date", None),
    ],
)
def test_seen_is_the_records_date(write, read, date, seen):
    (row,) = read(write("crawl.warc", Crawl().response(page(1), WARC_Date=date).bytes())).rows
    assert row["seen"] == seen


@pytest.mark.parametrize(
    ("crawl", "reason"),
    [
        (Crawl().request(), "request"),
        (Crawl().record("metadata", b"fetchTimeMs: 3"), "metadata"),
        (Crawl().record("conversion", b"text"), "conversion"),
        (Crawl().response(page(1), "301 Moved", [("Location", "/y"), ("Content-Type", "text/html")]), "redirect"),
        (Crawl().response(page(1), "404 Not Found"), "http error"),
        (Crawl().response(page(1), "503 Unavailable"), "http error"),
        (Crawl().response(page(1)[:9], "206 Partial Content"), "partial content"),
        (Crawl().response(b"\x89PNG", http=[("Content-Type", "image/png")]), "not html"),
        (Crawl().response(b"{}", http=[("Content-Type", "application/json")]), "not html"),
        (Crawl().response(b"plain words", http=[]), "not html"),
        (Crawl().response(b""), "empty body"),
        (Crawl().response(b" \r\n "), "empty body"),
        (
            Crawl().record("response", b"a.example. 300 IN A 192.0.2.1", url="dns:a.example", Content_Type="text/dns"),
            "not http",
        ),
        (Crawl().record("resource", b"%PDF", Content_Type="application/pdf"), "not html"),
    ],
)
def test_a_record_that_is_no_page_is_counted_with_its_reason(write, read, crawl, reason):
    found = read(write("crawl.warc", crawl.response(page(2)).bytes()))
    assert bodies(found) == [page(2)]
    assert dict(found.tally.skipped) == {reason: 1}
    assert not found.tally.rejects


def test_warcinfo_and_revisits_are_counted(write, read):
    crawl = Crawl().response(page(1))
    crawl.writer.write_record(crawl.writer.create_warcinfo_record("crawl.warc", {"software": "a test"}))
    crawl.writer.write_record(
        crawl.writer.create_revisit_record(
            "https://a.example/x", "sha1:AAAA", "https://a.example/x", "2024-05-02T00:00:00Z"
        )
    )
    found = read(write("crawl.warc", crawl.bytes()))
    assert dict(found.tally.skipped) == {"warcinfo": 1, "revisit": 1}
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    "media_type", ["text/html", "TEXT/HTML ; charset=utf-8", "application/xhtml+xml", "application/xhtml+xml;profile=x"]
)
def test_html_is_told_by_its_media_type(write, read, media_type):
    found = read(write("crawl.warc", Crawl().response(b"no markup", http=[("content-TYPE", media_type)]).bytes()))
    assert bodies(found) == [b"no markup"]


def test_without_a_media_type_the_content_tells(write, read):
    assert bodies(read(write("crawl.warc", Crawl().response(page(1), http=[]).bytes()))) == [page(1)]


def test_a_resource_is_a_page_of_its_own(write, read):
    found = read(
        write("crawl.warc", Crawl().record("resource", page(1), Content_Type="text/html; charset=utf-8").bytes())
    )
    assert bodies(found) == [page(1)]


def test_a_response_that_the_crawler_cut_is_marked(write, read):
    (row,) = read(write("crawl.warc", Crawl().response(page(1), WARC_Truncated="length").bytes())).rows
    assert row["extra"] == '{"warc_truncated":"length"}'


def test_a_page_beyond_the_limit_is_rejected_and_the_next_read(write, read):
    found = read(
        write("crawl.warc", Crawl().response(b"<html>" + b"x" * 5000).response(page(1)).bytes()), most_bytes=1000
    )
    detail = "more than 1,000 bytes; read.page_megabytes sets the limit"
    assert found.tally.rejects == [("record 1", "too large", detail)]
    assert bodies(found) == [page(1)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
@pytest.mark.parametrize("missing", [1, 30, 250])
def test_a_cut_file_keeps_its_whole_records_and_says_what_is_missing(write, read, pack, missing):
    crawl = pages(3).response(b"<html>" + bytes(range(32, 127)) * 20, url="https://a.example/last")
    data = crawl.bytes()[: -4 - missing]
    found = read(write("crawl.warc.gz", pack(data)))
    assert bodies(found) == [page(0), page(1), page(2)]
    assert found.reasons == [("record 4", "cut short")]
    assert found.tally.rejects[0][2] == f"{missing:,} bytes are missing at the end"


def test_a_file_cut_inside_of_gzip_is_told(write, read):
    crawl = pages(4, packed=True)
    found = read(write("crawl.warc.gz", crawl.bytes()[: crawl.starts[3] + 100]))
    assert bodies(found) == [page(0), page(1), page(2)]
    assert found.tally.rejects
    assert any("ends early" in (detail or "") for _, _, detail in found.tally.rejects)


def test_reading_goes_on_behind_a_corrupt_member(write, read):
    crawl = pages(5, packed=True)
    data = bytearray(crawl.bytes())
    data[crawl.starts[2] + 40 : crawl.starts[2] + 60] = b"\xff" * 20
    found = read(write("crawl.warc.gz", bytes(data)))
    assert bodies(found) == [page(0), page(1), page(3), page(4)]
    ((at, reason, detail),) = found.tally.rejects
    assert (at, reason) == ("after record 2", "damaged file")
    assert "near byte " in detail


def test_rubbish_between_records_is_told_and_both_neighbours_kept(write, read):
    crawl = pages(3)
    data = crawl.bytes()
    at = crawl.starts[1]
    found = read(write("crawl.warc", data[:at] + b"rubbish\r\n" * 40 + data[at:]))
    assert bodies(found) == [page(0), page(1), page(2)]
    assert found.reasons == [("after record 1", "no WARC record")]


def test_rubbish_without_a_line_end_hides_no_record(write, read):
    crawl = pages(3)
    data, at = crawl.bytes(), crawl.starts[1]
    found = read(write("crawl.warc", data[:at] + b"rubbish " * 40_000 + data[at:]))
    assert bodies(found) == [page(0), page(1), page(2)]
    told = f"320,000 bytes of something else from byte {at:,} unpacked"
    assert found.tally.rejects == [("after record 1", "no WARC record", told)]


def test_rubbish_before_the_first_record_is_told(write, read):
    found = read(write("crawl.warc", b"rubbish\r\n" * 40 + pages(2).bytes()))
    assert bodies(found) == [page(0), page(1)]
    assert found.reasons == [("before the first record", "no WARC record")]


def test_a_file_without_any_record_is_told(write, read):
    found = read(write("crawl.warc", b"nothing of the kind " * 40))
    assert not found.rows
    assert len(found.tally.rejects) == 1


def test_an_empty_file_has_no_records(write, read):
    assert read(write("crawl.warc", b"")).tally.records == 0


def with_wrong_length(change):
    """Return five records, the second with a length that is not its own."""
    crawl = Crawl()
    for n in range(5):
        crawl.response(page(n) + b" " * 300)
    data, begin, end = crawl.bytes(), crawl.starts[1], crawl.starts[2]
    length = re.compile(rb"(?<=Content-Length: )\d+")
    wrong = length.sub(lambda found: b"%d" % (int(found.group()) + change), data[begin:end], count=1)
    return data[:begin] + wrong + data[end:]


@pytest.mark.parametrize("change", [-310, -90, -10, 10, 300, 500, 700, 10**6, 10**17])
def test_a_wrong_length_is_told_and_the_neighbours_are_kept(write, read, change):
    found = read(write("crawl.warc", with_wrong_length(change)))
    assert [body.strip() for body in bodies(found)] == [page(0), page(2), page(3), page(4)]
    assert found.reasons == [("record 2", "wrong length")]
    assert not found.tally.skipped


@pytest.mark.parametrize("length", [b"", b"many", b"-5", b"9" * 30])
def test_a_record_without_a_length_is_told(write, read, length):
    crawl = pages(3)
    data, begin, end = crawl.bytes(), crawl.starts[1], crawl.starts[2]
    wrong = re.sub(rb"(?<=Content-Length: )\d+", length, data[begin:end], count=1)
    found = read(write("crawl.warc", data[:begin] + wrong + data[end:]))
    assert bodies(found) == [page(0), page(2)]
    assert found.reasons == [("record 2", "wrong length")]


@pytest.mark.parametrize("kept", [3, 8, 60, 100, 300])
def test_a_file_cut_inside_of_a_records_header_is_told(write, read, kept):
    crawl = pages(3)
    found = read(write("crawl.warc", crawl.bytes()[: crawl.starts[2] + kept]))
    assert bodies(found) == [page(0), page(1)]
    assert found.tally.rejects == [("record 3", "cut short", "its WARC header has no end")]


def test_a_header_that_breaks_off_before_the_next_record_is_told(write, read):
    crawl = pages(3)
    data = crawl.bytes()
    found = read(write("crawl.warc", data[: crawl.starts[1] + 100] + data[crawl.starts[2] :]))
    assert bodies(found) == [page(0), page(2)]
    assert found.reasons == [("record 2", "cut short")]


def test_headers_may_be_folded_in_any_case_and_end_in_line_feeds_alone(write, read):
    block = b"HTTP/1.1 200 OK\n\n" + page(1)
    head = b"WARC/1.1\nwarc-type: Response\nWARC-TARGET-URI: \n https://a.example/x\ncontent-length: %d\n\n" % len(
        block
    )
    (row,) = read(write("crawl.warc", head + block + b"\n\n")).rows
    assert (row["html"], row["url"]) == (page(1), "https://a.example/x")


def test_a_page_may_quote_a_warc_record(write, read):
    body = b"<html><pre>\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n</pre></html>"
    found = read(write("crawl.warc", Crawl().response(body).response(page(1)).bytes()))
    assert bodies(found) == [body, page(1)]
    assert not found.tally.rejects


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=30), st.booleans())
def test_whatever_is_damaged_every_record_is_accounted_for(write, read, at, noise, packed):
    data = pages(6, packed=packed).bytes()
    at %= len(data)
    found = read(write("crawl.warc", data[:at] + noise + data[at + len(noise) :]))  # `read` checks the sum
    assert len(found.rows) + len(found.tally.rejects) + found.tally.skipped.total() > 0
    assert len({row["at"] for row in found.rows}) == len(found.rows)
