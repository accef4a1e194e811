"""Every table of a case, as Arrow schemas: what a row is, and each column with its meaning.

A column's `doc` says what it holds and in what unit; `null`, where given, says what a missing value means. Columns
without `null` are never missing. Times are UTC microseconds, spans half-open `[start, stop)` in code points of
`pages.text`. `docs/file-formats.md` is checked against this module.
"""

import pyarrow as pa

from stemma.columns import Column, Table

TIME = pa.timestamp("us", tz="UTC")
TEXTS = pa.list_(pa.string())

_PAGE = Column("page_id", pa.string(), "the page: blake2b-128 of its payload, in hex", "9f86d081884c7d65...")
_SPAN = (
    Column("start", pa.int32(), "first code point of the span in pages.text", "120"),
    Column("stop", pa.int32(), "code point after the last of the span", "584"),
)
_INPUT = Column("input", pa.string(), "the file it was read from, or '-' for standard input", "crawl.warc.gz")
_AT = Column("at", pa.string(), "where in the input: record, line or row number", "record 17", "the whole file")
_FAMILY = Column("family_id", pa.string(), "the family, named after its first witness", "3c0f...")
_WITNESS = Column("witness_id", pa.string(), "the witness: digest of page and span", "77ab...")

PAGES = Table(
    "pages",
    "a page read",
    (
        _PAGE,
        Column(
            "document_id",
            pa.string(),
            "digest of the normalised URL, else of page_id; pages that share it are captures",
            "b1...",
        ),
        Column(
            "body_id", pa.string(), "digest of the normalised tokens: twins share it", "c4...", "the text has no token"
        ),
        Column(
            "source_id",
            pa.string(),
            "the input's own name for it, from its first sighting",
            "article-17",
            "the input names none",
        ),
        Column("url", pa.string(), "where it was published", "https://a.example/x", "not known"),
        Column(
            "outlet",
            pa.string(),
            "who published it: named by the input, else the URL's registrable domain",
            "a.example",
            "not known",
        ),
        Column("title", pa.string(), "the headline the page declares", "Rain stops play", "none declared"),
        Column("authors", TEXTS, "the authors the page declares", "['A. Writer']", "none declared"),
        Column("text", pa.string(), "the body text as it was saved, never repaired", "It rained ..."),
        Column(
            "language",
            pa.string(),
            "BCP 47, as given, else detected from the first 300 characters",
            "de",
            "too short to tell",
        ),
        Column(
            "published_lo",
            TIME,
            "earliest moment that the claimed publication time allows",
            "2024-05-03T00:00:00Z",
            "no date found",
        ),
        Column(
            "published_hi", TIME, "latest moment that it allows (exclusive)", "2024-05-04T00:00:00Z", "no date found"
        ),
        Column("published_basis", pa.string(), "the rule that found the date", "jsonld datePublished", "no date found"),
        Column("modified", TIME, "claimed time of the last change", "2024-05-04T08:00:00Z", "none claimed"),
        Column(
            "seen",
            TIME,
            "earliest time the page was observed to exist",
            "2024-05-03T18:19:08Z",
            "never observed with a time",
        ),
        Column("completeness", pa.string(), "whole, summary, cut, paged or unknown", "whole"),
        _INPUT,
        Column(
            "declared",
            pa.string(),
            "JSON: further facts that the page declares of itself (canonical, og:url, hreflang, JSON-LD, site)",
            '{"site": "A"}',
            "a row of a table, which declares nothing more",
        ),
        Column(
            "extra",
            pa.string(),
            "JSON: fields of the input row that no column holds",
            '{"desk": "sport"}',
            "no further fields",
        ),
    ),
)

SIGHTINGS = Table(
    "sightings",
    "one reading of a page",
    (
        _PAGE,
        Column("source_id", pa.string(), "the input's own name for it", "article-17", "the input names none"),
        Column("outlet", pa.string(), "the outlet that this reading names", "a.example", "not known"),
        Column("seen", TIME, "when this reading observed the page", "2024-05-03T18:19:08Z", "no time observed"),
        _INPUT,
        _AT,
    ),
)

LINKS = Table(
    "links",
    "a link in a page",
    (
        _PAGE,
        Column("url", pa.string(), "the target, made absolute where the page's URL is known", "https://b.example/y"),
        Column("anchor", pa.string(), "the linked words", "earlier report"),
        Column(
            "start",
            pa.int32(),
            "first code point of the anchor in pages.text",
            "88",
            "the anchor isn't in the body text",
        ),
        Column("stop", pa.int32(), "code point after the anchor", "102", "the anchor isn't in the body text"),
        Column("rel", pa.string(), "the link's rel attribute", "nofollow", "it has none"),
        Column("in_body", pa.bool_(), "whether the anchor stands in the extracted body", "true"),
    ),
)

REJECTS = Table(
    "rejects",
    "something that could not be read",
    (
        _INPUT,
        _AT,
        Column("reason", pa.string(), "a short, stable name for the fault", "bad json"),
        Column("detail", pa.string(), "what was seen there", "line 3 is cut off", "the reason says all"),
    ),
)

INPUTS = Table(
    "inputs",
    "one reading of an input file; records = pages + skipped + rejected",
    (
        _INPUT,
        Column("kind", pa.string(), "the format it was read as", "warc"),
        Column("bytes", pa.int64(), "its size when it was read", "1048576", "standard input"),
        Column(
            "modified_ns",
            pa.int64(),
            "its modification time, nanoseconds since 1970",
            "1700000000000000000",
            "standard input",
        ),
        Column("records", pa.int64(), "records seen", "120"),
        Column("pages", pa.int64(), "records that became pages or further sightings of pages", "100"),
        Column("skipped", pa.string(), "JSON: records that are no pages, counted by reason", '{"request": 18}'),
        Column("rejected", pa.int64(), "records that could not be read", "2"),
    ),
)

PASSAGES = Table(
    "passages",
    "a span of one page aligned with a span of another; page_a < page_b",
    (
        Column("page_a", pa.string(), "the page with the smaller id", "1a..."),
        Column("a_start", pa.int32(), "span in page_a", "0"),
        Column("a_stop", pa.int32(), "", "984"),
        Column("page_b", pa.string(), "the other page", "2b..."),
        Column("b_start", pa.int32(), "span in page_b", "32"),
        Column("b_stop", pa.int32(), "", "1017"),
        Column("matched_tokens", pa.int32(), "tokens that are the same on both sides", "160"),
        Column("matched_chars", pa.int32(), "code points of those tokens in page_a", "840"),
        Column("identity", pa.float64(), "2 * matched_tokens / tokens of both spans", "0.97"),
        Column(
            "surprise", pa.float64(), "bits of the matched tokens: how unlikely the shared words are by chance", "512.4"
        ),
        Column("kind", pa.string(), "copy, or quotation: quoted words on both sides", "copy"),
        Column(
            "disguised",
            pa.string(),
            "look-alike or invisible characters seen in the span",
            "zero-width space",
            "not looked for, or none",
        ),
        Column("thinned", pa.bool_(), "true where one passage stands for many pairs of twins", "false"),
    ),
)

FURNITURE = Table(
    "furniture",
    "a span of a page that is boilerplate or stock",
    (
        _PAGE,
        *_SPAN,
        Column("kind", pa.string(), "outlet: it recurs over the outlet's own pages", "outlet"),
        Column("pages", pa.int32(), "documents of that outlet that hold it", "52"),
        Column("outlets", pa.int32(), "outlets that hold it", "1"),
    ),
)

FAMILIES = Table(
    "families",
    "a witness in a family",
    (
        _FAMILY,
        _WITNESS,
        _PAGE,
        *_SPAN,
        Column("body_id", pa.string(), "the page's body_id: members with the same are twins", "c4..."),
    ),
)

FAMILY_ALIASES = Table(
    "family_aliases",
    "a family that was merged into another",
    (
        Column("alias", pa.string(), "the id it had", "5e..."),
        _FAMILY,
    ),
)

EDGES = Table(
    "edges",
    "a finding on where a witness comes from",
    (
        _FAMILY,
        _WITNESS,
        _PAGE,
        Column(
            "claim",
            pa.string(),
            "what is claimed of the witness's source; 'undetermined' where the evidence doesn't decide",
            "undetermined",
        ),
        Column("parent_witness_id", pa.string(), "the witness it was copied from", "", "no parent is claimed"),
        Column("parent_page_id", pa.string(), "its page", "", "no parent is claimed"),
        Column("probability", pa.float64(), "calibrated probability of the claim", "", "nothing is claimed"),
        Column(
            "direction_probability",
            pa.float64(),
            "calibrated probability of the direction alone",
            "",
            "no direction is claimed",
        ),
        Column(
            "source_name", pa.string(), "the unseen source's name, where a credit gives one", "", "no name is claimed"
        ),
        Column("runner_up_page_id", pa.string(), "the next best parent", "", "no parent is claimed"),
        Column("rank", pa.int32(), "1 for the witness's best claim, 2 and 3 for second sources", "1"),
        Column(
            "earliest_here",
            pa.bool_(),
            "whether its date lies wholly before those of all other documents of the family",
            "true",
            "dates are missing or overlap",
        ),
        Column(
            "why",
            pa.string(),
            "the reason in words, with the order of dates",
            "Direction undetermined: only claimed dates ...",
        ),
    ),
)

CASE_TABLES = {
    t.name: t for t in (PAGES, SIGHTINGS, LINKS, REJECTS, INPUTS, PASSAGES, FURNITURE, FAMILIES, FAMILY_ALIASES, EDGES)
}
