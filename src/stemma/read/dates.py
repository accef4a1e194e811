"""When a page was published and last changed, by its own word: one rule after another, each with its name."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stemma.read.jsonld import text
from stemma.read.times import Interval, interval

# A CMS that knows no date writes its clock's zero.
_EARLIEST_YEAR = 1990
_PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "citation_publication_date",
    "citation_date",
    "article.published",
    "article:published",
    "published_time",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "originalpublicationdate",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "dc.date",
    "dcterms.date",
    "date",
    "og:pubdate",
    "rnews:datepublished",
    "shareaholic:article_published_time",
)
_MODIFIED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
)
_PUBLISHED_MARKUP = '[itemprop~="datePublished"], time[pubdate], time.published, time.entry-date, abbr.published'
# Elements that sites name for the date they show; a longer text there is not a date line.
_DATE_MARKUP = ", ".join(
    f'[{name}*="{word}" i]'
    for word in ("date", "publish", "posted", "byline", "timestamp")
    for name in (("class", "id") if word == "date" else ("class",))
)
_MOST_DATELINE_CHARS = 200
_WRITTEN_DATE = re.compile(
    r"\b\d{4}-\d\d?-\d\d?\b|\b\d{1,2}\.\s?\d{1,2}\.\s?\d{4}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?[^\W\d]{3,9}\.?,?\s+(?:de\s+)?\d{4}\b"
    r"|\b[^\W\d]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b|\b\d{4}年\s?\d{1,2}月\s?\d{1,2}日"
)
_MODIFIED_MARKUP = '[itemprop~="dateModified"], time.updated'
_MOST_MARKED = 40
# A date in an address is given once, when the page is made; a tag may be written anew with every update.
# Beyond it htmldate's search through all text and markup takes longer than extraction, 70 ms, and finds bare years:
# the F of days is .939 with this bound and .940 without.
_CONTRADICTION = timedelta(days=2)  # less may be the zone alone
_ADDRESS_DATE = re.compile(
    r"/((?:19|20)\d\d)(?:([/-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?=[/.-]|$)"
)


class Claim(NamedTuple):
    """A claimed time and the rule that found it."""

    when: Interval
    basis: str


def published(tree: LexborHTMLParser, meta: dict[str, str], article: dict[str, Any], url: str | None) -> Claim | None:
    """Return the publication time: address where it contradicts the tags, JSON-LD, meta tags, markup, address."""
    address = _in_address(url)
    claims = [(article.get("datePublished"), "jsonld datePublished")]
    claims += [(meta.get(name), f"meta {name}") for name in _PUBLISHED_METAS]
    tag = _first_claim(claims) or _first_claim(
        (_stamp(node), "markup datePublished") for node in tree.css(_PUBLISHED_MARKUP)[:4]
    )
    if tag and address and abs(tag.when.lo - address.when.lo) >= _CONTRADICTION:
        return address
    return (
        tag
        or address
        or _first_claim((_date_within(visible(node)), "markup date") for node in tree.css(_DATE_MARKUP)[:_MOST_MARKED])
    )


def modified(tree: LexborHTMLParser, meta: dict[str, str], article: dict[str, Any]) -> Claim | None:
    """Return the time of the last change. It never stands for the time of publication."""
    claims = [(article.get("dateModified"), "jsonld dateModified")]
    claims += [(meta.get(name), f"meta {name}") for name in _MODIFIED_METAS]
    return _first_claim(claims) or _first_claim(
        (_stamp(node), "markup dateModified") for node in tree.css(_MODIFIED_MARKUP)[:4]
    )


def guessed(html: str, url: str | None, seen: datetime | None) -> Claim | None:
    """Return the date that htmldate finds in markup and text, none after the page was seen."""
    from htmldate import find_date

    latest = (seen or datetime.now(UTC)) + timedelta(days=1)
    day = find_date(html, extensive_search=True, original_date=True, url=url, max_date=latest.strftime("%Y-%m-%d"))
    if not day:
        return None
    # htmldate tells no precision: the first of January or of a month is also what it makes of a bare year or month.
    when = interval(day.removesuffix("-01").removesuffix("-01"))
    return Claim(when, "htmldate") if when else None


def visible(node: LexborNode) -> str:
    """Return an element's text, single-spaced."""
    return " ".join(node.text(separator=" ").split())


def _in_address(url: str | None) -> Claim | None:
    """Return the day that a URL names: /2024/05/03/, /2024-05-03/ or /20240503/."""
    match = _ADDRESS_DATE.search(url or "")
    if not match:
        return None
    year, _, month, day, packed_month, packed_day = match.groups()
    return _first_claim([(f"{year}-{month or packed_month}-{day or packed_day}", "address")])


def _date_within(line: str) -> str | None:
    """Return the first date in a short text, as it is written there."""
    match = _WRITTEN_DATE.search(line) if len(line) <= _MOST_DATELINE_CHARS else None
    return match.group(0) if match else None


def _stamp(node: LexborNode) -> str:
    attributes = node.attributes
    return attributes.get("datetime") or attributes.get("content") or attributes.get("title") or visible(node)


def _first_claim(claims: Iterable[tuple[Any, str]]) -> Claim | None:
    for written, basis in claims:
        when = interval(text(written)) if written else None
        if when and when.lo.year >= _EARLIEST_YEAR and when.hi - when.lo <= timedelta(days=1):
            return Claim(when, basis)
    return None
