"""The reuse room's flow: which stage follows which."""

from typing import Any, NamedTuple

from stemma.reuse import families, furniture, twins
from stemma.reuse.align import align
from stemma.reuse.classify import locate
from stemma.reuse.fingerprint import TOKENISE, fingerprint
from stemma.reuse.weigh import COUNT, MEASURE, SUM_COUNTS, weigh
from stemma.settings import Reuse
from stemma.stage import Engine


class Found(NamedTuple):
    """Frames of the engine.

    passages: classify.LOCATED with passage_no; furniture: furniture.SPANS; families: (family, page_no, start, stop).
    """

    passages: Any
    furniture: Any
    families: Any


def find(engine: Engine, texts: Any, pages: Any, settings: Reuse) -> Found:
    """Find what pages share.

    `texts` is a frame of frames.TEXTS; `pages` has page_no, outlet_no (-1: not known), document_no and body_no (-1: no
    token), all int32, twins and captures sharing theirs.
    """
    tokens = engine.map(TOKENISE, texts)
    heads = engine.join(twins.REPRESENTATIVES, pages=pages)
    alone = engine.join("SELECT t.* FROM tokens t JOIN heads h ON t.page_no = h.page_no", tokens=tokens, heads=heads)
    recurring = _recurring(engine, alone, heads, settings)
    weighed = _weighed(engine, engine.map(furniture.MASK, alone, recurring), settings)
    seeds = engine.pair(engine.map(fingerprint(settings.window_shingles), weighed), settings.df_cap)
    aligned = engine.group(align(settings), seeds, weighed)
    passages = _passages(engine, aligned, weighed, tokens, pages, settings)
    return Found(passages, _furniture(engine, tokens, recurring, pages), _families(engine, passages, settings))


def _recurring(engine: Engine, tokens: Any, heads: Any, settings: Reuse) -> Any:
    """Return the shingles that recur over an outlet's pages."""
    postings = engine.map(fingerprint(settings.window_shingles), tokens)
    least = settings.furniture_documents
    occurrences = engine.join(furniture.OCCURRENCES_SQL.format(least=int(least)), postings=postings, pages=heads)
    return engine.group(furniture.recur(least, settings.furniture_share), occurrences)


def _weighed(engine: Engine, tokens: Any, settings: Reuse) -> Any:
    counts = engine.join(SUM_COUNTS, counts=engine.map(COUNT, tokens))
    return engine.map(weigh(settings.background_pages, settings.number_bits), tokens, counts)


def _passages(engine: Engine, aligned: Any, weighed: Any, tokens: Any, pages: Any, settings: Reuse) -> Any:
    """Write the aligned representatives out for their twins, and number the passages."""
    sql = twins.expansion(settings.twins_written_out, settings.min_tokens, settings.min_bits)
    expanded = engine.join(sql, aligned=aligned, pages=pages, sizes=engine.map(MEASURE, weighed))
    located = engine.map(locate(settings.quoted_share), expanded, tokens)
    return engine.join(
        "SELECT l.*, CAST(row_number() OVER (ORDER BY a, b, a_first, b_first, a_last, b_last) AS INTEGER) AS passage_no"
        " FROM located l",
        located=located,
    )


def _furniture(engine: Engine, tokens: Any, recurring: Any, pages: Any) -> Any:
    """Return the furniture of all pages: twins in the same outlet share their representative's."""
    everywhere = engine.join(furniture.TWINS_TOO, recurring=recurring, pages=pages)
    return engine.map(furniture.FURNISH, tokens, everywhere)


def _families(engine: Engine, passages: Any, settings: Reuse) -> Any:
    sides = engine.group(families.witnesses(settings.gap_tokens), engine.join(families.SIDES_SQL, passages=passages))
    members = engine.group(families.CONNECT, engine.join(families.TIES_SQL, sides=sides))
    return engine.join(families.FAMILIES_SQL, members=members, sides=sides)
