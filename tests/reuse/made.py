"""Pages for the reuse room's tests: made-up prose in which only what is planted recurs."""

import random

import pyarrow as pa

from stemma import reuse
from stemma.engine.local import Local
from stemma.ids import digest, document_id
from stemma.settings import Settings
from stemma.tables import PAGES

SYLLABLES = ["ka", "lo", "mi", "ren", "tas", "vo", "bel", "du", "fi", "gor", "han", "jun"]


def prose(seed, words=80):
    """Return sentences of made-up words of two to four syllables, the same for the same seed."""
    choose = random.Random(seed)
    text = ["".join(choose.choices(SYLLABLES, k=choose.randint(2, 4))) for _ in range(words)]
    return " ".join(f"{w.capitalize()}." if n % 12 == 11 else w for n, w in enumerate(text))


def pages(*rows):
    """Return tables.PAGES of (text, outlet) or dicts of columns; each row is a document of its own unless it has a url."""
    made = []
    for n, row in enumerate(rows):
        given = row if isinstance(row, dict) else {"text": row[0], "outlet": row[1]}
        page_id = given.get("page_id") or digest(f"page {n}")
        known = {
            "page_id": page_id,
            "document_id": document_id(given.get("url"), page_id),
            "completeness": "whole",
            "input": "-",
        }
        made.append(known | given)
    table = pa.Table.from_pylist(made, schema=PAGES.schema)
    at = table.column_names.index("body_id")
    return table.set_column(at, PAGES.schema.field(at), reuse.body_ids(table["text"]))


def found(table, **changes):
    """Return what the reuse room finds in pages, as the case's tables."""
    from dataclasses import replace

    settings = replace(Settings().reuse, **changes)
    return reuse.named(reuse.find(Local(2), *reuse.numbered(table), settings), table)


def spans(table, result, page):
    """Return what `page` (a row number) shares, as its own words."""
    page_id, text = table["page_id"][page].as_py(), table["text"][page].as_py()
    out = []
    for row in result.passages.to_pylist():
        out += [text[row[f"{side}_start"] : row[f"{side}_stop"]] for side in "ab" if row[f"page_{side}"] == page_id]
    return out
