"""Pages written for a test, around an article that an extractor finds."""

import json

from stemma.read.page import read_page

SENTENCES = (
    "Rain fell on the valley for eleven hours, and the river rose by half a metre before noon.",
    "The mayor said that the old bridge would stay closed until engineers had looked at every pier of it.",
    "Farmers on the eastern bank moved their cattle uphill, as they had done in the spring of last year.",
)
ARTICLE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
TEXT = "\n".join(SENTENCES)


def document(head="", article=ARTICLE, before="", after=""):
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head>"
        f"<body>{before}<article>{article}</article>{after}</body></html>"
    )


def page(head="", article=ARTICLE, url=None, seen=None, **parts):
    return read_page(document(head, article, **parts).encode(), None, url, seen)


def meta(**named):
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in named.items())


def jsonld(*blocks):
    return "".join(
        f'<script type="application/ld+json">{block if isinstance(block, str) else json.dumps(block)}</script>'
        for block in blocks
    )
