from datetime import UTC, datetime, timedelta

import pytest
from htmls import ARTICLE, jsonld, meta, page


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def claimed(head="", url=None, seen=None, **parts):
    """Return (day or moment, rule) of publication."""
    found = page(head, url=url, seen=seen, **parts).published
    return found and (found.when.lo, found.basis)


TAG = meta(article__published_time="2024-05-03T18:19:08+02:00")
WHEN = at(2024, 5, 3, 16, 19, 8)


@pytest.mark.parametrize(
    ("head", "basis"),
    [
        (jsonld({"@type": "NewsArticle", "datePublished": "2024-05-03T18:19:08+02:00"}), "jsonld datePublished"),
        (TAG, "meta article:published_time"),
        ('<meta name="DC.date.issued" content="2024-05-03T18:19:08+02:00">', "meta dc.date.issued"),
        ('<meta itemprop="datePublished" content="2024-05-03T18:19:08+02:00">', "meta datepublished"),
        ('<meta name="date" content="2024-05-03T18:19:08+02:00">', "meta date"),
    ],
)
def test_tags_name_the_rule_that_found_the_date(head, basis):
    assert claimed(head) == (WHEN, basis)


@pytest.mark.parametrize(
    "markup",
    [
        '<time itemprop="datePublished" datetime="2024-05-03T18:19:08+02:00">yesterday</time>',
        '<time pubdate datetime="2024-05-03T18:19:08+02:00">3 May</time>',
        '<abbr class="published" title="2024-05-03T18:19:08+02:00">3 May</abbr>',
    ],
)
def test_marked_up_dates_are_read(markup):
    assert claimed(article=markup + ARTICLE) == (WHEN, "markup datePublished")


def test_jsonld_comes_before_meta_tags_and_these_before_markup():
    article = {"@type": "NewsArticle", "datePublished": "2024-05-04"}
    markup = '<time itemprop="datePublished" datetime="2024-05-02">2 May</time>' + ARTICLE
    assert claimed(jsonld(article) + TAG, article=markup) == (at(2024, 5, 4), "jsonld datePublished")
    assert claimed(TAG, article=markup) == (WHEN, "meta article:published_time")


def test_a_tag_comes_before_what_the_text_says():
    text = '<p class="date">1 January 2020</p>' + ARTICLE
    assert claimed(TAG, article=text) == (WHEN, "meta article:published_time")
    assert claimed(article=text) == (at(2020, 1, 1), "markup date")


def test_a_tag_that_cannot_be_read_gives_way_to_the_next():
    article = {"@type": "NewsArticle", "datePublished": "soon"}
    assert claimed(jsonld(article) + TAG) == (WHEN, "meta article:published_time")


@pytest.mark.parametrize("written", ["1970-01-01T00:00:00Z", "0001-01-01", "2024", "2024-05"])
def test_a_clocks_zero_and_a_tag_coarser_than_a_day_are_no_publication(written):
    found = page(meta(article__published_time=written)).published
    assert found is None or found.basis == "htmldate"


@pytest.mark.parametrize("path", ["/2024/05/03/rain.html", "/news/2024-05-03-rain", "/a/20240503/rain", "/2024/5/3/"])
def test_the_address_names_a_day(path):
    assert claimed(url="https://a.example" + path) == (at(2024, 5, 3), "address")


@pytest.mark.parametrize("path", ["/2024/13/03/rain", "/id/120240503/rain", "/2024/05/rain"])
def test_other_numbers_of_an_address_are_no_day(path):
    found = page(url="https://a.example" + path).published
    assert found is None or found.basis != "address"


def test_the_address_wins_over_a_tag_that_was_written_anew():
    late = meta(article__published_time="2024-06-01T08:00:00Z")
    assert claimed(late, url="https://a.example/2024/05/03/rain") == (at(2024, 5, 3), "address")


def test_a_tag_that_agrees_with_the_address_is_finer():
    assert claimed(TAG, url="https://a.example/2024/05/03/rain") == (WHEN, "meta article:published_time")
    assert claimed(TAG, url="https://a.example/2024/05/02/rain") == (WHEN, "meta article:published_time")


@pytest.mark.parametrize(
    "head",
    [
        meta(article__modified_time="2024-05-09T10:00:00Z"),
        meta(og__updated_time="2024-05-09T10:00:00Z"),
        jsonld({"@type": "NewsArticle", "dateModified": "2024-05-09T10:00:00Z"}),
    ],
)
def test_a_change_never_counts_as_publication(head):
    found = page(head)
    assert found.declared.modified.when.lo == at(2024, 5, 9, 10)
    assert found.declared.published is None
    published = page(head + TAG)
    assert published.published.when.lo == WHEN
    assert published.declared.modified.when.lo == at(2024, 5, 9, 10)


def test_a_change_names_its_rule():
    assert page(meta(article__modified_time="2024-05-09")).declared.modified.basis == "meta article:modified_time"
    assert page(article='<time class="updated" datetime="2024-05-09">x</time>' + ARTICLE).declared.modified.basis == (
        "markup dateModified"
    )


def test_a_copyright_year_is_at_most_a_year_wide():
    found = page(after="<footer>© 2021 The Valley Post</footer>", seen=at(2024, 6, 1)).published
    assert (found.when.lo, found.when.hi, found.basis) == (at(2021, 1, 1), at(2022, 1, 1), "htmldate")


@pytest.mark.parametrize("written", ["3 May 2024", "May 3rd, 2024", "2024-05-03", "3. Mai 2024", "3.5.2024"])
def test_a_date_line_is_read_by_the_name_of_its_element(written):
    line = f'<p class="article-date">Published on {written} by A. Writer</p>'
    assert claimed(article=line + ARTICLE) == (at(2024, 5, 3), "markup date")


def test_a_long_text_is_no_date_line():
    found = page(
        article=f'<div class="update">In the storm of 3 May 2024, {"so they say, " * 30}it rained.</div>' + ARTICLE
    )
    assert found.published is None or found.published.basis == "htmldate"


def test_a_guess_is_never_later_than_the_page_was_seen():
    line = "<p>As of 3 May 2024 the bridge is closed. Updated: 3 May 2024.</p>"
    found = page(article=ARTICLE + line, seen=at(2023, 1, 1)).published
    assert found is None or found.when.lo <= at(2023, 1, 1) + timedelta(days=1)


def test_a_page_without_any_date_has_none():
    assert page().published is None
