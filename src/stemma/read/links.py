"""The links of a page, and where their words stand in its body text."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

_INLINE = {"b", "strong", "em", "i", "span", "u", "mark", "small", "font", "cite", "q"}
# Characters compared on either side of an anchor: enough to tell a sentence from a menu that has the same word.
_CONTEXT = 12
_NO_PAGE = re.compile(r"\s*(?:#|$|(?:javascript|mailto|tel|data|whatsapp|sms|about|blob):)", re.IGNORECASE)


class Link(NamedTuple):
    """A row of tables.LINKS without `page_id`."""

    url: str
    anchor: str
    start: int | None
    stop: int | None
    rel: str | None
    in_body: bool


def links(tree: Any, body: str, base: str | None) -> list[Link]:
    """Return the links of an lxml tree, in the order of the page.

    A link is in the body where its words stand in `body` with the same neighbours. Positions are code points.
    """
    found = []
    join = _joiner(base)
    cursor = 0
    for element in tree.iter("a"):
        href = element.get("href")
        if not href or _NO_PAGE.match(href):
            continue
        words = "".join(element.itertext()) if len(element) else element.text or ""
        anchor = " ".join(words.split())
        start = _position(element, anchor, body, cursor) if anchor and anchor in body else None
        stop = None if start is None else start + len(anchor)
        cursor = stop or cursor
        found.append(Link(join(href.strip()), anchor, start, stop, element.get("rel"), start is not None))
    return found


def _position(element: Any, anchor: str, body: str, cursor: int) -> int | None:
    """Return where the anchor stands in the body, from `cursor` on, else anywhere; None where only its words do."""
    before, after = _neighbours(element)
    for start in (*_occurrences(anchor, body, cursor), *_occurrences(anchor, body, 0)):
        left = body[max(0, start - _CONTEXT) : start].rsplit("\n", 1)[-1].strip()
        right = body[start + len(anchor) :][:_CONTEXT].split("\n", 1)[0].strip()
        if _meet(left[::-1], before[::-1]) and _meet(right, after):
            return start
    return None


def _occurrences(anchor: str, body: str, begin: int) -> Iterator[int]:
    for _ in range(20):
        begin = body.find(anchor, begin)
        if begin < 0:
            return
        yield begin
        begin += 1


def _meet(here: str, there: str) -> bool:
    """Whether two texts going away from the anchor are the same as far as both reach; both or none may be empty."""
    shared = min(len(here), len(there))
    return here[:shared] == there[:shared] if shared else here == there


def _neighbours(element: Any) -> tuple[str, str]:
    """Return the words just before and after an element in its block, single-spaced."""
    before, after = "", ""
    while element is not None and not (before and after):
        before = before or _text_before(element)
        after = after or _text_after(element)
        parent = element.getparent()
        element = parent if parent is not None and parent.tag in _INLINE else None
    return before[-_CONTEXT:], after[:_CONTEXT]


def _text_before(element: Any) -> str:
    earlier = element.getprevious()
    if earlier is None:
        parent = element.getparent()
        return _single_spaced(parent.text if parent is not None else "")
    tail = _single_spaced(earlier.tail)
    return tail or (_single_spaced("".join(earlier.itertext())) if earlier.tag in _INLINE else "")


def _text_after(element: Any) -> str:
    tail = _single_spaced(element.tail)
    later = element.getnext()
    return tail or (
        _single_spaced("".join(later.itertext())) if later is not None and later.tag in _INLINE else ""
    )


def _single_spaced(text: str | None) -> str:
    return " ".join(text.split()) if text else ""


def _joiner(base: str | None) -> Any:
    """Return a function that makes links absolute; the two plain cases take no parsing."""
    try:
        parts = urlsplit(base or "")
    except ValueError:
        parts = urlsplit("")
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else None

    def join(href: str) -> str:
        if href.startswith(("https://", "http://")):
            return href
        if origin and href[:1] == "/" and href[1:2] not in {"/", ""} and ".." not in href:
            return origin + href
        try:
            return urljoin(base or "", href)
        except ValueError:
            return href

    return join
