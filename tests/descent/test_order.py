from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stemma.descent.order import Claim, claimed, earliest_here, in_words, one_a_document

DAY = timedelta(days=1)


def claim(name, start=None, width=1.0, seen=None):
    lo = None if start is None else datetime(2024, 5, 1, tzinfo=UTC) + start * DAY
    hi = None if lo is None else lo + width * DAY
    observed = None if seen is None else datetime(2024, 5, 1, tzinfo=UTC) + seen * DAY
    return Claim(name, f"{name}.example", lo, hi, "a rule", observed)


CLAIMS = st.lists(st.tuples(st.none() | st.integers(0, 5), st.integers(1, 3)), min_size=2, max_size=6)


@given(CLAIMS)
def test_at_most_one_document_is_earliest_and_it_is_before_all_others(drawn):
    claims = [claim(str(n), start, width) for n, (start, width) in enumerate(drawn)]
    answers = [earliest_here(c, [o for o in claims if o is not c]) for c in claims]
    assert answers.count(True) <= 1
    for mine, answer in zip(claims, answers, strict=True):
        if answer:
            assert all(o.lo is not None and mine.hi <= o.lo for o in claims if o is not mine)


def test_a_day_and_a_minute_within_it_are_not_ordered():
    assert earliest_here(claim("a", 0), [claim("b", 0.5, 0.001)]) is None


def test_an_undated_page_leaves_it_open_unless_another_is_surely_before():
    assert earliest_here(claim("a", 0), [claim("b")]) is None
    assert earliest_here(claim("a", 5), [claim("b"), claim("c", 0)]) is False


def test_captures_of_a_document_count_once_with_their_earliest_observation():
    folded = one_a_document([claim("a", 3, seen=9), claim("a", 1, seen=12), claim("b")])
    assert [c.document_id for c in folded] == ["a", "b"]
    assert folded[0].lo == claim("a", 1).lo
    assert folded[0].seen == claim("a", seen=9).seen


def test_dates_are_said_as_precisely_as_they_were_claimed():
    assert claimed(claim("a", 0)) == "2024-05-01"
    assert claimed(claim("a", 0.5, 1 / 1440)) == "2024-05-01 12:00 UTC"
    assert claimed(claim("a", -120, 365)) == "2024"
    assert (
        in_words([claim("b", 1), claim("c"), claim("a", 0)])
        == "a.example 2024-05-01, b.example 2024-05-02; no date: c.example"
    )


def test_long_families_are_summed_up():
    assert in_words([claim(f"n{n}", n) for n in range(9)]).endswith("and 3 more")
