"""Compile all kernels into numba's cache: `python -m stemma.warm`. A first trace would do it too, in some 20 s.

It runs the stages themselves on a few lines, since a kernel is compiled anew for each kind of array that it is given.
"""

import pyarrow as pa

from stemma import reuse
from stemma.engine.local import Local
from stemma.ids import digest
from stemma.reuse.collate import blocks
from stemma.settings import Settings
from stemma.tables import PAGES

_SHARED = (
    "The harbour authority of Invented Bay said the new lighthouse will be lit for the first time on Friday evening. "
)
_OWN = (
    "Our reporter was there.",
    "Boats are asked to keep away.",
    "A choir will sing.",
    "東京都知事選挙立候補者説明会開催",
)


def warm() -> None:
    """Find what a handful of lines share, and collate two of them."""
    texts = [
        _OWN[0] + _SHARED * 2,
        _SHARED + _OWN[1],
        _SHARED + _OWN[2],
        _OWN[3] + _SHARED.replace("new", "old"),
        _SHARED,
    ]
    rows = [
        {
            "page_id": digest(str(n)),
            "document_id": str(n),
            "outlet": "a.example",
            "text": text,
            "completeness": "whole",
            "input": "-",
        }
        for n, text in enumerate([*texts, texts[1]])
    ]
    pages = pa.Table.from_pylist(rows, schema=PAGES.schema)
    bodies = reuse.body_ids(pages["text"])
    pages = pages.set_column(pages.column_names.index("body_id"), "body_id", bodies)
    reuse.named(reuse.find(Local(), *reuse.numbered(pages), Settings().reuse), pages)
    blocks(texts[0], texts[3])


if __name__ == "__main__":
    warm()
