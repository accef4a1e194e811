"""The crawl must be a WARC that others read, with records that are no pages among it."""

import gzip
import io

from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

from stemma.demo.collection import load
from stemma.demo.sites import payload
from stemma.demo.warc import crawl

DEMO = load()
CRAWLED = [p for p in DEMO.pages if p.crawl]


def test_warcio_reads_every_record_and_finds_the_pages_bodies() -> None:
    bodies, kinds = {}, []
    for record in ArchiveIterator(io.BytesIO(crawl(DEMO)), check_digests=True):
        kinds.append(record.rec_type)
        if record.rec_type == "response":
            url, seen = record.rec_headers["WARC-Target-URI"], record.rec_headers["WARC-Date"]
            kind = record.http_headers.get_header("Content-Type")
            bodies[url, seen] = (record.http_headers.get_statuscode(), kind, record.content_stream().read())
    assert (kinds.count("warcinfo"), kinds.count("request")) == (1, 1)
    assert len(bodies) == len(CRAWLED) + 3
    for page in CRAWLED:
        status, kind, body = bodies[DEMO.url(page), page.crawl[0]]
        assert (status, kind) == ("200", "text/html; charset=utf-8")
        assert body == payload(DEMO, page, saved=False)
    assert sorted(status for status, _, _ in bodies.values() if status != "200") == ["301", "404"]
    assert [kind for _, kind, _ in bodies.values()].count("image/gif") == 1


def test_fastwarc_reads_the_same_records_in_order_of_their_dates() -> None:
    records = [(r.record_type, r.record_date) for r in FastIterator(io.BytesIO(crawl(DEMO)))]
    assert len(records) == 1 + len(CRAWLED) + len(DEMO.records)
    assert records[0][0] == WarcRecordType.warcinfo
    assert [date for _, date in records] == sorted(date for _, date in records)


def test_each_record_is_a_gzip_member_of_its_own() -> None:
    data = crawl(DEMO)
    assert data.count(b"\x1f\x8b\x08") >= 1 + len(CRAWLED) + len(DEMO.records)
    assert gzip.decompress(data).count(b"WARC/1.1\r\n") == 1 + len(CRAWLED) + len(DEMO.records)


def test_the_back_dated_page_was_not_there_yet_when_the_crawler_first_asked() -> None:
    page = DEMO.page("openquay/locked-gate")
    missing = next(r for r in DEMO.records if r.get("status", "").startswith("404"))
    assert missing["url"] == DEMO.url(page)
    assert f"{page.published}" < missing["seen"] < page.crawl[0]
