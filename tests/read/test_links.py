import pytest
from htmls import ARTICLE, SENTENCES, page

NAVIGATION = '<nav><ul><li><a href="/sport">Sport</a></li><li><a href="/bridge">bridge</a></li></ul></nav>'


def links_of(paragraph, url="https://a.example/news/rain", head="", **parts):
    found = page(head, f"<p>{SENTENCES[0]}</p><p>{paragraph}</p><p>{SENTENCES[2]}</p>", url=url, **parts)
    for link in found.links:
        assert link.in_body == (link.start is not None) == (link.stop is not None)
        if link.in_body:
            assert found.text[link.start : link.stop] == link.anchor
    return found.links


def link_in(paragraph, **options):
    (link,) = links_of(paragraph, **options)
    return link


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://b.example/x?y=1#z", "https://b.example/x?y=1#z"),
        ("/later", "https://a.example/later"),
        ("later.html", "https://a.example/news/later.html"),
        ("../sport", "https://a.example/sport"),
        ("//b.example/x", "https://b.example/x"),
        ("?page=2", "https://a.example/news/rain?page=2"),
        (" /later ", "https://a.example/later"),
        ("HTTP://b.example/x", "HTTP://b.example/x"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_targets_are_made_absolute(href, url):
    assert (
        link_in(f'As was said in the <a href="{href}">earlier report</a> of that day, the river rose again.').url == url
    )


def test_a_base_changes_what_targets_stand_for():
    paragraph = 'As was said in the <a href="later">earlier report</a> of that day, the river rose again.'
    assert link_in(paragraph, head='<base href="https://c.example/d/">').url == "https://c.example/d/later"


def test_without_an_address_targets_stay_as_they_are():
    paragraph = 'As was said in the <a href="../later">earlier report</a> of that day, the river rose again.'
    assert link_in(paragraph, url=None).url == "../later"


@pytest.mark.parametrize(
    "href",
    [
        "javascript:void(0)",
        "JavaScript:x",
        " mailto:desk@a.example",
        "tel:+123",
        "#top",
        "",
        "  ",
        "data:text/html,x",
        "about:blank",
        "whatsapp://send",
    ],
)
def test_what_leads_to_no_page_is_no_link(href):
    assert links_of(f'As was said in the <a href="{href}">earlier report</a> of that day, the river rose.') == []
    assert links_of("As was said in the <a>earlier report</a> of that day, the river rose again.") == []


def test_an_anchor_has_its_place_in_the_text():
    link = link_in('As was said in the <a href="/x" rel="nofollow noopener">earlier report</a> of that day, it rained.')
    assert (link.anchor, link.rel, link.in_body) == ("earlier report", "nofollow noopener", True)
    assert link.stop - link.start == len("earlier report")


def test_places_are_counted_in_code_points():
    link_in('Über 🌧️ Köln, so sagte es der <a href="/x">frühere Bericht 🌊</a> an jenem Tag, fiel viel Regen.')


def test_the_same_words_twice_are_two_places():
    first, second = links_of(
        'The <a href="/a">report</a> came first, and then another <a href="/b">report</a> came, and no report after.'
    )
    assert (first.url[-1], second.url[-1]) == ("a", "b")
    assert first.stop < second.start


def test_a_menu_that_has_a_word_of_the_text_is_not_in_the_body():
    menu, story = links_of('The old <a href="/bridge-story">bridge</a> stayed closed until noon.', before=NAVIGATION)[
        1:
    ]
    assert (menu.anchor, menu.in_body, menu.start) == ("bridge", False, None)
    assert (story.anchor, story.in_body) == ("bridge", True)


def test_links_stand_in_the_order_of_the_page():
    found = links_of(
        'One <a href="/1">report</a> and <a href="/2">one more</a> were read.',
        before=NAVIGATION,
        after='<footer><a href="/3">Imprint</a></footer>',
    )
    assert [link.url.rsplit("/", 1)[1] for link in found] == ["sport", "bridge", "1", "2", "3"]
    assert [link.in_body for link in found] == [False, False, True, True, False]


@pytest.mark.parametrize(
    "anchor",
    [
        "<b>earlier</b> report",
        "earlier <i>report</i>",
        "<span>earlier report</span>",
        " earlier\n   report ",
        "earlier<!-- x --> report",
    ],
)
def test_markup_and_line_breaks_inside_an_anchor_do_not_matter(anchor):
    link = link_in(f'As was said in the <a href="/x">{anchor}</a> of that day, the river rose again and again.')
    assert (link.anchor, link.in_body) == ("earlier report", True)


@pytest.mark.parametrize("around", ["<b>{}</b>", "<em><span>{}</span></em>", "({})", "“{}”"])
def test_markup_and_marks_around_an_anchor_do_not_matter(around):
    link = link_in(
        "As was said in the " + around.format('<a href="/x">earlier report</a>') + " of that day, it rained."
    )
    assert link.in_body


def test_a_picture_has_no_words():
    found = page(
        "", ARTICLE + '<p><a href="/big"><img src="x.jpg" alt="River"></a></p>', url="https://a.example/"
    ).links
    assert [(link.anchor, link.in_body) for link in found] == [("", False)]


def test_thousands_of_links_with_one_word_end():
    many = "".join(f'<li><a href="/{n}">report</a></li>' for n in range(3000))
    found = links_of("One report and one more report were read in the evening.", before=f"<ul>{many}</ul>")
    assert len(found) == 3000
