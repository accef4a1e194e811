"""A crawl of some of the pages, as WARC/1.1 (ISO 28500:2017): one gzip member a record."""

import gzip
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any
from uuid import UUID

from stemma.demo.collection import Collection
from stemma.demo.sites import payload

_END = b"\r\n"


def crawl(demo: Collection) -> bytes:
    """Return the crawl's bytes, records in order of their dates."""
    about = _record(
        "warcinfo",
        "2023-09-14T23:00:00Z",
        "",
        "application/warc-fields",
        b"software: an invented crawler\r\n",
    )
    return about + b"".join(record for _, record in sorted([*_pages(demo), *_others(demo)]))


def _pages(demo: Collection) -> Iterator[tuple[str, bytes]]:
    for page in demo.pages:
        for seen in page.crawl:
            kind = f"Content-Type: text/html; charset={demo.outlets[page.outlet].encoding}"
            block = _response("200 OK", [kind], payload(demo, page, saved=False))
            yield seen, _http("response", seen, demo.url(page), block)


def _others(demo: Collection) -> Iterator[tuple[str, bytes]]:
    for record in demo.records:
        block = (
            _request(record)
            if record["kind"] == "request"
            else _response(record["status"], record["headers"], _body(record))
        )
        yield record["seen"], _http(record["kind"], record["seen"], record["url"], block)


def _body(record: dict[str, Any]) -> bytes:
    return bytes.fromhex(record["body_hex"]) if "body_hex" in record else record.get("body", "").encode()


def _request(record: dict[str, Any]) -> bytes:
    _, _, host, path = record["url"].split("/", 3)
    return _lines([f"GET /{path} HTTP/1.1", f"Host: {host}", "User-Agent: an invented crawler"])


def _response(status: str, headers: list[str], body: bytes) -> bytes:
    return _lines([f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"]) + body


def _http(kind: str, seen: str, url: str, block: bytes) -> bytes:
    return _record(kind, seen, url, f"application/http; msgtype={kind}", block)


def _record(kind: str, seen: str, url: str, content_type: str, block: bytes) -> bytes:
    number = UUID(bytes=blake2b(block, digest_size=16, key=f"{kind} {seen} {url}".encode()[:64]).digest())
    fields = ["WARC/1.1", f"WARC-Type: {kind}", f"WARC-Record-ID: <urn:uuid:{number}>", f"WARC-Date: {seen}"]
    fields += [f"WARC-Target-URI: {url}"] if url else []
    fields += [f"Content-Type: {content_type}", f"Content-Length: {len(block)}"]
    return gzip.compress(_lines(fields) + block + 2 * _END, mtime=0)


def _lines(lines: list[str]) -> bytes:
    return b"".join(line.encode() + _END for line in lines) + _END
