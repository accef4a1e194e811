"""The terminal's screens: complete at any width, safe, and exact about names."""

import io
import re

import pytest
from rich.console import Console

from stemma.errors import UsageError
from stemma.ids import digest
from stemma.view import terminal


@pytest.fixture
def screen(invented):
    def show(*what, width=100, tables=None, collection=None, color=False):
        console = Console(file=io.StringIO(), width=width, record=True, force_terminal=color, highlight=False)
        made = invented.tables() if tables is None else tables
        terminal.show(made, collection or invented.COLLECTION, console, what, blocks=invented.blocks)
        return console.export_text(styles=color)

    return show


FERRY = digest("family", "ferry")
SCREENS = [(), ("family", FERRY[:7]), ("page", "coast"), ("pair", "gazette-1", "coast")]


@pytest.mark.parametrize("what", SCREENS)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_every_screen_has_the_coverage_line_and_fits(screen, what, width):
    text = screen(*what, width=width)
    assert "17 pages read · 2 rejected" in text
    assert "Pages on the Kestrel Bay ferry" in " ".join(text.split())
    assert max(len(line) for line in text.splitlines()) <= width


def test_the_overview_ranks_families_and_says_why(screen):
    text = " ".join(screen().split())
    assert "4 families" in text
    assert text.index("The ferry between") < text.index("It is a strange thing") < text.index("Городская")
    assert "1 page declares a canonical address on another site (bay-gazette.example)" in text
    assert f"stemma show CASE family {FERRY[:8]}" in text


def test_more_families_than_a_screen_are_told(screen, monkeypatch):
    monkeypatch.setattr("stemma.view.screen_families.FAMILIES", 3)
    assert "1 more family: stemma export CASE families" in screen()


def test_a_family_shows_witnesses_in_order_with_basis_and_findings(screen):
    text = screen("family", FERRY, width=120)
    names = [
        "bay-gazette.example",
        "coastweekly.example",
        "northernpost.example",
        "islandmirror.example",
        "readersvoice",
    ]
    at = [text.index(f"{siglum}   {name}") for siglum, name in zip("ABCDE", names, strict=True)]
    assert at == sorted(at)
    flat = " ".join(text.split())
    assert "to the day, by meta article:published_time" in flat
    assert "and 2 twins: islandmirror-news.example (31 May 2024); holm-today.example (no date found)" in flat
    assert "and 1 further capture: 29 May 2024, 06:00 UTC" in flat
    assert "bay-gazette.example: earliest in this collection" in flat
    assert "Direction undetermined: this page has no date" in flat
    assert re.search(r"A D +268 words +stemma show CASE pair \w{8} \w{8}", text)


def test_a_page_shows_its_facts_passages_and_furniture(screen):
    text = " ".join(screen("page", "north", width=120).split())
    assert "declares canonical https://www.bay-gazette.example/gazette-1" in text
    assert f"families {FERRY[:8]}" in text
    assert "shares text with islandmirror.example" in text
    assert "12 both quote" in text
    speech = screen("speech", width=120)
    assert "on 52 documents" in speech
    assert "More from the Bay Gazette" in speech


def test_a_page_that_shares_nothing_is_no_evidence(screen):
    assert "That is no evidence of independence" in " ".join(screen("page", "alone").split())


def test_two_pages_side_by_side(screen):
    text = screen("pair", "gazette-1", "coast", width=120)
    assert "⟦will run only⟧" in text
    assert "⟦is to sail just⟧" in text
    assert "harbour office‸" in text
    assert "the same on both sides" in text
    flat = " ".join(text.split())
    assert "By Ida Morn, Kestrel Bay." in flat
    assert "Passage 1 of 1: shared text, 252 words the same, 94% of both sides" in flat


def test_two_names_are_a_pair(screen):
    assert screen("gazette-1", "coast") == screen("pair", "gazette-1", "coast")


def test_a_pair_that_shares_nothing(screen):
    assert "No shared wording found between these two pages" in " ".join(screen("pair", "ru-1", "coast").split())


@pytest.mark.parametrize(
    ("what", "message"),
    [
        (("family", "zz"), "no family's id begins with 'zz'"),
        (("page", "Holm ferry"), "Perhaps:\n  page .*gazette-1, seen 2024-05-27"),
        (("nonsense",), "no page's id, URL or source id begins with 'nonsense'"),
        (("mirror",), "'mirror' means 3 things:\n  page .*mirror-"),
        (("https://bay-gazette.example/gazette-1",), "means 2 things:\n  page .*\n  page .*seen 2024-05-29"),
        (("pair", "coast"), "can't show 'pair coast'"),
        (("a", "b", "c"), "can't show 'a b c'"),
        (("pair", "coast", "coast"), "the same page"),
        (("page", ""), "begins with ''"),
    ],
)
def test_names_that_mean_nothing_or_too_much(screen, what, message):
    with pytest.raises(UsageError) as fault:
        screen(*what)
    assert re.search(message, str(fault.value))


def test_what_begins_both_a_family_and_a_page_is_ambiguous(screen, invented):
    specs = invented.specs()
    specs[2].name = FERRY[:6]
    with pytest.raises(UsageError, match=f"family {FERRY[:12]}"):
        screen(FERRY[:5], tables=invented.tables(specs))


def test_a_page_s_whole_name_wins_over_the_beginning_of_a_family_s_id(screen, invented):
    specs = invented.specs()
    specs[2].name = FERRY[:5]
    assert specs[2].title in screen(FERRY[:5], tables=invented.tables(specs))


def test_no_text_reaches_the_terminal_as_a_command(screen, invented):
    specs = invented.specs()
    evil = "\x1b]0;owned\x07\x1b[2J[red]x[/red]\u202e"
    for spec in specs:
        spec.title = spec.basis = evil
        spec.text.parts = [("", evil), *spec.text.parts]
        spec.declared = {"canonical": evil, evil: {"x": evil}}
    for what in SCREENS:
        text = screen(*what, tables=invented.tables(specs), color=True)
        assert "\x1b]" not in text
        assert "\x1b[2J" not in text
        assert "\u202e" not in text
    assert "⟨U+001B⟩" in screen("page", "coast", tables=invented.tables(specs), width=200)
    assert "[red]x[/red]" in screen("page", "coast", tables=invented.tables(specs), width=200)


def test_an_empty_case(screen, nothing):
    text = " ".join(screen(tables=nothing).split())
    assert "0 pages read" in text
    assert "No shared wording found among these pages. That is no evidence of independence" in text


def test_a_trace_that_stopped_early_is_not_taken_for_a_finding(screen, invented, nothing):
    stopped = invented.Collection(None, invented.COLLECTION.created, "0.1.0", "local", (), "pages")
    text = " ".join(screen(tables=nothing, collection=stopped).split())
    assert "shared text was not looked for" in text
    assert "No shared wording" not in text
    assert "selection not described" in text


def test_the_summary_after_a_trace(invented, tables, nothing, tmp_path):
    console = Console(file=io.StringIO(), width=100, record=True, highlight=False)
    terminal.traced(tables, invented.COLLECTION, console, tmp_path)
    text = " ".join(console.export_text().split())
    assert "17 pages read · 2 rejected" in text
    assert "bad json 1, too large 1" in text
    assert "4 families of shared text; worth looking at first:" in text
    assert f"Next: stemma show {tmp_path}" in text.replace(" /", "/").replace("show/", "show /")
    terminal.traced(nothing, invented.UNDESCRIBED, console, tmp_path)
    assert "No shared wording found" in console.export_text()
