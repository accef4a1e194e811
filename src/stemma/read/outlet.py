"""The outlet of a URL: its registrable domain, by the Public Suffix List as tldextract ships it. No network."""

from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit


def outlet_of(url: str | None) -> str | None:
    """Return the registrable domain of a web address; None where there is no host.

    An IP address stands for itself; under a top-level domain that the list doesn't know, the last two labels count.
    Private suffixes count: a.blogspot.com and b.blogspot.com are two outlets.
    """
    if not url or url[:4].lower() != "http":
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:  # an unfinished IPv6 address
        return None
    host = (host or "").rstrip(".")
    return _registrable(host) if host else None


@lru_cache(maxsize=65536)
def _registrable(host: str) -> str:
    found = _extractor()(host, include_psl_private_domains=True)
    if found.suffix or found.ipv4 or found.ipv6 or ":" in host:
        return found.top_domain_under_public_suffix or host
    return ".".join(host.split(".")[-2:])


@cache
def _extractor() -> Any:
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
