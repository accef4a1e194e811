"""What a page declares of itself in its markup: title, authors, site, addresses, dates. Claims, not findings."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from stemma.read import dates, jsonld
from stemma.read.dates import Claim, visible
from stemma.read.jsonld import text

_AUTHOR_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
)
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
    next_links: list[str] = field(default_factory=list)  # of rel=next
    paywall: bool = False  # the page says that one has to pay
    free: bool = False  # it says that one hasn't

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


def declared(tree: LexborHTMLParser, html: str, url: str | None = None) -> Declared:
    """Return what the page at `url` declares; `tree` is its parsed `html`."""
    meta = _metas(tree)
    blocks = [node.text() for node in tree.css('script[type="application/ld+json"]')]
    article = jsonld.article(blocks)
    links = _head_links(tree)
    root = tree.root
    free = _free(article)
    return Declared(
        title=_title(tree, meta, article),
        authors=_authors(tree, meta, article),
        site=meta.get("og:site_name")
        or next(iter(jsonld.names(article.get("publisher"))), None)
        or meta.get("application-name"),
        canonical=next((href for rel, href, _ in links if rel == "canonical"), None),
        og_url=meta.get("og:url"),
        base=_base(tree, url),
        language=_language(root.attributes.get("lang") if root else None),
        hreflang=[{"lang": lang, "url": href} for rel, href, lang in links if rel == "alternate" and lang][:100],
        published=dates.published(tree, meta, article, url),
        modified=dates.modified(tree, meta, article),
        article=article,
        meta=meta,
        next_links=[href for rel, href, _ in links if rel == "next"],
        paywall=free is False or (free is None and _paywall_marks(tree, meta, html)),
        free=free is True,
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
    found: list[tuple[str, str, str]] = []
    for node in tree.head.css("link") if tree.head else ():
        attributes = node.attributes
        href = (attributes.get("href") or "").strip()
        kinds = (attributes.get("rel") or "").lower().split() if href else []
        lang = (attributes.get("hreflang") or "").strip()
        found.extend((rel, href, lang) for rel in kinds if rel in {"canonical", "alternate", "next"})
    return found


def _base(tree: LexborHTMLParser, url: str | None) -> str | None:
    node = tree.head.css_first("base[href]") if tree.head else None
    href = node.attributes.get("href") if node else None
    try:
        return urljoin(url or "", href) if href else None
    except ValueError:  # e.g. an unfinished IPv6 address
        return None


def _language(tag: str | None) -> str | None:
    return tag.strip() if tag and tag.strip() else None


_SEPARATORS = " |«»‹›·•:–—-"


def _title(tree: LexborHTMLParser, meta: dict[str, str], article: dict[str, Any]) -> str | None:
    return text(article.get("headline")) or meta.get("og:title") or _headline(tree) or meta.get("title") or None


def _headline(tree: LexborHTMLParser) -> str:
    """Return the page's only h1, or the <title>; a site sets its own name as h1 and at the title's end."""
    headlines, titles = tree.tags("h1"), tree.head.css("title") if tree.head else []
    only = visible(headlines[0]) if len(headlines) == 1 else ""
    title = visible(titles[0]) if titles else ""
    if only and title.endswith(only) and (headline := title.removesuffix(only).rstrip(_SEPARATORS)):
        return headline
    return only or title


def _authors(tree: LexborHTMLParser, meta: dict[str, str], article: dict[str, Any]) -> list[str]:
    found = jsonld.names(article.get("author"))
    if not found:
        found = next(([meta[name]] for name in _AUTHOR_METAS if name in meta and "://" not in meta[name]), [])
    if not found:
        found = [visible(node) for node in tree.css('[rel~="author"], [itemprop~="author"] [itemprop~="name"]')[:8]]
    return list(dict.fromkeys(name for name in found if name and "://" not in name and len(name) <= 200))


_PAYWALL_WORDS = ("paywall", "piano-", "subscriber-only", "premium-wall", "regwall")
_PAYWALL_SPELLINGS = (*_PAYWALL_WORDS, "Paywall", "PayWall", "payWall", "Subscriber-Only", "RegWall", "regWall")
_PAYWALL_MARKS = ", ".join(f'[{name}*="{word}" i]' for name in ("class", "id") for word in _PAYWALL_WORDS)


def _free(article: dict[str, Any]) -> bool | None:
    """Whether JSON-LD says that the article costs nothing; None where it doesn't say."""
    value = article.get("isAccessibleForFree")
    return None if value is None else str(value).strip().lower() not in {"false", "no", "0"}


def _paywall_marks(tree: LexborHTMLParser, meta: dict[str, str], html: str) -> bool:
    """Whether markup says that a reader has to pay."""
    if meta.get("article:content_tier", "").lower() == "locked":
        return True
    # Looking for the words first spares most pages a walk through all their elements.
    return any(word in html for word in _PAYWALL_SPELLINGS) and tree.css_first(_PAYWALL_MARKS) is not None
