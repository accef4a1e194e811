"""The NewsArticle (or other article) that a page declares in JSON-LD.

A broken block is mended where the fault is a common one, else passed over.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from stemma.read.rows import valid

_ARTICLES = re.compile(r"(Article|BlogPosting|Report|Posting|Review)$")
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|(?://\s*|/\*\s*)?\]\]>(?:\s*\*/)?)\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_DEEPEST = 8
_LARGEST = 1 << 53  # beyond it whole numbers are no counts, and JSON readers disagree on them
# What later stages ask of an article's own declaration; the body and pictures would only repeat the page.
_KEPT = (
    "@type",
    "copyrightHolder",
    "copyrightNotice",
    "creditText",
    "inLanguage",
    "isAccessibleForFree",
    "isBasedOn",
    "isPartOf",
    "license",
    "locationCreated",
    "mainEntityOfPage",
    "publisher",
    "sourceOrganization",
    "url",
    "wordCount",
)


def article(blocks: list[str]) -> dict[str, Any]:
    """Return the first article that the blocks declare, {} where there is none. Prefers one with a date."""
    found = [node for block in blocks for node in _nodes(_parsed(block), 0) if _is_article(node)]
    dated = [node for node in found if node.get("datePublished")]
    return next(iter(dated or found), {})


def kept(node: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of an article that are kept with its page, long texts left out."""
    facts = {name: _short(node[name]) for name in _KEPT if node.get(name) is not None}
    return {name: value for name, value in facts.items() if value not in (None, {}, [])}


def names(value: Any) -> list[str]:
    """Return the names of people or organisations, however they are written."""
    if isinstance(value, list):
        return [name for item in value for name in names(item)]
    if isinstance(value, dict):
        return names(value.get("name"))
    return [text(value)] if isinstance(value, str) and value.strip() else []


def text(value: Any) -> str:
    """Return a string as it is meant: entities read, white space single; '' for anything else."""
    return " ".join(html.unescape(valid(value)).split()) if isinstance(value, str) else ""


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: text(v) for k, v in value.items() if k in {"@type", "@id", "name", "url"} and isinstance(v, str)}
    if isinstance(value, list):
        return [_short(item) for item in value[:20]]
    if isinstance(value, str):
        return text(value)[:500]
    return value if not isinstance(value, int) or abs(value) < _LARGEST else None


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(isinstance(k, str) and _ARTICLES.search(k) for k in (kinds if isinstance(kinds, list) else [kinds]))


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(name), depth + 1)


def _parsed(block: str) -> Any:
    plain = _COMMENT.sub("", block).strip()
    for attempt in (plain, _TRAILING_COMMA.sub(r"\1", plain), html.unescape(plain)):
        try:
            return orjson.loads(attempt)
        except ValueError:
            try:
                return json.loads(attempt, strict=False)  # raw line breaks inside strings are the commonest fault
            except (ValueError, RecursionError):
                continue
    return None
