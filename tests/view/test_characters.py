"""What can't be seen is spelt out, everything else left as it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.view.characters import one_line, opening, pieces, plain


@pytest.mark.parametrize("c", ["\x00", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\ufeff", "\u2060", "\U000e0041"])
def test_a_character_that_is_not_seen_is_spelt_out(c):
    assert plain(f"a{c}b") == f"a⟨U+{ord(c):04X}⟩b"


def test_zero_width_characters_are_spelt_out_between_letters_that_do_not_join():
    assert plain("fer\u200bry") == "fer⟨U+200B⟩ry"
    assert plain("паром\u200dа") == "паром⟨U+200D⟩а"


@pytest.mark.parametrize("text", ["می\u200cخواهم", "👩\u200d🌾", "क्\u200dष", "Schiff\u00adfahrt", "a\tb\nc"])
def test_what_a_script_needs_stays(text):
    assert plain(text) == text


@given(st.text(st.characters(codec="utf-8")))
def test_plain_text_has_no_control_left_and_loses_nothing_else(text):
    shown = plain(text)
    assert not [c for c in shown if unicodedata.category(c) == "Cc" and c not in "\t\n"]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    kept = "".join(piece for piece, unseen in pieces(text) if not unseen)
    assert len(text.replace("\r\n", "\n")) == len(kept) + sum(unseen for _, unseen in pieces(text))


def test_a_long_title_is_cut_and_its_length_told():
    assert one_line("x" * 1_000_000) == "x" * 200 + "… (1,000,000 characters)"
    assert one_line("  two\n words ") == "two words"


def test_opening_words():
    assert opening("The ferry sails.") == "The ferry sails."
    assert opening("one two three", words=2) == "one two…"
    assert opening("x" * 500) == "x" * 90 + "…"
    assert opening("a (b) c", words=9) == "a (b) c"
    assert opening("spaced   out\ntext") == "spaced out text"
