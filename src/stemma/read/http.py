"""The HTTP message inside a WARC record: status, headers, and the body as the browser saw it."""

import re
import zlib
from typing import NamedTuple

_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"^HTTP/\d(?:\.\d)?\s+(\d{3})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HEAD_BYTES = 1 << 16
_ZSTD = b"\x28\xb5\x2f\xfd"
# zstd packs a run of one byte 30,000 to 1: fed in slices this small, one call yields at most some 30 MB.
_ZSTD_SLICE = 1 << 10


class BadBody(Exception):
    """A body that can't be decoded; the argument says why."""


class TooLarge(BadBody):
    """A body that is larger than the limit once it is decoded."""


class Message(NamedTuple):
    """A response: status, headers by lower-case name (of repeated ones the last), and the body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type alone, in lower case; '' where none is given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The charset that the content type names."""
        match = _CHARSET.search(self.headers.get("content-type", ""))
        return match.group(1) if match else None


def message(block: bytes) -> Message | None:
    """Return the response in a record's block, None where it holds none."""
    status = _STATUS.match(block)
    end = _HEAD_END.search(block, 0, _HEAD_BYTES)
    if not status or not end:
        return None
    lines = block[: end.start()].decode("latin-1").splitlines()[1:]
    fields = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, colon, value in fields if colon}
    return Message(int(status.group(1)), headers, block[end.end() :])


def decoded_body(response: Message, most_bytes: int) -> bytes:
    """Return the body without chunks and compression; raise BadBody where it can't be, TooLarge beyond `most_bytes`.

    Archives often keep the header when they have decoded the body already: a body that doesn't begin as its header says
    is taken as it is.
    """
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    for coding in reversed(response.headers.get("content-encoding", "").lower().split(",")):
        body = _decompressed(body, coding.strip(), most_bytes)
    if len(body) > most_bytes:
        raise TooLarge(f"more than {most_bytes:,} bytes")
    return body


_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


def _unchunked(body: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while match := _CHUNK.match(body, at):
        size = int(match.group(1), 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    if not parts:
        return body
    raise BadBody("a chunk is missing: the response was cut short")


def _decompressed(body: bytes, coding: str, most_bytes: int) -> bytes:
    if coding in {"gzip", "x-gzip"}:
        return _inflated(body, 31, most_bytes) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":
        if body.lstrip()[:1] == b"<":
            return body
        return _inflated(body, 15 if body[:1] == b"\x78" else -15, most_bytes)
    if coding == "br":
        return _unbrotlied(body, most_bytes)
    if coding == "zstd":
        return _unzstd(body, most_bytes)
    return body


def _inflated(body: bytes, bits: int, most_bytes: int) -> bytes:
    z = zlib.decompressobj(bits)
    try:
        out = z.decompress(body, most_bytes + 1)
    except zlib.error as fault:
        raise BadBody(f"its compression is damaged ({fault})") from None
    if not z.eof and len(out) <= most_bytes:
        raise BadBody("the compressed response was cut short")
    return out


def _unbrotlied(body: bytes, most_bytes: int) -> bytes:
    import brotli

    if body.lstrip()[:1] == b"<":
        return body
    decoder = brotli.Decompressor()
    try:
        out: bytes = decoder.process(body, output_buffer_limit=most_bytes + 1)
    except brotli.error as fault:
        raise BadBody(f"its compression is damaged ({fault})") from None
    if not decoder.is_finished() and len(out) <= most_bytes:
        raise BadBody("the compressed response was cut short")
    return out


def _unzstd(body: bytes, most_bytes: int) -> bytes:
    import zstandard

    if not body.startswith(_ZSTD):
        return body
    out = bytearray()
    while body.startswith(_ZSTD) and len(out) <= most_bytes:  # several frames may follow each other
        frame = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        try:
            for start in range(0, len(body), _ZSTD_SLICE):
                out += frame.decompress(body[start : start + _ZSTD_SLICE])
                if frame.eof or len(out) > most_bytes:
                    break
        except zstandard.ZstdError as fault:
            raise BadBody(f"its compression is damaged ({fault})") from None
        if not frame.eof and len(out) <= most_bytes:
            raise BadBody("the compressed response was cut short")
        body = frame.unused_data + body[start + _ZSTD_SLICE :]
    return bytes(out)
