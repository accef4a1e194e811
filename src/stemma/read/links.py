"""The links of a page, and where their words stand in its body text."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

_INLINE = {"b", "strong", "em", "i", "span", "u", "mark", "small", "font", "cite", "q", "a"}
# Characters compared on either side of an anchor: enough to tell a sentence from a menu that has the same word.
_CONTEXT = 12
_MOST_PLACES = 20  # places of the same words in a body that are looked at
_PAGE = ("https://", "http://", "/")  # how nearly all links begin: no need to look further
_NO_PAGE = re.compile(r"\s*(?:#|$|(?:javascript|mailto|tel|data|whatsapp|sms|about|blob):)", re.IGNORECASE)


class Link(NamedTuple):
    """A row of tables.LINKS without `page_id`."""

    url: str
    anchor: str
    start: int | None
    stop: int | None
    rel: str | None
    in_body: bool


def links(tree: LexborHTMLParser, body: str, base: str | None) -> list[Link]:
    """Return the links of a page, in its order.

    A link is in the body where its words stand in `body` with the same neighbours. Positions are code points.
    """
    found = []
    join = _joiner(base)
    words = set(body.split())
    cursor = 0
    for node in tree.tags("a"):
        attributes = node.attrs
        href = attributes.get("href")
        if not href or (not href.startswith(_PAGE) and _NO_PAGE.match(href)):
            continue
        parts = node.text().split()
        anchor = " ".join(parts)
        start = _position(node, anchor, body, cursor) if _may_be_in(parts, words) and anchor in body else None
        stop = None if start is None else start + len(anchor)
        cursor = stop or cursor
        found.append(Link(join(href.strip()), anchor, start, stop, attributes.get("rel"), start is not None))
    return found


def _may_be_in(parts: list[str], words: set[str]) -> bool:
    """Whether an anchor's middle word is among a body's: a look-up that spares most menus the search through it."""
    return parts[len(parts) // 2] in words if len(parts) > 2 else bool(parts)


def _position(node: LexborNode, anchor: str, body: str, cursor: int) -> int | None:
    """Return where the anchor stands in the body, from `cursor` on, else anywhere; None where only its words do."""
    before, after = _neighbours(node)
    for start in (*_places(anchor, body, cursor), *_places(anchor, body, 0)):
        left = body[max(0, start - _CONTEXT) : start].rsplit("\n", 1)[-1].strip()
        right = body[start + len(anchor) :][:_CONTEXT].split("\n", 1)[0].strip()
        if _meet(left[::-1], before[::-1]) and _meet(right, after):
            return start
    return None


def _places(anchor: str, body: str, begin: int) -> Iterator[int]:
    for _ in range(_MOST_PLACES):
        begin = body.find(anchor, begin)
        if begin < 0:
            return
        yield begin
        begin += 1


def _meet(here: str, there: str) -> bool:
    """Whether two texts going away from the anchor are the same as far as both reach; both or none may be empty."""
    shared = min(len(here), len(there))
    return here[:shared] == there[:shared] if shared else here == there


def _neighbours(node: LexborNode) -> tuple[str, str]:
    """Return the words just before and after an element in its block, single-spaced."""
    before, after = "", ""
    current: LexborNode | None = node
    while current is not None and not (before and after):
        before = before or _words_beside(current, lambda n: n.prev)
        after = after or _words_beside(current, lambda n: n.next)
        parent = current.parent
        current = parent if parent is not None and parent.tag in _INLINE else None
    return before[-_CONTEXT:].strip(), after[:_CONTEXT].strip()


def _words_beside(node: LexborNode, step: Callable[[LexborNode], LexborNode | None]) -> str:
    """Return the nearest words on one side of a node, '' at the end of its parent or at a block."""
    beside = step(node)
    while beside is not None:
        if beside.is_text_node:
            words = beside.text_content or ""
        elif beside.tag in _INLINE:
            words = beside.text()
        elif beside.is_comment_node:
            words = ""
        else:
            return ""
        if words.strip():
            return " ".join(words.split())
        beside = step(beside)
    return ""


def _joiner(base: str | None) -> Callable[[str], str]:
    """Return a function that makes links absolute; the two plain cases take no parsing."""
    try:
        parts = urlsplit(base or "")
    except ValueError:
        parts = urlsplit("")
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else None

    def join(href: str) -> str:
        if href.startswith(_PAGE[:2]):
            return href
        if origin and href[:1] == "/" and href[1:2] not in {"/", ""} and ".." not in href:
            return origin + href
        try:
            return urljoin(base or "", href)
        except ValueError:
            return href

    return join
