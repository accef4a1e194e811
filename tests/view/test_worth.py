"""What comes first, and why."""

import pytest

from stemma.ids import digest
from stemma.view.findings import Findings
from stemma.view.worth import misfits, ranked, site


def order(invented, pages=None):
    return [s.heading.split()[0] for s in ranked(Findings(invented.tables(pages)))]


def test_more_outlets_longer_text_and_facts_that_do_not_fit_come_first(invented):
    assert order(invented) == ["The", "It", "Городская", "הספרייה"]


def test_reasons_are_words(tables):
    best = ranked(Findings(tables))[0]
    assert best.family_id == digest("family", "ferry")
    assert "7 outlets hold this text" in best.reasons
    assert "1 page declares a canonical address on another site (bay-gazette.example)" in best.reasons
    assert "1 document differs between captures" in best.reasons
    assert "claimed dates lie 3 days apart" in best.reasons


def test_a_claim_later_than_an_observation_is_a_fact_that_does_not_fit(tables):
    column = ranked(Findings(tables))[1]
    assert "1 page claims to be published after being seen" in column.reasons


def test_dates_far_apart_within_one_outlet_are_no_reason(invented):
    pages = [s for s in invented.specs() if s.name.startswith("column")]
    for page in pages:
        page.outlet = "lanternreview.example"
    assert not [r for r in ranked(Findings(invented.tables(pages)))[0].reasons if "apart" in r]


def test_a_subdomain_of_its_own_site_is_not_elsewhere(invented):
    pages = [s for s in invented.specs() if s.name.startswith("ru-")]
    pages[0].declared = {"canonical": "https://amp.severskiy-listok.example/ru-1", "og_url": "not a url"}
    findings = Findings(invented.tables(pages))
    assert misfits(findings.pages(findings.rows)) == []


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://www.news.co.uk/a", "news.co.uk"),
        ("http://amp.a.example:8080/x", "a.example"),
        ("javascript:alert(1)", None),
        ("https://[half", None),
        ("https://", None),
        (None, None),
        (7, None),
    ],
)
def test_the_site_of_a_url(url, found):
    assert site(url) == found


def test_no_families(nothing):
    assert ranked(Findings(nothing)) == []
