from io import BufferedReader, BytesIO

from hypothesis import given
from hypothesis import strategies as st

from stemma.read.lines import lines


def cut(data, most_bytes):
    return list(lines(BufferedReader(BytesIO(data)), most_bytes))


def test_lines_are_numbered_from_one_and_keep_their_ends():
    assert cut(b"a\n\nb", 9) == [(1, b"a\n"), (2, b"\n"), (3, b"b")]


def test_a_line_beyond_the_limit_is_passed_over():
    assert cut(b"abc\nabcd\nab", 3) == [(1, b"abc\n"), (2, None), (3, b"ab")]


@given(st.lists(st.binary(max_size=12).map(lambda line: line.replace(b"\n", b""))), st.integers(1, 14))
def test_every_line_is_yielded_once_and_no_line_is_longer(given_lines, most_bytes):
    found = cut(b"".join(line + b"\n" for line in given_lines), most_bytes)
    assert [number for number, _ in found] == list(range(1, len(given_lines) + 1))
    for line, (_, kept) in zip(given_lines, found, strict=True):
        assert kept == (line + b"\n" if len(line) <= most_bytes else None)
