"""What a page declares of itself in its markup: title, authors, site, addresses, dates. Claims, not findings."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stemma.read import jsonld
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
_AUTHOR_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author")
# Kept with the page for what it says of its origin.
_KEPT_METAS = {
    "article:author",
    "article:publisher",
    "copyright",
    "dc.publisher",
    "dc.rights",
    "dc.source",
    "dcterms.rights",
    "dcterms.source",
    "generator",
    "news_keywords",
    "og:locale",
    "og:type",
    "original-source",
    "parsely-link",
    "source",
    "syndication-source",
    "twitter:creator",
    "twitter:site",
}
_MOST_METAS = 500


class Claim(NamedTuple):
    """A claimed time and the rule that found it."""

    when: Interval
    basis: str


@dataclass
class Declared:
    """The facts, each None or empty where the page declares none."""

    title: str | None = None
    authors: list[str] = field(default_factory=list)
    site: str | None = None
    canonical: str | None = None
    og_url: str | None = None
    base: str | None = None
    language: str | None = None
    hreflang: list[dict[str, str]] = field(default_factory=list)
    published: Claim | None = None
    modified: Claim | None = None
    article: dict[str, Any] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    pages: bool = False  # rel=next or rel=prev
    paywall: bool = False

    def facts(self) -> dict[str, Any]:
        """Return what no column of `pages` holds, for pages.declared."""
        found = {
            "site": self.site,
            "canonical": self.canonical,
            "og_url": self.og_url,
            "hreflang": self.hreflang,
            "jsonld": jsonld.kept(self.article),
            "meta": {name: value for name, value in self.meta.items() if name in _KEPT_METAS},
        }
        return {name: value for name, value in found.items() if value}


def declared(html: str) -> Declared:
    """Return what the page declares; tolerates any markup."""
    tree = LexborHTMLParser(html)
    meta = _metas(tree)
    blocks = [node.text() for node in tree.css('script[type="application/ld+json"]')]
    article = jsonld.article(blocks)
    links = _head_links(tree)
    root = tree.root
    return Declared(
        title=_title(tree, meta, article),
        authors=_authors(tree, meta, article),
        site=meta.get("og:site_name") or next(iter(jsonld.names(article.get("publisher"))), None) or meta.get("application-name"),
        canonical=next((href for rel, href, _ in links if rel == "canonical"), None),
        og_url=meta.get("og:url"),
        base=_base(tree),
        language=_language(root.attributes.get("lang") if root else None),
        hreflang=[{"lang": lang, "url": href} for rel, href, lang in links if rel == "alternate" and lang][:100],
        published=_published(tree, meta, article),
        modified=_modified(tree, meta, article),
        article=article,
        meta=meta,
        pages=any(rel in {"next", "prev"} for rel, _, _ in links),
        paywall=_paywall(tree, article, meta),
    )


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """Return the meta tags' contents by lower-case name; of repeated names the first."""
    found: dict[str, str] = {}
    for node in tree.tags("meta")[:_MOST_METAS]:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = text(attributes.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _head_links(tree: LexborHTMLParser) -> list[tuple[str, str, str]]:
    """Return (rel, href, hreflang) of the link tags."""
    found = []
    for node in tree.tags("link"):
        attributes = node.attributes
        href = (attributes.get("href") or "").strip()
        for rel in (attributes.get("rel") or "").lower().split():
            if href and rel in {"canonical", "alternate", "next", "prev"}:
                found.append((rel, href, (attributes.get("hreflang") or "").strip()))
    return found


def _base(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("base[href]")
    return node.attributes.get("href") if node else None


def _language(tag: str | None) -> str | None:
    return tag.strip() if tag and tag.strip() else None


def _title(tree: LexborHTMLParser, meta: dict[str, str], article: dict[str, Any]) -> str | None:
    headlines = tree.tags("h1")
    only = _visible(headlines[0]) if len(headlines) == 1 else ""
    titles = tree.tags("title")
    return (
        text(article.get("headline"))
        or meta.get("og:title")
        or only
        or (_visible(titles[0]) if titles else "")
        or meta.get("title")
        or None
    )


def _visible(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _authors(tree: LexborHTMLParser, meta: dict[str, str], article: dict[str, Any]) -> list[str]:
    found = jsonld.names(article.get("author"))
    if not found:
        found = next(([meta[name]] for name in _AUTHOR_METAS if name in meta and "://" not in meta[name]), [])
    if not found:
        found = [_visible(node) for node in tree.css('[rel~="author"], [itemprop~="author"] [itemprop~="name"]')[:8]]
    return list(dict.fromkeys(name for name in found if name and "://" not in name and len(name) <= 200))


def _published(tree: LexborHTMLParser, meta: dict[str, str], article: dict[str, Any]) -> Claim | None:
    claims = [(article.get("datePublished"), "jsonld datePublished")]
    claims += [(meta.get(name), f"meta {name}") for name in _PUBLISHED_METAS]
    if found := _first_claim(claims):
        return found
    marked = '[itemprop~="datePublished"], time[pubdate], time.published, time.entry-date, abbr.published'
    return _first_claim((_stamp(node), "markup datePublished") for node in tree.css(marked)[:4])


def _modified(tree: LexborHTMLParser, meta: dict[str, str], article: dict[str, Any]) -> Claim | None:
    claims = [(article.get("dateModified"), "jsonld dateModified")]
    claims += [(meta.get(name), f"meta {name}") for name in _MODIFIED_METAS]
    return _first_claim(claims) or _first_claim(
        (_stamp(node), "markup dateModified") for node in tree.css('[itemprop~="dateModified"], time.updated')[:4]
    )


def _stamp(node: LexborNode) -> str:
    attributes = node.attributes
    return attributes.get("datetime") or attributes.get("content") or attributes.get("title") or _visible(node)


def _first_claim(claims: Any) -> Claim | None:
    for written, basis in claims:
        when = interval(text(written)) if written else None
        if when and when.lo.year >= _EARLIEST_YEAR and when.hi - when.lo <= timedelta(days=1):
            return Claim(when, basis)
    return None


_PAYWALL_MARKS = ", ".join(
    (
        '[class*="paywall" i]',
        '[id*="paywall" i]',
        '[class*="piano-"]',
        '[class*="subscriber-only" i]',
        '[class*="premium-wall" i]',
        '[class*="regwall" i]',
        '[data-paywall]',
    )
)


def _paywall(tree: LexborHTMLParser, article: dict[str, Any], meta: dict[str, str]) -> bool:
    """Whether the page says that a reader has to pay; JSON-LD has the last word."""
    free = article.get("isAccessibleForFree")
    if free is not None:
        return str(free).strip().lower() in {"false", "no", "0"}
    tier = meta.get("article:content_tier", "").lower()
    return tier in {"locked", "metered"} or tree.css_first(_PAYWALL_MARKS) is not None
