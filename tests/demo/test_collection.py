"""The planted sharing, checked on the sources themselves and independently of Stemma's own matching."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from stemma.demo.collection import Page, load

DEMO = load()
KIN = {frozenset(pair) for f in DEMO.families for pair in combinations((p.key for p in DEMO.members(f.key)), 2)}
QUOTING = {frozenset(pair) for pair in combinations((p.key for p in DEMO.speech()), 2)}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(page: Page, length: int) -> set[tuple[str, ...]]:
    found = words(page.text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def pairs() -> Iterator[tuple[Page, Page]]:
    return combinations(DEMO.pages, 2)


def share(a: Page, b: Page, length: int) -> bool:
    return bool(runs(a, length) & runs(b, length))


def test_sixty_pages_of_twelve_outlets() -> None:
    assert len(DEMO.pages) == 60
    assert len({p.key for p in DEMO.pages}) == 60
    assert {p.outlet for p in DEMO.pages} == set(DEMO.outlets)
    assert len(DEMO.outlets) == 12


def test_everything_is_invented_and_says_so_in_its_address() -> None:
    assert all(outlet.host.endswith(".example") for outlet in DEMO.outlets.values())


def test_every_pair_of_a_family_shares_a_run_of_25_words() -> None:
    assert [(a.key, b.key) for a, b in pairs() if {a.key, b.key} in KIN and not share(a, b, 25)] == []


def test_every_pair_of_pages_that_quote_the_speech_shares_a_quoted_run_of_25_words() -> None:
    assert [(a.key, b.key) for a, b in pairs() if {a.key, b.key} in QUOTING and not share(a, b, 25)] == []


def test_pages_that_quote_the_speech_share_no_narration() -> None:
    narration = {p.key: re.sub(r"“[^”]*”|\"[^\"]*\"", " ¶ ", p.text) for p in DEMO.speech()}
    found = {key: words(text) for key, text in narration.items()}
    eights = {key: {tuple(w[i : i + 8]) for i in range(len(w) - 7)} for key, w in found.items()}
    assert [(a, b) for a, b in combinations(eights, 2) if eights[a] & eights[b]] == []


def test_no_other_pair_shares_eight_words() -> None:
    planned = KIN | QUOTING
    shared = {frozenset((a.key, b.key)) for a, b in pairs() if DEMO.url(a) != DEMO.url(b) and share(a, b, 8)}
    assert shared == planned


def test_families_are_separate_and_parents_stand_in_them() -> None:
    for family in DEMO.families:
        members = {p.key: p for p in DEMO.members(family.key)}
        assert len(members) > 1
        for page in members.values():
            assert page.parent in {"", *DEMO.unseen, *members}
            assert page.parent != page.key


def test_the_agency_stands_behind_five_outlets_and_one_prints_its_name() -> None:
    members = DEMO.members("wire")
    assert {p.parent for p in members} == {"mw"}
    assert len({p.outlet for p in members}) == 5
    assert [p.outlet for p in members if "Meridian Wire" in p.text] == ["harbourpost"]


def test_two_reprints_of_the_column_end_in_lines_that_name_different_parties() -> None:
    ends = [
        p.outlet for p in DEMO.members("column") if p.text.count("Northern Ledger") == 2 and "The Lanternist" in p.text
    ]
    assert ends == ["plainfacts", "gistboard"]


def test_the_chain_only_loses_words_of_its_source() -> None:
    chain = DEMO.members("log")
    assert [p.parent for p in chain] == ["", *(p.key for p in chain[:-1])]
    source = runs(chain[0], 4)
    kept = [len(runs(p, 4) & source) for p in chain]
    assert kept == sorted(kept, reverse=True)
    assert len({p.title for p in chain}) == 4


def test_the_undecided_pair_is_alike_to_the_letter() -> None:
    twins = DEMO.members(DEMO.undecided)
    assert len(twins) == 2
    assert len({(p.text, p.published) for p in twins}) == 1


@pytest.mark.parametrize("page", DEMO.pages, ids=lambda p: p.key)
def test_pages_have_the_length_of_news(page: Page) -> None:
    assert 120 <= len(words(page.text)) <= 600
