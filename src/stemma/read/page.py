"""HTML to a page: its body text, and what it declares of itself."""

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
    text = decoded(html, charset).text
    facts = declared(text, url)
    url, basis = (url, "the input") if url else _own_url(text, facts)
    tree = _tree(text)
    body = _body(tree)
    return Page(
        text=body,
        url=url,
        declared=facts,
        published=facts.published or guessed(tree, url, seen),
        completeness=completeness(body, paywall=facts.paywall, free=facts.free, paged=_is_paged(facts, url)),
        facts=facts.facts() | ({"url_basis": basis} if url else {}),
        links=links(tree, body, facts.base or url),
    )


def _is_paged(facts: Declared, url: str | None) -> bool:
    """Whether a link rel=next leads to a further part of this page, not to the next article."""
    own = (url or facts.canonical or "").split("?")[0].rstrip("/")
    stem = re.sub(r"\.\w{2,5}$", "", own)
    return any(stem and link.startswith(stem) and _PART.match(link[len(stem) :]) for link in facts.next_links)


def _own_url(text: str, facts: Declared) -> tuple[str | None, str]:
    if saved := _SAVED_FROM.search(text[:_SAVED_FROM_CHARS]):
        return saved.group(1), "saved from"
    for url, basis in ((facts.og_url, "og:url"), (facts.canonical, "canonical")):
        if url and url.lower().startswith(("http://", "https://")):
            return url, basis
    return None, ""


def _tree(text: str) -> Any:
    """Return the lxml tree that extraction, links and dates share."""
    from trafilatura.utils import load_html

    tree = load_html(text)
    if tree is None:
        raise NoPage("no html", "nothing in it could be parsed as HTML")
    return tree


def _body(tree: Any) -> str:
    from trafilatura import bare_extraction

    document = bare_extraction(tree, fast=True, include_comments=False)
    body = valid(document.text or "").strip() if document else ""
    if not body:
        raise NoPage("no body text", "the extractor found no article in it")
    return body


@cache
def warm() -> None:
    """Load what reading a page needs, so that its time isn't counted against the first page."""
    import logging

    import htmldate
    import py3langid.langid
    import trafilatura

    for library in (htmldate, trafilatura, py3langid):
        logging.getLogger(library.__name__).setLevel(logging.CRITICAL)  # what fails is told in `rejects`
    read_page(
        b"<html><body><p>" + b"A page that holds a sentence. " * 20 + b"</p></body></html>", None, None, None
    )
