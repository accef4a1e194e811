"""The language of a text by py3langid, or null where it is too short to tell."""

from functools import cache
from typing import Any


def languages(texts: list[str], most_chars: int, least_chars: int) -> list[str | None]:
    """Return the language of each text as BCP 47, judged by its first characters."""
    return [language(text, most_chars, least_chars) for text in texts]


def language(text: str, most_chars: int, least_chars: int) -> str | None:
    """Return the language of a text, None where it has fewer letters than `least_chars` to judge by."""
    begin = text[:most_chars]
    if sum(map(str.isalpha, begin)) < least_chars:
        return None
    return str(_identifier().classify(begin)[0])


@cache
def _identifier() -> Any:
    import py3langid.langid

    return py3langid.langid.LanguageIdentifier.from_model_file(py3langid.langid.MODEL_FILE)
