"""Text of strangers as HTML: escaped, with unseen characters spelt out."""

import re

from markupsafe import Markup, escape

from stemma.view.characters import pieces
from stemma.view.pairs import Piece

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_MARKS = {"alone": "here only", "other": "different here"}


def text(words: str) -> Markup:
    """Return the text escaped, unseen characters boxed by name."""
    return Markup("").join(
        Markup('<span class="unseen">{}</span>').format(part) if unseen else escape(part)
        for part, unseen in pieces(words)
    )


def piece(run: Piece) -> Markup:
    """Return a run of a compared passage, marked so that its meaning doesn't hang on colour."""
    if run.mark == "gap":
        return Markup('<span class="gap" title="no words here">‸</span>')
    if run.mark in _MARKS:
        return Markup('<mark class="{}" title="{}">{}</mark>').format(run.mark, _MARKS[run.mark], text(run.text))
    return text(run.text)


def lang(tag: str | None) -> Markup:
    """Return a lang attribute where the language is known and well-formed."""
    return Markup(' lang="{}"').format(tag) if tag and _LANGUAGE.fullmatch(tag) else Markup("")
