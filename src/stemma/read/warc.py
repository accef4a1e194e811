"""WARC files: responses that hold HTML become records, all else is counted.

FastWARC (in quirks mode) finds the records, but tells neither of a file that ends early nor of a wrong length, and
ends at damaged gzip. So positions are checked here: between the end of a record's block and the next record there are a
few line ends, nothing else; where damage ends the stream, reading goes on at the next gzip member.
"""

import base64
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import orjson

from stemma import ids
from stemma.read.http import BadBody, TooLarge, decoded_body, message
from stemma.read.inputs import Source, looks_like_html
from stemma.read.streams import opened
from stemma.read.tally import Raw, Tally
from stemma.read.times import moment

_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_HEADER_BYTES = 1 << 20
# Two line ends close a record; some writers add a few, or write headers a few bytes longer than they are read.
_MOST_GAP = 64
_NEXT_RECORD = b"\r\n\r\nWARC/1."


@dataclass(frozen=True)
class _Record:
    number: int
    kind: str
    headers: Any
    block: bytes  # as far as the limit allows
    stop: int  # where the block should end in the unpacked stream

    @property
    def at(self) -> str:
        return f"record {self.number}"

    def header(self, name: str) -> str:
        return (self.headers.get(name) or "").strip().strip("<>")

    def proven(self) -> bool:
        """Whether the block is what its digest says."""
        name, _, digest = self.header("WARC-Block-Digest").partition(":")
        if name.lower() != "sha1":
            return False
        return base64.b32encode(hashlib.sha1(self.block, usedforsecurity=False).digest()).decode() == digest.upper()


def records(source: Source, tally: Tally, most_bytes: int) -> Iterator[Raw]:
    """Yield the HTML responses; other records are skipped, damaged ones rejected."""
    with opened(source) as unpacked:
        reader = _Reader(tally, most_bytes)
        while True:
            for record in reader.sound(unpacked):
                yield from _page(record, source, tally, most_bytes)
            if unpacked.damage:
                tally.reject(f"after record {reader.number}", "damaged file", unpacked.damage)
            if not unpacked.resume():
                return


class _Reader:
    """Finds records in a stream and keeps those whose length is what their header says."""

    def __init__(self, tally: Tally, most_bytes: int) -> None:
        self.number = 0
        self._tally = tally
        self._most_block = most_bytes + _HEADER_BYTES

    def sound(self, stream: IO[bytes] | io.RawIOBase) -> Iterator[_Record]:
        """Yield the sound records; tell the tally of the others."""
        base = stream.tell()
        held: _Record | None = None
        for start, record in self._found(stream):
            yield from self._checked(held, start, base)
            held = record
        yield from self._checked(held, stream.tell(), base, last=True)

    def _found(self, stream: IO[bytes] | io.RawIOBase) -> Iterator[tuple[int, _Record]]:
        """Yield each record with the position where it begins."""
        from fastwarc.warc import ArchiveIterator

        found = ArchiveIterator(
            stream, parse_http=False, quirks_mode=True, stream_detect=False, max_header_len=_HEADER_BYTES
        )
        while True:
            try:
                record = next(found, None)
                if record is None:
                    return
                head = io.BytesIO()
                record.headers.write(head)
                block = record.reader.read(self._most_block)
            except Exception as fault:  # noqa: BLE001 - FastWARC raises what its Rust code panics with
                self._tally.reject(f"after record {self.number}", "damaged record", str(fault)[:200])
                return
            self.number += 1
            start = record.stream_pos
            stop = start + len(head.getvalue()) + record.content_length
            yield start, _Record(self.number, str(record.record_type), record.headers, block, stop)

    def _checked(self, record: _Record | None, start: int, base: int, *, last: bool = False) -> Iterator[_Record]:
        """Yield the record if it ends where the next begins; what is wrong is told."""
        gap = start - (record.stop if record else base)
        if record is None:
            if gap > _MOST_GAP:
                self._tally.reject("before the first record", "no WARC record", f"{gap:,} bytes of something else")
        elif last and gap < 0:
            self._tally.reject(record.at, "cut short", f"{-gap:,} bytes are missing at the end")
        elif (inner := record.block.find(_NEXT_RECORD)) >= 0 and not record.proven():
            self._tally.reject(record.at, "wrong length", "the next record begins inside of it")
            yield from self.sound(io.BytesIO(record.block[inner + 4 :]))
        elif gap <= _MOST_GAP:
            yield record
        elif record.proven():
            yield record
            self._tally.reject(f"after {record.at}", "no WARC record", f"{gap:,} bytes of something else")
        else:
            self._tally.reject(record.at, "wrong length", f"{gap:,} further bytes follow that belong to no record")


def _page(record: _Record, source: Source, tally: Tally, most_bytes: int) -> Iterator[Raw]:
    if record.kind == "response":
        response = message(record.block)
        if response is None:
            tally.skip("not http")
            return
        if reason := _no_page(response.status):
            tally.skip(reason)
            return
        media_type, charset = response.media_type, response.charset
    elif record.kind == "resource":
        media_type, charset, response = (
            record.header("Content-Type").partition(";")[0].strip().lower(),
            None,
            None,
        )
    else:
        tally.skip(record.kind)
        return
    if media_type and media_type not in _HTML_TYPES:
        tally.skip("not html")
        return
    try:
        body = decoded_body(response, most_bytes) if response else record.block
    except TooLarge as fault:
        tally.reject(record.at, "too large", f"{fault}; read.page_megabytes sets the limit")
        return
    except BadBody as fault:
        tally.reject(record.at, "bad response body", str(fault))
        return
    yield from _html(record, body, media_type, charset, source, tally, most_bytes)


def _no_page(status: int) -> str | None:
    if 300 <= status < 400:
        return "redirect"
    if status == 206:
        return "partial content"
    return None if 200 <= status < 300 else "http error"


def _html(
    record: _Record,
    body: bytes,
    media_type: str,
    charset: str | None,
    source: Source,
    tally: Tally,
    most_bytes: int,
) -> Iterator[Raw]:
    if not body.strip():
        tally.skip("empty body")
    elif not media_type and not looks_like_html(body):
        tally.skip("not html")
    elif len(body) > most_bytes:
        tally.reject(record.at, "too large", f"more than {most_bytes:,} bytes; read.page_megabytes sets the limit")
    else:
        cut = record.header("WARC-Truncated")
        yield Raw(
            input=source.name,
            at=record.at,
            page_id=ids.digest(body),
            html=body,
            charset=charset,
            source_id=record.header("WARC-Record-ID") or None,
            url=record.header("WARC-Target-URI") or None,
            seen=moment(record.header("WARC-Date")),
            extra=orjson.dumps({"warc_truncated": cut}).decode() if cut else None,
        )
