"""Pages as their outlets' sites would serve them."""

import html
import re
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from stemma.demo.collection import Collection, Page

if TYPE_CHECKING:
    from jinja2 import Environment

_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


def payload(demo: Collection, page: Page, *, saved: bool) -> bytes:
    """Return the page in its outlet's encoding; `saved` as a browser would have written it to a file."""
    from markupsafe import Markup

    outlet = demo.outlets[page.outlet]
    words = demo.words[outlet.language]
    blocks = "\n".join(_block(demo, block) for block in page.blocks)
    text = (
        _templates()
        .get_template(f"{outlet.template}.html")
        .render(
            page=page,
            outlet=outlet,
            words=words,
            url=demo.url(page),
            canonical=demo.url(demo.page(page.canonical) if page.canonical else page),
            saved_from=saved and outlet.saved_from,
            body=Markup(blocks),  # noqa: S704 - _block escapes the words and writes the tags
            related=_related(demo, page),
            **_dates(page, words),
        )
    )
    return text.encode(outlet.encoding)


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = files("stemma.demo") / "data" / "templates"
    return Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )


def _block(demo: Collection, block: str) -> str:
    inner = _LINK.sub(
        lambda m: f'<a href="{html.escape(demo.url(demo.page(m[2])))}">{m[1]}</a>',
        html.escape(block, quote=False),
    )
    if inner.startswith("&gt; "):
        return f"<blockquote><p>{inner.removeprefix('&gt; ')}</p></blockquote>"
    if inner.startswith("*") and inner.endswith("*"):
        return f"<p><em>{inner.strip('*')}</em></p>"
    return f"<p>{inner}</p>"


def _related(demo: Collection, page: Page) -> list[Page]:
    """Return the outlet's next three pages, round and round: what its sidebar links."""
    own = list({p.path: p for p in demo.pages if p.outlet == page.outlet}.values())
    here = next(i for i, p in enumerate(own) if p.path == page.path)
    return (own[here + 1 :] + own[:here])[:3]


def _dates(page: Page, words: dict[str, Any]) -> dict[str, str]:
    return {
        "published": _iso(page.published),
        "modified": _iso(page.modified),
        "day": _iso(page.published)[:10],
        "shown": _shown(page.published, words),
        "shown_modified": _shown(page.modified, words),
    }


def _iso(moment: date | None) -> str:
    return moment.isoformat() if moment else ""


def _shown(moment: date | None, words: dict[str, Any]) -> str:
    if moment is None:
        return ""
    day = str(words["date"]).format(day=moment.day, month=words["months"][moment.month - 1], year=moment.year)
    return f"{day}, {moment:%H:%M}" if isinstance(moment, datetime) else day
