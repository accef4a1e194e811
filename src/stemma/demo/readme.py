"""The README of the written demo: what is in the collection, and what is known of it."""

from importlib.resources import files
from itertools import groupby

from stemma.demo.collection import Collection, Page
from stemma.demo.tree import drawn


def readme(demo: Collection) -> str:
    """Return the README as Markdown."""
    from jinja2 import Environment, StrictUndefined

    source = (files("stemma.demo") / "data" / "readme.md").read_text(encoding="utf-8")
    # Markdown for people, not HTML: there is nothing to escape.
    template = Environment(undefined=StrictUndefined, trim_blocks=True, autoescape=False).from_string(source)  # noqa: S701
    return (
        template.render(
            demo=demo,
            outlets=_outlets(demo),
            trees={family.key: drawn(demo, family.key) for family in demo.families},
            crawled=[(seen, p) for seen, p in sorted((s, p.key) for p in demo.pages for s in p.crawl)],
            captures=_captures(demo),
            boxed={key: sum(p.boxed for p in _of(demo, key)) for key, outlet in demo.outlets.items() if outlet.box},
        )
        + "\n"
    )


def _outlets(demo: Collection) -> list[tuple[str, str, int, str]]:
    return [(o.name, o.host, len(_of(demo, o.key)), _kind_of_dates(_of(demo, o.key))) for o in demo.outlets.values()]


def _of(demo: Collection, outlet: str) -> list[Page]:
    return [p for p in demo.pages if p.outlet == outlet]


def _kind_of_dates(pages: list[Page]) -> str:
    if any(p.published for p in pages):
        return "publication"
    return "update stamp only" if any(p.modified for p in pages) else "none"


def _captures(demo: Collection) -> list[list[str]]:
    """Return the keys of pages that stand at one address, where there are several."""
    by_url = groupby(sorted(demo.pages, key=demo.url), key=demo.url)
    return [keys for keys in ([p.key for p in pages] for _, pages in by_url) if len(keys) > 1]
