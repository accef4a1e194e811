"""WARC files as warcio writes them."""

import gzip
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SEEN = "2024-05-03T18:19:08Z"
HTML_TYPE = ("Content-Type", "text/html; charset=utf-8")


class Crawl:
    """Records one after another; each method appends one."""

    def __init__(self, *, packed=False):
        self.file = BytesIO()
        self.writer = WARCWriter(self.file, gzip=packed)
        self.starts = []

    def record(self, kind, payload=b"", http=None, url="https://a.example/x", **headers):
        self.starts.append(self.file.tell())
        written = self.writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(payload),
            length=len(payload),
            http_headers=http,
            warc_headers_dict={"WARC-Date": SEEN} | {name.replace("_", "-"): v for name, v in headers.items()},
        )
        self.writer.write_record(written)
        return self

    def response(self, body, status="200 OK", http=(HTML_TYPE,), **headers):
        return self.record("response", body, StatusAndHeaders(status, list(http), protocol="HTTP/1.1"), **headers)

    def request(self):
        return self.record(
            "request", http=StatusAndHeaders("GET / HTTP/1.1", [("Host", "a.example")], is_http_request=True)
        )

    def bytes(self):
        return self.file.getvalue()


def pages(count, **options):
    crawl = Crawl(**options)
    for n in range(count):
        crawl.response(page(n), url=f"https://a.example/{n}")
    return crawl


def page(n):
    return f"<html><p>Page {n} on rain.</p></html>".encode()


def one_member(crawl):
    """Return a whole crawl as a single gzip member, as some tools leave it."""
    return gzip.compress(crawl.bytes())
