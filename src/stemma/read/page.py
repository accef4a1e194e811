"""HTML to a page: its body text, and what it declares of itself."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from stemma.read.charset import decoded
from stemma.read.completeness import completeness
from stemma.read.declared import Claim, Declared, declared
from stemma.read.links import links
from stemma.read.rows import valid
from stemma.read.times import interval

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
_SAVED_FROM_CHARS = 4096


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
    links: list[dict[str, Any]] = field(default_factory=list)


def read_page(html: bytes, charset: str | None, url: str | None, seen: datetime | None) -> Page:
    """Return the page that `html` holds; raise NoPage where it has no body text.

    `charset` is what the transport said, `url` where it was fetched (else the page's own word is taken, and said to be
    that), `seen` when: no publication date after it is believed.
    """
    text = decoded(html, charset).text
    facts = declared(text)
    url, basis = (url, "the input") if url else _own_url(text, facts)
    tree = _tree(text)
    body = _body(tree)
    return Page(
        text=body,
        url=url,
        declared=facts,
        published=facts.published or _guessed_date(tree, url, seen),
        completeness=completeness(
            body,
            declared_paywall=facts.paywall,
            declared_free=str(facts.article.get("isAccessibleForFree")).lower() == "true",
            paged=facts.pages,
        ),
        facts=facts.facts() | ({"url_basis": basis} if url else {}),
        links=links(tree, body, facts.base or url),
    )


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


def _guessed_date(tree: Any, url: str | None, seen: datetime | None) -> Claim | None:
    """Return the date that htmldate finds in address, markup and text, where no tag declares one."""
    from htmldate import find_date

    latest = (seen or datetime.now(UTC)) + timedelta(days=1)
    day = find_date(tree, extensive_search=True, original_date=True, url=url, max_date=latest.strftime("%Y-%m-%d"))
    when = interval(day) if day else None
    return Claim(when, "htmldate") if when else None


@cache
def warm() -> None:
    """Load what reading a page needs, so that its time isn't counted against the first page."""
    import logging

    import htmldate
    import py3langid.langid
    import trafilatura

    for library in (htmldate, trafilatura, py3langid):
        logging.getLogger(library.__name__).setLevel(logging.CRITICAL)  # what fails is told in `rejects`
    read_page(b"<html><body><p>" + b"A page that holds a sentence. " * 20 + b"</p></body></html>", None, None, None)
