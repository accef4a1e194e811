"""A row of a table or JSON file becomes a record: field aliases, times, further fields, and its id."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson

from stemma import ids
from stemma.read.tally import Raw
from stemma.read.times import moment

#: Each field with the names it is also read from, its own name first (docs/file-formats.md).
ALIASES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content"),
    "html": ("html",),
    "source_id": ("id", "source_id"),
    "url": ("url", "link"),
    "outlet": ("outlet", "series", "publication", "site"),
    "title": ("title", "headline"),
    "authors": ("authors", "author", "byline"),
    "published": ("published", "date", "pubdate"),
    "modified": ("modified",),
    "seen": ("seen", "crawled", "captured", "crawl_date"),
    "language": ("language", "lang"),
}
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_JSON = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS


class BadRow(Exception):
    """A row that holds no page; the arguments are reason and detail."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def raw(row: Mapping[str, Any], source: str, at: str) -> Raw:
    """Return the record that a row holds; raise BadRow where it has no text.

    The page's id is the digest of the whole row as JSON with sorted keys. A value that doesn't fit its field (a list
    as title, a time nobody can read) stays with the further fields.
    """
    used, found = {}, {}
    for field, keys in _plan(tuple(row)):
        for key in keys:
            value = _value(field, row[key])
            if value is not None:
                found[field], used[field] = value, key
                break
    if "text" not in found and "html" not in found:
        raise BadRow("no text", f"the row has {', '.join(map(str, row))[:200] or 'no field'}")
    if "text" in found and "html" in found:
        del found["html"], used["html"]  # the text that the input gives is nearer to what was meant
    further = {key: value for key, value in row.items() if key not in used.values()}
    found.setdefault("source_id", found.get("url"))
    return Raw(
        input=source,
        at=at,
        page_id=ids.digest(_canonical(row)),
        charset="utf-8" if "html" in found else None,
        extra=_canonical(further).decode() if further else None,
        **found,
    )


@lru_cache(maxsize=256)
def _plan(keys: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """Return for each field the keys of the row that can give it, best first."""
    known: dict[str, str] = {}
    for key in keys:
        known.setdefault(str(key).strip().lower(), key)
    plan = [(field, [known[name] for name in names if name in known]) for field, names in ALIASES.items()]
    return [(field, names) for field, names in plan if names]


def _value(field: str, value: Any) -> Any:
    """Return the value as its field takes it, None where it can't be."""
    if value is None or value == "":
        return None
    if field in {"text", "html"}:
        return _body(field, value)
    if field == "authors":
        return _authors(value)
    if isinstance(value, (list, tuple, dict)):
        return None
    text = value if isinstance(value, str) else _written(value)
    if field == "seen":
        return moment(text)
    return valid(text).strip() or None


def _body(field: str, value: Any) -> str | bytes | None:
    text = value.decode("utf-8", "replace") if field == "html" and isinstance(value, bytes) else value
    if not isinstance(text, str) or text.isspace():
        return None
    return valid(text) if field == "text" else text.encode("utf-8", "replace")


def valid(text: str) -> str:
    """Return the text with U+FFFD for NUL, where C programs end a text, and for half characters. Offsets stay."""
    return _NO_TEXT.sub("\ufffd", text) if _NO_TEXT.search(text) else text


def _written(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _authors(value: Any) -> list[str] | None:
    whole = [value] if isinstance(value, dict) else str(value).split(";")
    parts = value if isinstance(value, (list, tuple)) else whole
    names = [part.get("name") if isinstance(part, dict) else part for part in parts]
    return [valid(str(name)).strip() for name in names if name and str(name).strip()] or None


def _canonical(row: Mapping[str, Any]) -> bytes:
    try:
        return orjson.dumps(dict(row), default=_other, option=_JSON)
    except TypeError as fault:  # nested too deep, keys that aren't text
        raise BadRow("no plain row", str(fault)[:200]) from None


def _other(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)
