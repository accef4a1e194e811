"""What was planted in the demo beside what a trace found of it: each line computed from the case's tables."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import pyarrow as pa

from stemma.demo.collection import Collection, Family, load
from stemma.demo.found import Found, look_up
from stemma.demo.tree import arrows

FOUND, PARTLY, MISSED, ALSO = "found", "partly", "missed", "also found"


@dataclass(frozen=True)
class Row:
    """One thing to look for: what was planted, what was found, and whether they agree."""

    look_for: str
    planted: str
    found: str
    state: str  # FOUND, PARTLY, MISSED; ALSO for findings that weren't planted


@dataclass(frozen=True)
class Undecided:
    """The family of which nobody could say the order from its pages: what Stemma says, and what is known."""

    title: str
    family_id: str
    outlets: tuple[str, ...]
    why: str
    known: str


@dataclass(frozen=True)
class Comparison:
    """All of it: coverage, lines, and the undecided family (None where the trace didn't find it)."""

    coverage: str
    rows: tuple[Row, ...]
    undecided: Undecided | None


def compare(tables: Mapping[str, pa.Table]) -> Comparison:
    """Set a case's tables beside what was planted.

    Takes the tables pages, sightings, rejects, inputs, passages, furniture, families and edges of a case that
    traced the written demo and nothing else.
    """
    demo = load()
    found = look_up(demo, tables)
    rows = [
        *(_family(demo, found, family) for family in demo.families),
        _licence(found),
        _back_dated(demo, found),
        _speech(demo, found),
        _boxes(demo, found),
        _captures(found),
        _sightings(found),
        _paywalled(demo, found),
        _undated(demo, found),
        _languages(demo, found),
        _crawl(demo, found),
        _alone(demo, found),
        _unplanned(demo, found),
    ]
    return Comparison(_coverage(found), tuple(rows), undecided(demo, found))


def undecided(demo: Collection, found: Found) -> Undecided | None:
    """Return the planted pair without evidence for its order, with the reason that its edges give."""
    family = next(f for f in demo.families if f.key == demo.undecided)
    members = demo.members(family.key)
    for family_id in found.families_of(p.key for p in members):
        why = sorted({e["why"] for e in found.rows("edges") if e["family_id"] == family_id and e["why"]})
        outlets = tuple(demo.outlets[p.outlet].name for p in members)
        return Undecided(family.title, family_id, outlets, " ".join(why), demo.undecided_because)
    return None


def _coverage(found: Found) -> str:
    undated = sum(p["published_lo"] is None for p in found.pages)
    outlets = len({p["outlet"] for p in found.pages} - {None})
    rejects = len(found.rows("rejects"))
    return f"{len(found.pages)} pages read, {rejects} rejected, {undated} without a date, {outlets} outlets"


def _family(demo: Collection, found: Found, family: Family) -> Row:
    keys = {p.key for p in demo.members(family.key)}
    families = found.families_of(keys)
    together = max((len(members & keys) for members in families.values()), default=0)
    others = set().union(*families.values()) - keys
    told = f"{together} of {len(keys)}" if together else "missed"
    if len(families) > 1:
        told += f", {len(families)} families"
    if others:
        told += f", also {_number(len(others), 'other')}"
    if together:
        told += f"; {_earliest(demo, found, families)}"
    return Row(family.look_for, arrows(demo, family.key), told, _state(together, len(keys), clean=not others))


def _earliest(demo: Collection, found: Found, families: Iterable[str]) -> str:
    """Return the outlet whose date lies before all others of the family, as its edges say."""
    largest = next(iter(families))
    pages = (e["page_id"] for e in found.rows("edges") if e["family_id"] == largest and e["earliest_here"])
    outlets = {found.keys[page].partition("/")[0] for page in pages}
    names = sorted(demo.outlets[o].short if o in demo.outlets else o for o in outlets)
    return f"earliest: {', '.join(names)}" if names else "no earliest"


def _licence(found: Found) -> Row:
    declared = [json.loads(p["declared"] or "{}").get("canonical") or "" for p in found.of("lanternist/last-pilot")]
    names = any("harbourpost.example" in url for url in declared)
    return Row(
        "Licence declared",
        "canonical tag names the Post",
        "canonical tag names the Post" if names else "missed",
        FOUND if names else MISSED,
    )


def _back_dated(demo: Collection, found: Found) -> Row:
    key = "openquay/locked-gate"
    page = demo.page(key)
    planted = f"Quay: dated {page.published:%Y-%m-%d}, seen {page.crawl[0][:10]}"
    told = [
        f"dated {p['published_lo']:%Y-%m-%d}, seen {p['seen']:%Y-%m-%d}"
        for p in found.of(key)
        if p["published_lo"] and p["seen"]
    ]
    agree = any(planted.endswith(t) for t in told)
    return Row(
        "Back-dated copy",
        planted,
        told[0] if told else "missed",
        FOUND if agree else PARTLY if told else MISSED,
    )


def _speech(demo: Collection, found: Found) -> Row:
    pairs = {frozenset(pair) for pair in combinations((p.key for p in demo.speech()), 2)}
    quoted, copied = len(pairs & found.pairs["quotation"]), len(pairs & found.pairs["copy"])
    return Row(
        "A speech that all quote",
        f"{len(demo.speech())} pages word for word: {len(pairs)} pairs",
        f"{quoted} of {len(pairs)} as quotation, {copied} as copy",
        _state(quoted, len(pairs), clean=not copied),
    )


def _boxes(demo: Collection, found: Found) -> Row:
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in found.rows("furniture"):
        spans.setdefault(row["page_id"], []).append((row["start"], row["stop"]))
    boxes = {key: outlet.box for key, outlet in demo.outlets.items() if outlet.box}
    planted = {p.key for p in demo.documents() if p.boxed and p.outlet in boxes}
    marked = {
        key
        for page in found.pages
        if (key := found.keys[page["page_id"]]) in planted
        and _covered(page["text"], boxes[key.partition("/")[0]], spans.get(page["page_id"], []))
    }
    return Row(
        "Outlets' standing text",
        f"{len(boxes)} outlets, {len(planted)} documents",
        f"{len(marked)} of {len(planted)} marked as furniture",
        _state(len(marked), len(planted)),
    )


def _covered(text: str, box: str, spans: list[tuple[int, int]]) -> bool:
    """Whether spans cover at least half of the box where it stands in the text."""
    start = text.find(box)
    held = sum(max(0, min(b, start + len(box)) - max(a, start)) for a, b in spans)
    return start >= 0 and 2 * held >= len(box)


def _captures(found: Found) -> Row:
    pages = found.of("valley-echo/quay-vote")
    documents = {p["document_id"] for p in pages}
    agree = len(pages) == 2 and len(documents) == 1
    told = f"{_number(len(documents), 'document')}, {_number(len(pages), 'capture')}"
    return Row("One address, two texts", "1 document, 2 captures", told, FOUND if agree else MISSED)


def _sightings(found: Found) -> Row:
    ids = {p["page_id"] for p in found.of("harbourpost/quay-lease")}
    sightings = sum(row["page_id"] in ids for row in found.rows("sightings"))
    agree = len(ids) == 1 and sightings == 2
    told = f"{_number(len(ids), 'page')}, {_number(sightings, 'sighting')}"
    return Row("One page read twice", "1 page, 2 sightings", told, FOUND if agree else MISSED)


def _paywalled(demo: Collection, found: Found) -> Row:
    planted = {p.key for p in demo.pages if p.paywall}
    cut = {found.keys[p["page_id"]] for p in found.pages if p["completeness"] == "cut"}
    told = "cut: " + (", ".join(demo.outlets[k.partition("/")[0]].short for k in sorted(cut)) or "none")
    return Row(
        "Paywalled half",
        "cut: Courier's dam",
        told,
        _state(len(cut & planted), len(planted), clean=cut <= planted),
    )


def _undated(demo: Collection, found: Found) -> Row:
    pages = found.outlet("gistboard")
    undated = [p for p in pages if p["published_lo"] is None]
    rules = sorted({p["published_basis"] or "?" for p in pages} - {"?"})
    told = f"{len(undated)} of {len(pages)} undated" + (
        f"; {len(pages) - len(undated)} by {', '.join(rules)}" if rules else ""
    )
    planted = sum(p.outlet == "gistboard" for p in demo.pages)
    return Row("Outlet without dates", f"{planted} pages of the Gist Board", told, _state(len(undated), planted))


def _languages(demo: Collection, found: Found) -> Row:
    planted = Counter(demo.outlets[p.outlet].language for p in demo.pages)
    read = Counter((p["language"] or "?").partition("-")[0] for p in found.pages)
    agree = sum((planted & read).values())
    return Row("Languages", _counts(planted), _counts(read), _state(agree, sum(planted.values())))


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counter.most_common())


def _crawl(demo: Collection, found: Found) -> Row:
    pages = sum(len(p.crawl) for p in demo.pages)
    others = len(demo.records) + 1  # and the warcinfo record
    crawls = [row for row in found.rows("inputs") if row["kind"] == "warc"]
    read = sum(row["pages"] for row in crawls)
    skipped = sum(sum(json.loads(row["skipped"]).values()) for row in crawls)
    rejected = sum(row["rejected"] for row in crawls)
    told = f"{read} pages, {skipped} left out" + (f", {rejected} rejected" if rejected else "")
    state = _state(read + skipped, pages + others, clean=read == pages and not rejected)
    return Row("Records of the crawl", f"{pages} pages, {others} others", told, state)


def _alone(demo: Collection, found: Found) -> Row:
    planted = {p.key for p in demo.alone()}
    linked = planted & set().union(*found.families.values())
    return Row(
        "Sharing nothing",
        f"{len(planted)} documents (furniture apart)",
        f"{len(linked)} of {len(planted)} in a family" + _listed(linked),
        FOUND if not linked else ALSO,
    )


def _unplanned(demo: Collection, found: Found) -> Row:
    planted = {
        frozenset(pair)
        for family in demo.families
        for pair in combinations((p.key for p in demo.members(family.key)), 2)
    }
    quoting = {frozenset(pair) for pair in combinations((p.key for p in demo.speech()), 2)}
    also = (found.pairs["copy"] - planted - quoting) | (found.pairs["quotation"] - quoting - planted)
    told = _number(len(also), "pair") + _listed(" ~ ".join(sorted(pair)) for pair in also)
    return Row("Anything else shared", "no pair", told, FOUND if not also else ALSO)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _listed(names: Iterable[str]) -> str:
    few = sorted(names)[:1]
    return f", e.g. {few[0]}" if few else ""


def _state(count: int, of: int, *, clean: bool = True) -> str:
    if count == of and clean:
        return FOUND
    return PARTLY if count else MISSED
