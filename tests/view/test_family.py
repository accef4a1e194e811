"""A family as people see it: folded, in order, and with pairs that show every witness."""

import pytest

from stemma.ids import digest
from stemma.view.family import Family, siglum
from stemma.view.findings import Findings


@pytest.fixture
def ferry(tables):
    return Family(Findings(tables), digest("family", "ferry"))


def test_witnesses_stand_in_order_of_their_claims_then_the_undated_as_seen(ferry):
    assert [w.page.source_id for w in ferry.witnesses] == [
        "gazette-1",
        "coast",
        "north",
        "mirror-a",
        "undated",
        "forum",
    ]
    assert [w.siglum for w in ferry.witnesses] == list("ABCDEF")


def test_captures_and_twins_are_folded_into_one_line(ferry):
    gazette, mirror = ferry.witnesses[0], ferry.witnesses[3]
    assert [p.source_id for p in gazette.captures] == ["gazette-2"]
    assert [p.source_id for p in mirror.twins] == ["mirror-b", "mirror-c"]
    assert not gazette.twins
    assert not mirror.captures


def test_no_page_is_lost_by_folding(ferry):
    assert sorted(p.page_id for w in ferry.witnesses for p in w.pages) == sorted(p.page_id for p in ferry.pages)


def test_each_finding_on_the_pages_of_a_line_is_kept(ferry):
    assert len(ferry.witnesses[0].said) == 2
    assert ferry.witnesses[0].earliest == {ferry.witnesses[0].page.page_id}
    assert not ferry.witnesses[1].earliest


def test_every_witness_stands_in_a_pair_and_no_pair_is_within_a_line(ferry):
    assert {label for pair in ferry.pairs for label in pair.labels} == set("ABCDEF")
    assert all(pair.labels[0] < pair.labels[1] for pair in ferry.pairs)
    assert ferry.pairs[0].words == max(p.words for p in ferry.pairs)


def test_words_in_common_are_the_most_shared_with_another_line(ferry):
    pairs = {p.labels: p.words for p in ferry.pairs}
    assert ferry.witnesses[5].words == pairs["A", "F"]


def test_a_family_of_twins_alone_still_shows_a_pair(invented):
    pages = [s for s in invented.specs() if s.name.startswith("mirror")]
    family = Family(Findings(invented.tables(pages)), digest("family", "ferry"))
    assert len(family.witnesses) == 1
    assert [p.labels for p in family.pairs] == [("A", "A")]
    assert family.witnesses[0].words > 100


def test_a_family_without_passages_is_shown_by_its_witnesses(invented):
    tables = dict(invented.tables())
    tables["passages"] = tables["passages"].slice(0, 0)
    family = Family(Findings(tables), digest("family", "ferry"))
    assert family.pairs == []
    assert family.heading.startswith("The ferry between Kestrel Bay")
    assert family.longest == 0


def test_the_heading_is_the_shared_text_not_a_title(ferry):
    assert ferry.heading == "The ferry between Kestrel Bay and Holm will run only twice a…"


def test_sigla():
    assert [siglum(n) for n in (0, 25, 26, 52)] == ["A", "Z", "A1", "A2"]
