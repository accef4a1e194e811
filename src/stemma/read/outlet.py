"""The outlet of a URL: its registrable domain, by the Public Suffix List as tldextract ships it. No network."""

from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit


def outlet_of(url: str | None) -> str | None:
    """Return the registrable domain of a web address, the host itself where it has none; None where there is no host.

    Private suffixes count: a.blogspot.com and b.blogspot.com are two outlets.
    """
    if not url or not url[:4].lower() == "http":
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:  # an unfinished IPv6 address
        return None
    return _registrable(host) if host else None


@lru_cache(maxsize=65536)
def _registrable(host: str) -> str:
    found = _extractor()(host, include_psl_private_domains=True)
    return (found.top_domain_under_public_suffix if found.suffix else "") or host


@cache
def _extractor() -> Any:
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
