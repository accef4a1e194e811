"""HTML to a page: its body text, and what it declares of itself."""

import logging
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from stemma.read.charset import decoded
from stemma.read.completeness import completeness
from stemma.read.dates import Claim, guessed
from stemma.read.declared import Declared, declared
from stemma.read.links import Link, links
from stemma.read.rows import valid

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
_SAVED_FROM_CHARS = 4096
# What follows an article's address in that of its second part: /2, -2.html, ?page=2, /seite/2
_PART = re.compile(r"^(?:\.\w{2,5})?[/?&_,-]?(?:[a-z]{1,6}[=/_-]?)?\d{1,2}/?(?:\.\w{2,5})?$", re.IGNORECASE)


class NoPage(Exception):
    """HTML that holds no page; the arguments are reason and detail."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


@dataclass
class Page:
    """A page as its HTML tells it."""

    text: str
    url: str | None
    declared: Declared
    published: Claim | None
    completeness: str
    facts: dict[str, Any]
    links: list[Link]


def read_page(html: bytes, charset: str | None, url: str | None, seen: datetime | None) -> Page:
    """Return the page that `html` holds; raise NoPage where it has no body text.

    `charset` is what the transport said, `url` where it was fetched (else the page's own word is taken, and said to be
    that), `seen` when: no publication date after it is believed.
    """
    from selectolax.lexbor import LexborHTMLParser

    text = decoded(html, charset).text
    tree = LexborHTMLParser(text)
    facts = declared(tree, text, url)
    url, basis = (url, "the input") if url else _own_url(text, facts)
    body = _body(text)
    paged = any(_is_next_part(link, url or facts.canonical or "") for link in facts.next_links)
    return Page(
        text=body,
        url=url,
        declared=facts,
        published=facts.published or guessed(text, url, seen),
        completeness=completeness(body, paywall=facts.paywall, free=facts.free, paged=paged),
        facts=facts.facts() | ({"url_basis": basis} if url else {}),
        links=links(tree, body, facts.base or url),
    )


def _is_next_part(link: str, own: str) -> bool:
    """Whether a link rel=next leads to a further part of the page at `own`, not to the next article."""
    stem = re.sub(r"\.\w{2,5}$", "", own.partition("?")[0].rstrip("/"))
    return bool(stem) and link.startswith(stem) and _PART.match(link[len(stem) :]) is not None


def _own_url(text: str, facts: Declared) -> tuple[str | None, str]:
    if saved := _SAVED_FROM.search(text[:_SAVED_FROM_CHARS]):
        return saved.group(1), "saved from"
    for url, basis in ((facts.og_url, "og:url"), (facts.canonical, "canonical")):
        if url and url.lower().startswith(("http://", "https://")):
            return url, basis
    return None, ""


def _body(html: str) -> str:
    from trafilatura import bare_extraction

    document = bare_extraction(html, fast=True, include_comments=False)
    body = valid(document.text or "").strip() if document else ""
    if not body:
        raise NoPage("no body text", "the extractor found no article in it")
    return body


@cache
def warm() -> None:
    """Load what reading a page needs, so that its time isn't counted against the first page."""
    import htmldate.utils
    import py3langid.langid
    import trafilatura.utils
    from lxml import etree
    from lxml.html import HtmlElement

    # lxml.html asks Python for the class of each element that it hands out: a twelfth of an extraction's time. Only
    # form fields and such would get another class than this, and neither library looks at their values.
    plain = etree.ElementDefaultClassLookup(element=HtmlElement)
    for library in (trafilatura.utils, htmldate.utils):
        library.HTML_PARSER.set_element_class_lookup(plain)
    for library in (trafilatura, htmldate, py3langid):
        logging.getLogger(library.__name__).setLevel(logging.CRITICAL)  # what fails is told in `rejects`
    read_page(b"<html><body><p>" + b"A page that holds a sentence. " * 20 + b"</p></body></html>", None, None, None)
