"""Whether a page holds its whole text, by its own marks: whole, summary, cut, paged or unknown."""

import re

_TAIL_CHARS = 240
_PAGED = re.compile(
    r"\b(?:page|seite|página|pagina|strana|sida|side)\s+\d{1,2}\s*(?:of|von|sur|de|di|van|av|/)\s*(?!1\b)\d{1,2}\b"
    r"|\bpage\s+\d{1,2}\s*/\s*(?!1\b)\d{1,2}\b",
    re.IGNORECASE,
)
_SUMMARY_END = re.compile(
    r"(?:\[\s*(?:…|\.\.\.|&hellip;)\s*\]|\(\s*(?:…|\.\.\.)\s*\)"
    r"|(?:…|\.\.\.)?\s*(?:continue reading|read more|read the full (?:story|article)|read full (?:story|article)|full story|keep reading"
    r"|weiterlesen|mehr lesen|lire la suite|leer más|seguir leyendo|sigue leyendo|continua a leggere|leggi tutto|lees (?:verder|meer)"
    r"|läs mer|les mer|læs mere|czytaj (?:więcej|dalej)|leia mais|читать далее)[^.\n]{0,60}?\s*[→»›>.…]*)\s*$",
    re.IGNORECASE,
)
_PAYWALL_END = re.compile(
    r"(?:subscribe (?:now |today )?to (?:continue|read|keep)|to continue reading|already a subscriber|subscribers? only|for subscribers"
    r"|log ?in to (?:continue|read)|sign in to (?:continue|read)|nur für abonnent|jetzt abonnieren|weiterlesen mit|mit .{0,20}plus weiterlesen"
    r"|réservé aux abonnés|pour lire la suite|solo para suscriptores|contenuto riservato|alleen voor abonnees)",
    re.IGNORECASE,
)
_CUT_END = re.compile(r"(?:…|\.\.\.)\s*[\"”’»]?\s*$")
_END_MARK = re.compile(r"(?:^|\n|\s)(?:-\s?30\s?-|#\s?#\s?#|\*\s?\*\s?\*|ENDS?|\(ENDS?\)|\(END\)|■|◼|∎|□)\s*$")


def completeness(text: str, *, declared_paywall: bool = False, declared_free: bool = False, paged: bool = False) -> str:
    """Return how complete a body text is, judged by its end and by what its page declares.

    No mark at all is `unknown`: most texts end as whole ones do, and as cut ones might.
    """
    tail = text[-_TAIL_CHARS:]
    if _SUMMARY_END.search(tail):
        return "summary"
    if _PAYWALL_END.search(tail) or _CUT_END.search(tail):
        return "cut"
    if paged or _PAGED.search(text[:_TAIL_CHARS]) or _PAGED.search(tail):
        return "paged"
    if declared_paywall:
        return "cut"
    return "whole" if declared_free or _END_MARK.search(tail) else "unknown"
