import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.read.charset import decoded, known

GERMAN = "Der Fluß stieg über die Ufer, und es war „schön“ anzusehen – für 3 € am Tag. Später fiel Schnee in Köln."
RUSSIAN = "Вода в реке поднялась на полметра, и старый мост закрыли до утра. Жители ушли на восточный берег."


def labelled(text, label):
    return f"<html><head><meta charset={label}></head><body>{text}</body></html>"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_comes_before_every_label(mark, encoding):
    page = labelled(GERMAN, "latin-1")
    assert decoded(mark + page.encode(encoding), "cp1251") == (page, encoding)


def test_the_transport_comes_before_the_meta_tag():
    page = labelled(RUSSIAN, "koi8-r")
    assert decoded(page.encode("cp1251"), "windows-1251") == (page, "cp1251")


@pytest.mark.parametrize(
    "template",
    [
        "<meta charset='{}'>",
        "<META CharSet={} >",
        '<meta http-equiv="Content-Type" content="text/html; charset={}">',
        '<?xml version="1.0" encoding="{}"?>',
    ],
)
def test_a_label_within_the_page_is_read(template):
    page = template.format("koi8-r") + RUSSIAN
    assert decoded(page.encode("koi8-r"), None) == (page, "koi8-r")


@pytest.mark.parametrize("label", ["iso-8859-1", "latin1", "us-ascii", "windows-1252"])
def test_labels_are_read_as_the_superset_that_browsers_take(label):
    assert decoded(GERMAN.encode("cp1252"), label) == (GERMAN, "cp1252")


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", "utf-16", "ascii", "shift_jis"])
def test_valid_utf8_is_utf8_whatever_its_label(label):
    assert decoded(GERMAN.encode(), label) == (GERMAN, "utf-8")


def test_a_wrong_label_gives_way_to_what_the_bytes_look_like():
    assert decoded((RUSSIAN * 5).encode("cp1251"), "utf-8").text == RUSSIAN * 5


def test_a_wrong_transport_gives_way_to_the_meta_tag():
    page = labelled(RUSSIAN, "windows-1251")
    assert decoded(page.encode("cp1251"), "utf-8") == (page, "cp1251")


def test_without_any_label_the_bytes_are_looked_at():
    assert decoded((RUSSIAN * 5).encode("cp1251"), None).text == RUSSIAN * 5
    assert decoded((GERMAN * 5).encode("cp1252"), None).text == GERMAN * 5


def test_a_meta_tag_that_says_utf16_in_ascii_bytes_is_not_believed():
    page = labelled(GERMAN, "utf-16")
    assert decoded(page.encode("cp1252"), None).text == page


def test_a_few_broken_characters_do_not_overthrow_a_label():
    data = (GERMAN * 10).encode() + b" \xff " + (GERMAN * 10).encode()
    assert decoded(data, "utf-8") == (GERMAN * 10 + " \ufffd " + GERMAN * 10, "utf-8")


def test_charsets_of_seven_bits_are_read_by_their_label():
    text = "雨が降る"
    assert decoded(text.encode("iso2022_jp"), "iso-2022-jp").text == text


@pytest.mark.parametrize(
    "label", [None, "", "none", "x-user-defined", "rot13", "base64", "hex", "no such", "a\0b", "idna", "é", "undefined"]
)
def test_what_is_no_charset_is_not_taken_for_one(label):
    assert known(label) is None
    assert decoded(GERMAN.encode("cp1252"), label).text == GERMAN


def test_nothing_is_nothing():
    assert decoded(b"", None).text == ""


labels = (
    st.none()
    | st.sampled_from(["utf-8", "latin-1", "gbk", "shift_jis", "utf-16", "utf-32", "iso2022_jp", "hz", "big5", "cp037"])
    | st.text(max_size=9)
)


@given(st.binary(max_size=600) | st.text().map(lambda text: labelled(text, "gbk").encode("utf-8", "replace")), labels)
def test_any_bytes_become_text_that_can_be_stored(data, label):
    text, charset = decoded(data, label)
    assert text.encode() == text.encode("utf-8", "strict")
    assert codecs.lookup(charset)


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff")),
    labels.filter(lambda name: name not in {"iso2022_jp", "hz"}),
)
def test_utf8_comes_back_as_it_was(text, label):
    assert decoded(text.encode(), label).text == text
