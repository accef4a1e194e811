"""WARC files: responses that hold HTML become records, all else is counted.

The readers in use (FastWARC, warcio) tell neither of a file that ends early nor of a wrong length, and lose records
next to damage. So records are framed here: between the end of a block and the next record there are line ends, nothing
else; whatever else is found is told, and reading goes on where the next record begins.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from stemma import ids
from stemma.read.http import BadBody, TooLarge, decoded_body, message
from stemma.read.inputs import Source, looks_like_html
from stemma.read.streams import Window, opened
from stemma.read.tally import Raw, Tally
from stemma.read.times import moment

_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_HEADER_BYTES = 1 << 20
_SCAN_BYTES = 1 << 18
_LINE_ENDS = re.compile(rb"[\r\n]+")
_FOLD = re.compile(r"\r?\n[ \t]+")
_BEGIN = re.compile(rb"WARC/[01]\.\d{1,2}[ \t]{0,8}\r?\n[A-Za-z]")
_BEGIN_BYTES = 32  # no beginning is longer
_HEAD_END = re.compile(rb"\r?\n\r?\n|(?P<next>" + _BEGIN.pattern + rb")")
_INNER = re.compile(rb"\r\n\r\n(?=" + _BEGIN.pattern + rb")")


@dataclass(frozen=True)
class _Record:
    number: int
    headers: dict[str, str]  # by lower-case name
    block: bytes  # as far as the limit allows

    @property
    def at(self) -> str:
        return f"record {self.number}"

    @property
    def kind(self) -> str:
        return self.header("WARC-Type").lower() or "unknown"

    def header(self, name: str) -> str:
        return self.headers.get(name.lower(), "").strip("<>")


def records(source: Source, tally: Tally, most_bytes: int) -> Iterator[Raw]:
    """Yield the HTML responses; other records are skipped, damaged ones rejected."""
    number = 0
    with opened(source) as unpacked:
        while True:
            reader = _Reader(Window(unpacked), tally, most_bytes, number)
            for record in reader.sound():
                yield from _page(record, source, tally, most_bytes)
            number = reader.number
            if unpacked.damage:
                tally.reject(f"after record {number}", "damaged file", unpacked.damage)
            if not unpacked.resume():
                return


class _Reader:
    """Frames the records of a stream and keeps those whose length is what their header says."""

    def __init__(self, window: Window, tally: Tally, most_bytes: int, number: int) -> None:
        self.number = number
        self._window = window
        self._tally = tally
        self._most_block = most_bytes + _HEADER_BYTES

    def sound(self) -> Iterator[_Record]:
        """Yield the sound records; tell the tally of the others."""
        while True:
            if not self._at_border():
                self._pass_rubbish()
            elif not self._window.ahead:
                return
            elif head := self._head():
                yield from self._checked(*head)

    def _at_border(self) -> bool:
        """Pass line ends; return whether a record begins behind them, or the stream ends."""
        window = self._window
        while window.fill(1) and (ends := _LINE_ENDS.match(window.ahead)):
            window.drop(ends.end())
        window.fill(5)
        return b"WARC/".startswith(bytes(window.ahead[:5]))

    def _pass_rubbish(self) -> None:
        start = self._window.position
        at = f"after record {self.number}" if self.number else "before the first record"
        size = self._pass_to_next()
        self._tally.reject(at, "no WARC record", f"{size:,} bytes of something else from byte {start:,} unpacked")

    def _pass_to_next(self) -> int:
        """Move on to where a record begins, or to the end; return how many bytes were passed."""
        window, start = self._window, self._window.position
        while True:
            more = window.fill(_SCAN_BYTES)
            if found := _BEGIN.search(window.ahead):
                window.drop(found.start())
                break
            window.drop(len(window.ahead) - (_BEGIN_BYTES if more else 0))
            if not more:
                break
        return window.position - start

    def _head(self) -> tuple[dict[str, str], int] | None:
        """Return the headers of the record ahead and its head's size in bytes; None, and told, where it has none."""
        window = self._window
        self.number += 1
        size = 4096
        while not (end := _HEAD_END.search(window.ahead, 1, _HEADER_BYTES)) and size <= _HEADER_BYTES:
            size = size * 2 if window.fill(size) else _HEADER_BYTES * 2
        if end and not end["next"]:
            return _headers(bytes(window.ahead[: end.start()])), end.end()
        self._tally.reject(f"record {self.number}", "cut short", "its WARC header has no end")
        window.drop(1)
        self._pass_to_next()
        return None

    def _checked(self, headers: dict[str, str], head: int) -> Iterator[_Record]:
        """Yield the record and pass it if it ends where the next begins; what is wrong is told."""
        window, at = self._window, f"record {self.number}"
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 19):
            self._tally.reject(at, "wrong length", f"its length is given as {length[:40]!r}")
            window.drop(head)
            self._pass_to_next()
            return
        stop = head + int(length)
        seen = min(stop, head + self._most_block)
        window.fill(seen + _BEGIN_BYTES)  # a record may begin within and go on behind
        inner = _INNER.search(window.ahead, head, seen + _BEGIN_BYTES)
        if inner and inner.end() < stop and not _proven(headers, window.ahead, head, seen):
            self._tally.reject(at, "wrong length", "the next record begins inside of it")
            window.drop(inner.end())
            return
        block = bytes(window.ahead[head:seen])
        if missing := window.drop(stop):
            self._tally.reject(at, "cut short", f"{missing:,} bytes are missing at the end")
        elif self._at_border() or _proven(headers, block, 0, len(block)):
            yield _Record(self.number, headers, block)
        else:
            size = self._pass_to_next()
            self._tally.reject(at, "wrong length", f"{size:,} further bytes follow that belong to no record")


def _proven(headers: dict[str, str], data: bytes | bytearray, start: int, stop: int) -> bool:
    """Whether the block in data[start:stop] is what its digest says."""
    name, _, digest = headers.get("warc-block-digest", "").partition(":")
    if name.lower() != "sha1":
        return False
    with memoryview(data) as view:
        found = hashlib.sha1(view[start:stop], usedforsecurity=False)
    return digest.upper() == base64.b32encode(found.digest()).decode() or digest.lower() == found.hexdigest()


def _headers(head: bytes) -> dict[str, str]:
    """Return the fields by lower-case name, of repeated ones the one on top."""
    lines = _FOLD.sub(" ", head.decode("utf-8", "replace")).split("\n")[1:]
    fields = (line.partition(":") for line in reversed(lines))
    return {name.strip().lower(): value.strip() for name, colon, value in fields if colon}


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
