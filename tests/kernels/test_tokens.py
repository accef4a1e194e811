import unicodedata

import numpy as np
import pytest
from hypothesis import given
from texts import ANY_TEXT, PROSE, tokens_of, words_of

from stemma.kernels.tokens import LINE_START, NUMBER, QUOTED, as_int32


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Don't stop—now!", ["Don", "t", "stop", "now"]),
        ("Grüße aus Köln", ["Grüße", "aus", "Köln"]),
        ("東京は", ["東", "京", "は"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("한국어 뉴스", ["한국어", "뉴스"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
        ("co\u00adoperate zero\u200bwidth", ["co\u00adoperate", "zero\u200bwidth"]),
        ("\u0301 alone", ["alone"]),
        ("iPhone東京15", ["iPhone", "東", "京", "15"]),
        ("😀 ok 👩‍👩‍👧", ["ok"]),
    ],
)
def test_words_in_many_scripts(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [("ÉTÉ", "été"), ("STRASSE", "straße"), ("cooperate", "co\u00adoperate"), ("ΟΔΟΣ", "οδος"), ("Ǆ", "ǆ")],
)
def test_spellings_that_count_as_equal(one, other):
    assert tokens_of(one).hash == tokens_of(other).hash


def test_accents_and_letters_tell_words_apart():
    assert (
        len({int(tokens_of(word).hash[0]) for word in ("resume", "résumé", "résume", "resumé", "nat", "tan", "na")})
        == 7
    )


@given(ANY_TEXT)
def test_composed_and_decomposed_text_have_the_same_tokens(text):
    composed, decomposed = (tokens_of(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert composed.hash.tolist() == decomposed.hash.tolist()


@given(ANY_TEXT)
def test_spans_rise_and_hold_a_letter_or_digit(text):
    tokens = tokens_of(text)
    end = 0
    for start, stop in zip(tokens.start.tolist(), tokens.stop.tolist(), strict=True):
        assert end <= start < stop <= len(text)
        assert (
            unicodedata.category(text[start])[0] in "LN" or unicodedata.category(text[start]) == "Cn"
        )  # ideographs to come
        end = stop


@given(PROSE, PROSE)
def test_texts_do_not_touch_each_other(one, other):
    together, apart = tokens_of(one, other), (tokens_of(one), tokens_of(other))
    assert together.hash.tolist() == apart[0].hash.tolist() + apart[1].hash.tolist()
    assert together.offsets.tolist() == [0, len(apart[0].hash), len(apart[0].hash) + len(apart[1].hash)]
    assert together.start.tolist() == apart[0].start.tolist() + apart[1].start.tolist()


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "we will win" today', ["we", "will", "win"]),
        ("Er sagte: „Wir gehen“ und ging", ["Wir", "gehen"]),
        ("Il dit « oui » et »nein« so", ["oui", "nein"]),
        ("“We go,” he said, “now.” End", ["We", "go", "now"]),
        ("彼は「行く」と言った", ["行", "く"]),
        ("“One paragraph\n“and the next” end", ["One", "paragraph", "and", "the", "next"]),
        ('A 5" pipe never closed\nnext line', []),
        ("‹petit› mot", ["petit"]),
    ],
)
def test_quoted_words(text, quoted):
    tokens = tokens_of(text)
    marked = [text[a:b] for a, b, t in zip(tokens.start, tokens.stop, tokens.trait, strict=True) if t & QUOTED]
    assert marked == quoted


def test_traits_of_numbers_and_lines():
    tokens = tokens_of("up 12,5 today\n\n3rd line")
    assert [bool(t & NUMBER) for t in tokens.trait] == [False, True, True, False, True, False]
    assert [bool(t & LINE_START) for t in tokens.trait] == [True, False, False, False, True, False]


def test_short_hashes_are_never_the_mask():
    assert as_int32(np.array([0, 1, 1 << 32], np.uint64)).tolist() == [1, 1, 1]
