"""Arrow schemas that live only while a trace runs: they cross from stage to stage, never to disk as results."""

import pyarrow as pa

from stemma.tables import LINKS, PAGES, TIME

#: A record as a reader found it, before extraction. Exactly one of `html` and `text` is set.
RAW = pa.schema(
    [
        pa.field("input", pa.string(), nullable=False),
        pa.field("at", pa.string()),
        pa.field("page_id", pa.string(), nullable=False),  # blake2b-128 of the payload as it was saved
        pa.field("html", pa.binary()),  # undecoded HTML body
        pa.field("charset", pa.string()),  # what the transport said, else null
        pa.field("text", pa.string()),  # plain text of a row or file
        pa.field("source_id", pa.string()),
        pa.field("url", pa.string()),
        pa.field("outlet", pa.string()),
        pa.field("title", pa.string()),
        pa.field("authors", pa.list_(pa.string())),
        pa.field("published", pa.string()),  # as written; dates are read by the parse stage
        pa.field("modified", pa.string()),
        pa.field("seen", TIME),
        pa.field("language", pa.string()),
        pa.field("extra", pa.string()),
    ]
)

_LINK = pa.struct([f for f in LINKS.schema if f.name != "page_id"])

#: What the parse stage makes of a record: the page's columns (body_id still null) and its links, or why it has none.
PARSED = pa.schema(
    [
        *PAGES.schema,
        pa.field("at", pa.string()),
        pa.field("links", pa.list_(_LINK)),
        pa.field("reject", pa.string()),  # reason; null where the record became a page
        pa.field("detail", pa.string()),
    ]
)

#: A page's text with its row number in this trace (`page_no`, the int32 that joins and kernels use).
TEXTS = pa.schema(
    [
        pa.field("page_no", pa.int32(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
    ]
)

#: Tokens of a page, in order; lists of one length. `token` is a hash, 0 where the token is masked as furniture.
TOKENS = pa.schema(
    [
        pa.field("page_no", pa.int32(), nullable=False),
        pa.field("token", pa.list_(pa.int32()), nullable=False),
        pa.field("start", pa.list_(pa.int32()), nullable=False),  # code points of pages.text
        pa.field("stop", pa.list_(pa.int32()), nullable=False),
        pa.field("trait", pa.list_(pa.int8()), nullable=False),  # bits: see kernels/tokens.py
    ]
)

#: A winnowed shingle: where it begins (token number) and its hash.
POSTINGS = pa.schema(
    [
        pa.field("shingle", pa.int64(), nullable=False),
        pa.field("page_no", pa.int32(), nullable=False),
        pa.field("position", pa.int32(), nullable=False),
    ]
)

#: A shingle that two pages share; page_a < page_b as row numbers.
SEEDS = pa.schema(
    [
        pa.field("a", pa.int32(), nullable=False),
        pa.field("b", pa.int32(), nullable=False),
        pa.field("a_position", pa.int32(), nullable=False),
        pa.field("b_position", pa.int32(), nullable=False),
    ]
)

#: An aligned pair of token ranges.
ALIGNED = pa.schema(
    [
        pa.field("a", pa.int32(), nullable=False),
        pa.field("a_first", pa.int32(), nullable=False),
        pa.field("a_last", pa.int32(), nullable=False),  # exclusive
        pa.field("b", pa.int32(), nullable=False),
        pa.field("b_first", pa.int32(), nullable=False),
        pa.field("b_last", pa.int32(), nullable=False),
        pa.field("matched_tokens", pa.int32(), nullable=False),
        pa.field("matched_chars", pa.int32(), nullable=False),
        pa.field(
            "quoted_tokens", pa.int32(), nullable=False
        ),  # matched tokens that stand in quotation marks on both sides
        pa.field("surprise", pa.float64(), nullable=False),
    ]
)

#: A shingle that recurs over an outlet's documents.
RECURRING = pa.schema(
    [
        pa.field("page_no", pa.int32(), nullable=False),
        pa.field("position", pa.int32(), nullable=False),
        pa.field("pages", pa.int32(), nullable=False),  # documents of the outlet that hold it
        pa.field("outlets", pa.int32(), nullable=False),
    ]
)
