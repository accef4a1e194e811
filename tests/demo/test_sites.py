"""Pages must be a real job for an extractor: the story in full, and none of what stands around it."""

import re
from datetime import datetime
from typing import Any

import orjson
import pytest
import trafilatura

from stemma.demo.collection import Page, load
from stemma.demo.sites import payload

DEMO = load()
EVERY_PAGE = pytest.mark.parametrize("page", DEMO.pages, ids=lambda p: p.key)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def of(key: str) -> str:
    page = DEMO.page(key)
    return payload(DEMO, page, saved=True).decode(DEMO.outlets[page.outlet].encoding)


def jsonld(html: str) -> dict[str, Any]:
    return orjson.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])


@EVERY_PAGE
def test_the_body_can_be_extracted_whole(page: Page) -> None:
    body = flat(trafilatura.extract(payload(DEMO, page, saved=True), fast=True))
    assert [block for block in page.text.split("\n\n") if flat(block) not in body] == []


@EVERY_PAGE
def test_navigation_footer_and_cookie_text_stay_outside(page: Page) -> None:
    outlet = DEMO.outlets[page.outlet]
    words = DEMO.words[outlet.language]
    body = flat(trafilatura.extract(payload(DEMO, page, saved=True), fast=True))
    assert [text for text in (words["cookies"], outlet.footer, outlet.tagline) if text in body] == []
    assert " ".join(outlet.sections[:2]) not in body


@EVERY_PAGE
def test_the_page_names_its_address_unless_the_crawl_does(page: Page) -> None:
    html = payload(DEMO, page, saved=True).decode(DEMO.outlets[page.outlet].encoding)
    assert DEMO.url(page) in html


@EVERY_PAGE
def test_the_standing_box_is_inside_the_extracted_body(page: Page) -> None:
    body = flat(trafilatura.extract(payload(DEMO, page, saved=True), fast=True))
    box = DEMO.outlets[page.outlet].box
    assert (bool(box) and box in body) == (bool(box) and page.boxed)


def test_templates_state_dates_in_as_many_ways_as_real_sites() -> None:
    assert jsonld(of("harbourpost/orrin-dam"))["datePublished"] == "2024-03-12T07:05:00+00:00"
    assert 'article:published_time" content="2024-03-12T06:20:00+00:00"' in of("valley-echo/orrin-dam")
    assert 'name="date" content="2024-05-09"' in of("lanternist/ferry-log")
    assert "11 September 2023" in of("openquay/locked-gate")
    assert "<meta" in of("openquay/locked-gate")
    assert "2023-09-11" not in of("openquay/locked-gate")
    assert '<time datetime="2024-05-20"' in of("mayak/promova")


def test_plain_facts_states_when_it_changed_and_nothing_else() -> None:
    html = of("plainfacts/puffins")
    assert jsonld(html)["dateModified"] == "2024-06-20T08:31:00+00:00"
    assert "datePublished" not in html
    assert "published_time" not in html


@pytest.mark.parametrize("page", [p for p in DEMO.pages if p.outlet == "gistboard"], ids=lambda p: p.name)
def test_the_gist_board_dates_nothing(page: Page) -> None:
    assert page.published is None
    assert page.modified is None
    assert not re.search(r"<time|datePublished|published_time|name=.date", of(page.key))


def test_one_outlet_writes_windows_1252() -> None:
    raw = payload(DEMO, DEMO.page("deichkurier/orrin-damm"), saved=True)
    assert b"l\xe4uft" in raw
    assert b"\x84So etwas" in raw
    assert b"charset=windows-1252" in raw
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")


def test_the_paywalled_page_says_so_and_ends_early() -> None:
    html = of("caldmoor-courier/orrin-dam")
    article = jsonld(html)["@graph"][1]
    assert article["isAccessibleForFree"] is False
    assert "The Orrin reservoir, completed in 1953" not in html
    assert jsonld(of("caldmoor-courier/chess"))["@graph"][1]["isAccessibleForFree"] is True


def test_the_licensed_copy_points_at_its_licensor() -> None:
    html = of("lanternist/last-pilot")
    assert f'<link rel="canonical" href="{DEMO.url(DEMO.page("harbourpost/last-pilot"))}">' in html
    assert f'og:url" content="{DEMO.url(DEMO.page("lanternist/last-pilot"))}"' in html


def test_words_are_escaped() -> None:
    assert "<p>“We had a piece of steel" in of("harbourpost/orrin-dam")
    assert not re.search(r"&(?!(amp|lt|gt|quot|#\d+|#x\w+);)", of("harbourpost/orrin-dam").split("<body", 1)[1])


def test_json_ld_keeps_times_that_can_be_read() -> None:
    for page in DEMO.pages:
        if DEMO.outlets[page.outlet].template == "daily":
            assert datetime.fromisoformat(jsonld(of(page.key))["datePublished"]) == page.published
