"""The comparison must say what the tables hold: all found on an ideal case, and each fault where it is."""

from typing import Any

import pytest

from stemma.demo.compare import ALSO, FOUND, MISSED, PARTLY, Row, compare


def row(rows: Any, look_for: str) -> Row:
    return next(r for r in compare(rows.tables()).rows if r.look_for == look_for)


def of(rows: Any, table: str, key: str) -> dict:
    return next(r for r in rows[table] if r["page_id"] == key)


def test_an_ideal_case_is_found_whole(ideal: Any) -> None:
    comparison = compare(ideal.tables())
    assert [r for r in comparison.rows if r.state != FOUND] == []
    assert comparison.coverage == "60 pages read, 0 rejected, 9 without a date, 12 outlets"


def test_an_empty_case_misses_everything_that_was_planted(ideal: Any) -> None:
    comparison = compare({name: table.slice(0, 0) for name, table in ideal.tables().items()})
    assert {r.state for r in comparison.rows if r.look_for not in {"Sharing nothing", "Anything else shared"}} <= {
        MISSED,
        PARTLY,
    }
    assert comparison.undecided is None


def test_a_page_that_left_its_family_is_counted(ideal: Any) -> None:
    ideal["families"] = [w for w in ideal["families"] if w["page_id"] != "gistboard/orrin-dam"]
    found = row(ideal, "Agency, itself unseen")
    assert (found.found, found.state) == ("4 of 5; no earliest", PARTLY)


def test_a_stranger_in_a_family_is_counted(ideal: Any) -> None:
    ideal["families"].append({"family_id": "mill", "witness_id": "w", "page_id": "lanternist/glass-novel"})
    assert row(ideal, "Same-day twins").found == "2 of 2, also 1 other; no earliest"
    assert row(ideal, "Same-day twins").state == PARTLY
    assert row(ideal, "Sharing nothing").state == ALSO
    assert "lanternist/glass-novel" in row(ideal, "Sharing nothing").found


def test_a_family_in_two_parts_is_told_apart(ideal: Any) -> None:
    for page in ("harbourpost/orrin-dam", "valley-echo/orrin-dam"):
        ideal["families"].append({"family_id": "part", "witness_id": f"part {page}", "page_id": page})
    found = row(ideal, "Agency, itself unseen")
    assert (found.found, found.state) == ("5 of 5, 2 families; no earliest", FOUND)


def test_a_missing_family_is_missed(ideal: Any) -> None:
    ideal["families"] = [w for w in ideal["families"] if w["family_id"] != "log"]
    assert row(ideal, "Chain of republications").found == "missed"
    assert row(ideal, "Chain of republications").state == MISSED


def test_the_earliest_is_what_the_edges_say_not_what_is_known(ideal: Any) -> None:
    of(ideal, "edges", "northernledger/puffins")["earliest_here"] = True
    assert row(ideal, "Update stamp weeks late").found == "2 of 2; earliest: Ledger"


def test_captures_of_one_address_are_no_family_of_their_own(ideal: Any) -> None:
    for page in ("valley-echo/quay-vote", "valley-echo/quay-vote-later"):
        ideal["families"].append({"family_id": "vote", "witness_id": page, "page_id": page})
    ideal.share("valley-echo/quay-vote", "valley-echo/quay-vote-later", "copy")
    assert row(ideal, "Sharing nothing").state == FOUND
    assert row(ideal, "Anything else shared").state == FOUND


def test_a_quotation_taken_for_a_copy_is_counted_as_such(ideal: Any) -> None:
    first = next(p for p in ideal["passages"] if p["kind"] == "quotation")
    first["kind"] = "copy"
    found = row(ideal, "A speech that all quote")
    assert (found.found, found.state) == ("27 of 28 as quotation, 1 as copy", PARTLY)


@pytest.mark.parametrize("kind", ["copy", "quotation"])
def test_a_pair_that_nobody_planted_is_named(ideal: Any, kind: str) -> None:
    ideal.share("openquay/orrin-pumps", "mayak/hreblia", kind)
    found = row(ideal, "Anything else shared")
    assert (found.found, found.state) == ("1 pair, e.g. mayak/hreblia ~ openquay/orrin-pumps", ALSO)


def test_a_page_from_elsewhere_is_not_overlooked(ideal: Any) -> None:
    ideal["pages"].append(ideal["pages"][0] | {"page_id": "new", "url": "https://else.example/x"})
    ideal.share("new", "mayak/hreblia", "copy")
    assert "https://else.example/x" in row(ideal, "Anything else shared").found


def test_pages_are_known_by_their_address_however_it_is_written(ideal: Any) -> None:
    of(ideal, "pages", "mayak/hreblia")["url"] = "http://www.mayak.example/novyny/1187?utm_source=x#top"
    assert row(ideal, "Copy in Cyrillic script").state == FOUND


def test_a_box_marked_by_less_than_half_is_not_marked(ideal: Any) -> None:
    span = of(ideal, "furniture", "harbourpost/fog-signal")
    span["stop"] = span["start"] + 20
    found = row(ideal, "Outlets' standing text")
    assert (found.found, found.state) == ("27 of 28 marked as furniture", PARTLY)


def test_wrong_dates_captures_and_counts_are_told(ideal: Any) -> None:
    of(ideal, "pages", "openquay/locked-gate")["seen"] = None
    of(ideal, "pages", "valley-echo/quay-vote")["document_id"] = "another"
    of(ideal, "pages", "caldmoor-courier/orrin-dam")["completeness"] = "whole"
    of(ideal, "pages", "lanternist/last-pilot")["declared"] = None
    undated = of(ideal, "pages", "gistboard/odd-sports")
    undated |= {
        "published_lo": of(ideal, "pages", "mayak/hreblia")["published_lo"],
        "published_basis": "guess",
    }
    ideal["sightings"] = ideal["sightings"][:1]
    ideal["inputs"][0]["rejected"] = 1
    states = {r.look_for: (r.found, r.state) for r in compare(ideal.tables()).rows}
    assert states["Back-dated copy"] == ("missed", MISSED)
    assert states["One address, two texts"] == ("2 documents, 2 captures", MISSED)
    assert states["Paywalled half"] == ("cut: none", MISSED)
    assert states["Licence declared"] == ("missed", MISSED)
    assert states["Outlet without dates"] == ("3 of 4 undated; 1 by guess", PARTLY)
    assert states["One page read twice"] == ("1 page, 0 sightings", MISSED)
    assert states["Records of the crawl"] == ("11 pages, 5 left out, 1 rejected", PARTLY)


def test_the_undecided_case_gives_the_reason_of_its_edges(ideal: Any) -> None:
    for edge in ideal["edges"]:
        edge["why"] = f"why of {edge['family_id']}"
    case = compare(ideal.tables()).undecided
    assert case
    assert (case.family_id, case.why) == ("mill", "why of mill")
    assert case.outlets == ("Orrin Valley Echo", "Open Quay")
