"""Whether a page holds its whole text, by its own marks: whole, summary, cut, paged or unknown."""

import re

_TAIL_CHARS = 240
# "page 1 of 3" in any of these words; "page 1 of 1" is a whole text.
_PAGE_WORDS = ("page ", "seite ", "página ", "pagina ", "strana ", "sida ", "side ")
_PAGED = re.compile(
    r"\b(?:page|seite|página|pagina|strana|sida|side)\s+\d{1,2}\s*(?:of|von|sur|de|di|van|av|af|/)\s*(?!1\b)\d{1,2}\b"
)
_SUMMARY_ENDS = ("[…]", "[...]", "(…)", "(...)", "[&hellip;]")
# Words that invite to the rest of a text. They count on its last line alone: inside a text they are words.
_MORE = (
    *("continue reading", "read more", "read the full", "read full", "full story", "keep reading"),
    *(
        "weiterlesen",
        "mehr lesen",
        "lire la suite",
        "leer más",
        "seguir leyendo",
        "sigue leyendo",
        "leggi tutto",
    ),
    *(
        "continua a leggere",
        "lees verder",
        "lees meer",
        "läs mer",
        "les mer",
        "læs mere",
        "czytaj więcej",
        "czytaj dalej",
    ),
    *("leia mais", "читать далее", "читать полностью"),
)
_PAYWALL = (
    *(
        "to continue reading",
        "to keep reading",
        "to read the full",
        "already a subscriber",
        "subscribers only",
    ),
    *(
        "for subscribers",
        "log in to read",
        "sign in to read",
        "nur für abonnent",
        "jetzt abonnieren",
        "weiterlesen mit",
    ),
    *(
        "réservé aux abonnés",
        "pour lire la suite",
        "solo para suscriptores",
        "contenuto riservato",
        "alleen voor abonnees",
    ),
)
_MOST_INVITATION_CHARS = 100  # a longer last line is a sentence of the text
_CUT = re.compile(r"(?:…|\.\.\.)\s*[\"”’»]?$")
_END_MARK = re.compile(r"(?:^|\s)(?:-\s?30\s?-|#\s?#\s?#|\*\s?\*\s?\*|ENDS|\(?END\)?|\(ENDS\)|[■◼∎□])$")


def completeness(text: str, *, paywall: bool = False, free: bool = False, paged: bool = False) -> str:
    """Return how complete a body text is, by its end and by what its page declares.

    `paywall` and `free`: the page says that one has to pay, or not; `paged`: it links a next page of itself. No mark at
    all is `unknown`: most texts end as whole ones do, and cut ones may.
    """
    tail = text[-_TAIL_CHARS:].rstrip()
    lowered = tail.lower()
    last_line = lowered.rsplit("\n", 1)[-1]
    if len(last_line) <= _MOST_INVITATION_CHARS:
        if _holds(last_line, _PAYWALL):
            return "cut"
        if _holds(last_line, _MORE):
            return "summary"
    if tail.endswith(_SUMMARY_ENDS):
        return "summary"
    if paywall or _CUT.search(tail[-6:]):
        return "cut"
    if paged or _says_paged(lowered) or _says_paged(text[:_TAIL_CHARS].lower()):
        return "paged"
    return "whole" if free or _END_MARK.search(tail[-10:]) else "unknown"


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _says_paged(lowered: str) -> bool:
    return _holds(lowered, _PAGE_WORDS) and _PAGED.search(lowered) is not None
