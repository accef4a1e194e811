"""Bytes to text: byte order mark, transport, meta tag, else what the bytes look like. Never fails."""

import codecs
import re
from functools import cache
from typing import NamedTuple

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_META_BYTES = 8192
_SAMPLE_BYTES = 16384
# Labels that browsers read as a superset (https://encoding.spec.whatwg.org/#names-and-labels).
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Written in 7-bit bytes, so that any such text is valid UTF-8 as well.
_SEVEN_BIT = {"iso2022_jp", "hz", "utf-7"}
# Of the characters beyond ASCII, how many may be broken before a label counts as wrong. A page with one bad
# advertisement has a handful; a page in another charset has nearly all.
_MOST_BROKEN = 0.05


class Decoded(NamedTuple):
    """Text, and the charset it was read with."""

    text: str
    charset: str


def decoded(data: bytes, transport: str | None) -> Decoded:
    """Return the text of `data`; what can't be decoded becomes U+FFFD.

    Valid UTF-8 is read as UTF-8 whatever its label says: text in another charset practically never is.
    """
    found = _read(data, transport)
    return found._replace(text=_whole(found.text))


def _whole(text: str) -> str:
    """Return the text with U+FFFD for half characters, which UTF-7 can spell and no file can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def _read(data: bytes, transport: str | None) -> Decoded:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name)
    labels = [codec for label in (transport, *_labels_within(data)) if (codec := known(label))]
    if not labels or labels[0] not in _SEVEN_BIT:
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    for name in dict.fromkeys([*labels, "utf-8"]):
        text = data.decode(name, "replace")
        if _mostly_sound(text):
            return Decoded(text, name)
    name = _guess(data)
    return Decoded(data.decode(name, "replace"), name)


@cache
def known(label: str | None) -> str | None:
    """Return the codec that a label means, None where there is none."""
    if not label or label.strip().lower() in {"x-user-defined", "unicode", "none"}:
        return None
    try:
        info = codecs.lookup(label.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    # The only way to tell rot13 from a charset.
    if not info._is_text_encoding or info.name in {  # noqa: SLF001
        "idna",
        "punycode",
        "undefined",
        "unicode_escape",
        "raw_unicode_escape",
    }:
        return None
    return _SUPERSETS.get(info.name, info.name)


def _labels_within(data: bytes) -> list[str]:
    begin = data[:_META_BYTES]
    found = [match.group(1).decode("ascii", "replace") for p in (_META, _XML) if (match := p.search(begin))]
    # A page whose meta tag can be read as ASCII isn't in UTF-16, whatever the tag says.
    return [label for label in found if not label.lower().startswith(("utf-16", "utf16", "ucs"))]


def _mostly_sound(text: str) -> bool:
    broken = text.count("\ufffd")
    return broken == 0 or broken <= _MOST_BROKEN * sum(1 for c in text if c > "\x7f")


def _guess(data: bytes) -> str:
    import charset_normalizer

    first = next(i for i, byte in enumerate(data) if byte > 0x7F)
    sample = data[max(0, first - _SAMPLE_BYTES // 4) :][:_SAMPLE_BYTES]
    best = charset_normalizer.from_bytes(sample).best()
    return known(best.encoding) or "cp1252" if best else "cp1252"
