"""The demo's sources, as data: twelve outlets, sixty pages, and what is true of them."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

#: How the collection was chosen.
ABOUT = "invented pages, made to hold what their README lists"

_DATA = files("stemma.demo") / "data"
_STORIES = ("orrin", "quay", "ferry", "elsewhere")
_TAKEN = re.compile(r"@(\w+) (\d+)(?:-(\d+))?")
_QUOTED = re.compile(r"\{(\w+)\}")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


@dataclass(frozen=True)
class Outlet:
    """A publisher: its template, and the words that stand on all of its pages."""

    key: str
    name: str
    short: str
    host: str
    language: str
    template: str
    tagline: str
    sections: tuple[str, ...]
    footer: str
    box: str = ""  # recurs below the outlet's articles, inside the body
    encoding: str = "utf-8"
    saved_from: bool = False  # its files name their URL in a browser's "saved from" comment only


@dataclass(frozen=True)
class Page:
    """A page, and what is true of it."""

    name: str
    outlet: str
    path: str
    title: str
    blocks: tuple[str, ...]
    author: str = ""
    published: date | None = None  # a datetime where the page states a time
    modified: date | None = None
    canonical: str = ""  # key of the page that its canonical tag points at, where that isn't itself
    paywall: bool = False
    boxed: bool = True  # it carries the outlet's box, where there is one
    crawl: tuple[str, ...] = ()  # when the crawler fetched it; such a page stands in the WARC
    file: bool = False  # it is a file as well
    family: str = ""
    parent: str = ""  # key of the page, or of the unseen source, that it was copied from
    speech: bool = False  # it quotes the speech
    note: str = ""

    @property
    def key(self) -> str:
        """Outlet and name: also the page's file name without its ending."""
        return f"{self.outlet}/{self.name}"

    @property
    def on_disk(self) -> bool:
        """Whether the page stands in the folder as a file of its own."""
        return self.file or not self.crawl

    @property
    def text(self) -> str:
        """The body as it reads, without markup."""
        return "\n\n".join(_LINK.sub(r"\1", b).removeprefix("> ").strip("*") for b in self.blocks)


@dataclass(frozen=True)
class Family:
    """Pages that hold versions of one text."""

    key: str
    look_for: str
    title: str
    about: str


@dataclass(frozen=True)
class Collection:
    """Everything that the demo consists of."""

    outlets: dict[str, Outlet]
    words: dict[str, dict[str, Any]]
    pages: tuple[Page, ...]
    records: tuple[dict[str, Any], ...]  # of the crawl, that are no pages
    families: tuple[Family, ...]
    unseen: dict[str, str]
    undecided: str
    undecided_because: str

    def url(self, page: Page) -> str:
        """Return where the page was published."""
        return f"https://{self.outlets[page.outlet].host}{page.path}"

    def page(self, key: str) -> Page:
        """Return the page of that key."""
        return next(p for p in self.pages if p.key == key)

    def documents(self) -> tuple[Page, ...]:
        """Return one page for each address: the one captured before its others."""
        by_url: dict[str, Page] = {}
        for page in self.pages:
            by_url.setdefault(self.url(page), page)
        return tuple(by_url.values())

    def members(self, family: str) -> tuple[Page, ...]:
        """Return the pages of a family, in the order of the stories."""
        return tuple(p for p in self.pages if p.family == family)

    def speech(self) -> tuple[Page, ...]:
        """Return the pages that quote the speech word for word."""
        return tuple(p for p in self.pages if p.speech)

    def alone(self) -> tuple[Page, ...]:
        """Return the documents that share no more than furniture with any other."""
        return tuple(p for p in self.documents() if not p.family and not p.speech)


@cache
def load() -> Collection:
    """Return the collection, read from the package's data."""
    outlets = _toml("outlets.toml")
    words = outlets.pop("words")
    truth = _toml("truth.toml")
    return Collection(
        outlets={key: Outlet(key=key, **_tuples(fields)) for key, fields in outlets.items()},
        words=words,
        pages=tuple(page for story in _STORIES for page in _pages(_toml(f"stories/{story}.toml"))),
        records=tuple(_toml("crawl.toml")["record"]),
        families=tuple(Family(**family) for family in truth["family"]),
        unseen=truth["unseen"],
        undecided=truth["undecided"],
        undecided_because=truth["undecided_because"],
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}


def _pages(story: dict[str, Any]) -> Iterator[Page]:
    texts = {name: _blocks(text) for name, text in story.get("texts", {}).items()}
    for fields in story["page"]:
        body, edits = fields.pop("body"), fields.pop("edits", [])
        blocks = tuple(_QUOTED.sub(lambda m: story["speech"][m[1]], b) for b in _composed(body, texts))
        yield Page(blocks=_edited(blocks, edits, fields["name"]), **_tuples(fields))


def _blocks(text: str) -> tuple[str, ...]:
    return tuple(block.strip() for block in text.strip().split("\n\n"))


def _composed(body: str, texts: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for block in _blocks(body):
        taken = _TAKEN.fullmatch(block)
        if taken:
            first, last = int(taken[2]), int(taken[3] or taken[2])
            yield from texts[taken[1]][first - 1 : last]
        else:
            yield block


def _edited(blocks: tuple[str, ...], edits: list[list[str]], name: str) -> tuple[str, ...]:
    for old, new in edits:
        if sum(old in b for b in blocks) != 1:
            raise ValueError(f"page {name}: {old!r} must stand in exactly one paragraph")
        blocks = tuple(b.replace(old, new) for b in blocks)
    return blocks
