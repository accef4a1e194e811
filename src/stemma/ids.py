"""Ids are digests of content, the same on every machine and engine. Never Python's or an engine's `hash()`."""

import re
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# Query fields that name a visit, not a document.
_VISIT = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|yclid|_ga|ref_src|cmpid|xtor)$", re.IGNORECASE
)


def digest(*parts: bytes | str) -> str:
    """Return blake2b-128 of the parts in hex; parts can't run into each other."""
    h = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        if len(parts) > 1:
            h.update(len(data).to_bytes(8, "little"))
        h.update(data)
    return h.hexdigest()


def document_id(url: str | None, page_id: str) -> str:
    """Return the id of what stands at `url`, else of the page alone."""
    return digest("url", normalised(url)) if url else digest("page", page_id)


def witness_id(page_id: str, start: int, stop: int) -> str:
    """Return the id of a span of a page."""
    return digest("witness", page_id, str(start), str(stop))


def normalised(url: str) -> str:
    """Return the URL without what doesn't name the document: scheme, `www.`, default port, visit marks, fragment."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:  # e.g. an unfinished IPv6 address: the string is its own name
        return url.strip()
    if not host:
        return url.strip()
    if port not in (None, 80, 443):
        host += f":{port}"
    query = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _VISIT.match(k))
    return urlunsplit(("", host, parts.path.rstrip("/") or "/", urlencode(query), ""))
