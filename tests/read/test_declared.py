import json

import pytest
from htmls import ARTICLE, document, jsonld, meta, page

from stemma.read.page import read_page


def declared(head="", **parts):
    return page(head, **parts).declared


STORY = {
    "@type": "NewsArticle",
    "headline": "Rain &amp; more",
    "author": {"name": "A. Writer"},
    "publisher": {"name": "Post"},
}


@pytest.mark.parametrize(
    ("head", "article", "title"),
    [
        (jsonld(STORY) + meta(og__title="Other") + "<title>x</title>", ARTICLE, "Rain & more"),
        (
            meta(og__title=" River\n rises &quot;fast&quot; ") + "<title>x | Post</title>",
            "<h1>y</h1>" + ARTICLE,
            'River rises "fast"',
        ),
        ("<title>Rain stops play | Post</title>", "<h1>Rain <em>stops</em> play</h1>" + ARTICLE, "Rain stops play"),
        ("<title>Rain | Post</title>", "<h1>a</h1><h1>b</h1>" + ARTICLE, "Rain | Post"),
        ("<title> Rain \n | Post</title>", ARTICLE, "Rain | Post"),
        ('<meta name="title" content="Rain">', ARTICLE, "Rain"),
        ("", ARTICLE, None),
    ],
)
def test_the_title_is_the_first_that_the_page_declares(head, article, title):
    assert declared(head, article=article).title == title


@pytest.mark.parametrize(
    ("head", "article", "authors"),
    [
        (jsonld(STORY) + '<meta name="author" content="B">', ARTICLE, ["A. Writer"]),
        (
            jsonld(STORY | {"author": [{"name": "A. Writer"}, "B. Scribe", {"name": "A. Writer"}]}),
            ARTICLE,
            ["A. Writer", "B. Scribe"],
        ),
        (jsonld(STORY | {"author": "https://a.example/writer"}), ARTICLE, []),
        ('<meta name="author" content="B. Scribe">', ARTICLE, ["B. Scribe"]),
        (meta(article__author="https://a.example/people/b"), ARTICLE, []),
        ("", '<a rel="author" href="/b">B. Scribe</a>' + ARTICLE, ["B. Scribe"]),
        ("", '<span itemprop="author"><b itemprop="name">B. Scribe</b></span>' + ARTICLE, ["B. Scribe"]),
        ("", ARTICLE, []),
    ],
)
def test_authors_are_names_not_addresses(head, article, authors):
    assert declared(head, article=article).authors == authors


@pytest.mark.parametrize(
    ("head", "site"),
    [
        (meta(og__site_name="The Valley Post") + jsonld(STORY), "The Valley Post"),
        (jsonld(STORY), "Post"),
        (jsonld(STORY | {"publisher": [{"name": "First"}, {"name": "Second"}]}), "First"),
        ('<meta name="application-name" content="Valley">', "Valley"),
        ("", None),
    ],
)
def test_the_site_names_itself(head, site):
    assert declared(head).site == site


def test_addresses_and_translations_are_declared():
    found = declared(
        '<link rel="canonical" href=" https://a.example/rain "><link rel="canonical" href="https://late.example/">'
        '<link rel="alternate" hreflang="de" href="https://a.example/de/regen">'
        '<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="alternate" hreflang="fr">'
        + meta(og__url="https://a.example/og")
    )
    assert (found.canonical, found.og_url) == ("https://a.example/rain", "https://a.example/og")
    assert found.hreflang == [{"lang": "de", "url": "https://a.example/de/regen"}]
    assert found.language == "en"


def test_of_repeated_metas_the_first_counts_and_empty_ones_do_not():
    assert (
        declared(
            '<meta property="og:title" content=" "><meta property="OG:Title" content="Rain"><meta property="og:title" content="Snow">'
        ).title
        == "Rain"
    )


def test_what_has_no_column_is_kept_as_facts():
    found = page(
        meta(og__site_name="Post", article__publisher="P", og__type="article", description="long")
        + jsonld(
            STORY
            | {
                "articleBody": "long",
                "copyrightHolder": {"@type": "Person", "name": "W", "image": "x"},
                "isBasedOn": "https://b.example/",
            }
        )
    ).facts
    assert found["site"] == "Post"
    assert found["meta"] == {"article:publisher": "P", "og:type": "article"}
    assert found["jsonld"] == {
        "@type": "NewsArticle",
        "copyrightHolder": {"@type": "Person", "name": "W"},
        "isBasedOn": "https://b.example/",
        "publisher": {"name": "Post"},
    }
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(
    ("head", "article", "paywall", "free"),
    [
        (jsonld(STORY | {"isAccessibleForFree": False}), ARTICLE, True, False),
        (jsonld(STORY | {"isAccessibleForFree": "False"}), ARTICLE, True, False),
        (jsonld(STORY | {"isAccessibleForFree": True}), '<div class="paywall-x"></div>' + ARTICLE, False, True),
        (meta(article__content_tier="locked"), ARTICLE, True, False),
        (meta(article__content_tier="free"), ARTICLE, False, False),
        ("", '<div id="article-paywall"></div>' + ARTICLE, True, False),
        ("<!-- no paywall here -->", ARTICLE, False, False),
        ("", ARTICLE, False, False),
    ],
)
def test_a_page_says_whether_one_has_to_pay(head, article, paywall, free):
    found = declared(head, article=article)
    assert (found.paywall, found.free) == (paywall, free)


def test_thousands_of_metas_do_not_stop_the_reader():
    assert declared("<meta name=x content=y>" * 5000 + "<title>Rain</title>").title == "Rain"


@pytest.mark.parametrize(
    "markup", ["<html lang>", "<meta><meta name=a><meta content=b>", "<link><base><link rel=canonical>"]
)
def test_markup_without_its_attributes_declares_nothing(markup):
    found = read_page((markup + document()).encode(), None, None, None).declared
    assert (found.canonical, found.og_url, found.base) == (None, None, None)
