import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.read.jsonld import article, kept, names, text

STORY = {"@type": "NewsArticle", "headline": "Rain", "datePublished": "2024-05-03"}


def of(*values):
    return article([value if isinstance(value, str) else json.dumps(value) for value in values])


@pytest.mark.parametrize(
    "value",
    [
        STORY,
        [STORY],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, {"@type": "Person"}, STORY]},
        {"@graph": [{"@graph": [STORY]}]},
        {"@type": "WebPage", "mainEntity": STORY},
        {"@type": "WebPage", "mainEntityOfPage": STORY},
        [[{"@type": "BreadcrumbList"}], [STORY]],
    ],
)
def test_the_article_is_found_wherever_it_stands(value):
    assert of(value) == STORY


@pytest.mark.parametrize(
    "kind",
    ["Article", "NewsArticle", "ReportageNewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle", "ReviewNewsArticle",
     "BackgroundNewsArticle", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Report", "Review", ["WebPage", "NewsArticle"],
     "http://schema.org/NewsArticle"],
)  # fmt: skip
def test_all_kinds_of_articles_count(kind):
    assert of(STORY | {"@type": kind})["headline"] == "Rain"


@pytest.mark.parametrize("kind", ["WebSite", "Organization", "ArticleList", "Person", None, 3, [None]])
def test_other_things_are_no_article(kind):
    assert of({"@type": kind, "headline": "Rain"}) == {}


def test_a_dated_article_comes_before_an_undated_one():
    assert of({"@type": "Article", "headline": "Teaser"}, STORY) == STORY
    assert of(STORY, STORY | {"headline": "Later"}) == STORY


@pytest.mark.parametrize(
    "block",
    [
        "<!-- " + json.dumps(STORY) + " -->",
        "// <![CDATA[\n" + json.dumps(STORY) + "\n// ]]>",
        "/* <![CDATA[ */" + json.dumps(STORY) + "/* ]]> */",
        json.dumps(STORY)[:-1] + ",}",
        json.dumps(STORY).replace('"', "&quot;"),
        json.dumps([STORY])[:-1] + ",\n]",
    ],
)
def test_plain_faults_are_mended(block):
    assert of(block) == STORY


def test_raw_line_breaks_in_strings_are_read():
    assert of('{"@type": "NewsArticle", "headline": "Rain\n and\tsnow"}')["headline"] == "Rain\n and\tsnow"


@pytest.mark.parametrize(
    "block", ["", "{", "not json", '{"@type": "NewsArticle"', "[" * 50_000, "null", "3", '"NewsArticle"']
)
def test_a_broken_block_is_passed_over_and_the_next_is_read(block):
    assert of(block) == {}
    assert of(block, STORY) == STORY


def test_endless_nesting_is_not_followed():
    deep = STORY
    for _ in range(60):
        deep = {"@graph": [deep]}
    assert of(deep) == {}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("A. Writer", ["A. Writer"]),
        ({"@type": "Person", "name": " A.\nWriter "}, ["A. Writer"]),
        ([{"name": "A"}, "B", {"name": ["C", "D"]}], ["A", "B", "C", "D"]),
        ({"@id": "#a"}, []),
        (None, []),
        (3, []),
        ("  ", []),
    ],
)
def test_names_are_found_however_they_are_written(value, found):
    assert names(value) == found


@pytest.mark.parametrize(
    ("value", "meant"), [(" a \n b ", "a b"), ("Q&amp;A &#8211; x", "Q&A – x"), (None, ""), (["a"], ""), (7, "")]
)
def test_text_is_as_it_is_meant(value, meant):
    assert text(value) == meant


def test_long_texts_and_inner_facts_are_not_kept():
    found = kept(
        STORY
        | {
            "license": "x" * 9000,
            "publisher": {"name": "P", "logo": {"url": "u"}},
            "wordCount": 7,
            "isPartOf": {"a": 1},
        }
    )
    assert found == {"@type": "NewsArticle", "license": "x" * 500, "publisher": {"name": "P"}, "wordCount": 7}


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@graph", "mainEntity", "headline", "author", "name", "publisher", "datePublished"]
            ),
            inner | st.just("NewsArticle"),
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.lists(values.map(json.dumps) | st.text(), max_size=3))
def test_whatever_a_page_declares_is_read_without_a_fault(blocks):
    found = article(blocks)
    assert all(isinstance(name, str) and name for name in names(found.get("author")))
    assert isinstance(kept(found), dict)
