"""Two aligned spans side by side: rows whose two cells belong together, so that the eye keeps its place.

Nothing here says which side came first: words are "here only" or "different here", seen from either side.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from stemma.view.coverage import counted
from stemma.view.model import Passage

#: blocks(text_a, text_b) -> equal blocks (a_start, a_stop, b_start, b_stop), in order, in code points.
Blocks = Callable[[str, str], list[tuple[int, int, int, int]]]

CONTEXT_CHARS = 220  # about two printed lines a side: enough to see where the shared text begins and ends
ROW_CHARS = 320  # a cell of six to eight lines in two columns
FOLD_WORDS = 110  # longer equal stretches fold; shorter ones are quicker read than opened
EDGE_WORDS = 30  # words of a folded stretch that stay in sight at each end
PART_WORDS = 600  # a longer middle folds in parts, so that a limit can fall between them

_WORD = re.compile(r"[^\w\s]*\w{1,24}")  # with what opens it; scripts without spaces are cut now and then
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s|[。！？]|\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. Marks: same, alone (not on the other side), other (other words there), gap, context."""

    text: str
    mark: str


@dataclass(slots=True)
class Row:
    """Two cells that belong together. Kinds: before, shared, fold, after, cut."""

    kind: str
    left: list[Piece] = field(default_factory=list)
    right: list[Piece] = field(default_factory=list)
    amount: str = ""

    def add(self, left: str, left_mark: str, right: str, right_mark: str) -> None:
        """Add a piece to each cell, joined to the last where the marks agree."""
        _append(self.left, left, left_mark)
        _append(self.right, right, right_mark)

    @property
    def one(self) -> bool:
        """Whether both cells hold the very same characters."""
        return "".join(p.text for p in self.left) == "".join(p.text for p in self.right)


def compare(text_a: str, text_b: str, passage: Passage, blocks: Blocks | None = None, limit: int = 12_000) -> list[Row]:
    """Return the rows of a passage; text_a and text_b are the whole texts of its two pages.

    `limit`: code points of side a after which the rest is left out, told in a row of kind cut (`amount` is
    what is left out of side a). Up to there, every character of both spans stands in some row.
    """
    spans = (passage.a_start, passage.a_stop), (passage.b_start, passage.b_stop)
    a, b = text_a[slice(*spans[0])], text_b[slice(*spans[1])]
    equal = (blocks or _collate())(a, b)
    shared = _limited(_rows(_pieces(a, b, equal)), limit, a)
    before = Row("before", _before(text_a, spans[0][0]), _before(text_b, spans[1][0]))
    after = Row("after", _after(text_a, spans[0][1]), _after(text_b, spans[1][1]))
    return [row for row in (before, *shared, after) if row.left or row.right or row.kind == "cut"]


def _collate() -> Blocks:
    from stemma.reuse.collate import blocks

    return blocks


def _before(text: str, start: int) -> list[Piece]:
    found = text[max(0, start - CONTEXT_CHARS) : start].strip("\n")
    if start > CONTEXT_CHARS:
        found = "… " + found.partition(" ")[2]
    return [Piece(found, "context")] if _worded(found) else []


def _after(text: str, stop: int) -> list[Piece]:
    found = text[stop : stop + CONTEXT_CHARS].strip("\n")
    if len(text) > stop + CONTEXT_CHARS:
        found = found.rpartition(" ")[0] + " …"
    return [Piece(found, "context")] if _worded(found) else []


def _pieces(a: str, b: str, equal: Sequence[tuple[int, int, int, int]]) -> Iterator[tuple[str, str, bool]]:
    """Yield (left, right, equal) over both texts, whole and in order."""
    at_a = at_b = 0
    for a_start, a_stop, b_start, b_stop in (*_joined(a, b, equal), (len(a), len(a), len(b), len(b))):
        if a_start > at_a or b_start > at_b:
            yield a[at_a:a_start], b[at_b:b_start], False
        if a_stop > a_start or b_stop > b_start:
            yield a[a_start:a_stop], b[b_start:b_stop], True
        at_a, at_b = a_stop, b_stop


def _joined(a: str, b: str, equal: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Join blocks that only spaces and punctuation part: these are no difference."""
    joined: list[tuple[int, int, int, int]] = []
    for block in equal:
        if joined and not _worded(a[joined[-1][1] : block[0]]) and not _worded(b[joined[-1][3] : block[2]]):
            joined[-1] = (joined[-1][0], block[1], joined[-1][2], block[3])
        else:
            joined.append(block)
    return joined


def _rows(pieces: Iterator[tuple[str, str, bool]]) -> Iterator[Row]:
    row = Row("shared")
    for left, right, equal in pieces:
        if not equal:
            _add_difference(row, left, right)
            continue
        for one, other, folded in _stretches(left, right):
            if folded:
                yield row
                yield Row("fold", [Piece(one, "same")], [Piece(other, "same")], amount(one))
                row = Row("shared")
                continue
            row.add(one, "same", other, "same")
            if sum(len(p.text) for p in row.left) >= ROW_CHARS and _SENTENCE_END.search(one[-4:] + " "):
                yield row
                row = Row("shared")
    yield row


def _add_difference(row: Row, left: str, right: str) -> None:
    """Add a stretch in which the two sides differ; spaces around the words aren't part of the difference."""
    has = bool(_worded(left)), bool(_worded(right))
    if not any(has):
        row.add(left, "same", right, "same")
        return
    for cell, own, other, text in ((row.left, *has, left), (row.right, *has[::-1], right)):
        start, stop = _words(text)
        mark = ("other" if other else "alone") if own else "gap"
        for part, name in ((text[:start], "same"), (text[start:stop], mark), (text[stop:], "same")):
            _append(cell, part, name)


def _words(text: str) -> tuple[int, int]:
    """Return where the words of a text begin and end, without what stands around them."""
    inside = [at for at, c in enumerate(text) if c.isalnum() or unicodedata.combining(c)]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _append(cell: list[Piece], text: str, mark: str) -> None:
    if cell and text and cell[-1].mark == mark:
        cell[-1] = Piece(cell[-1].text + text, mark)
    elif text or mark == "gap":
        cell.append(Piece(text, mark))


def amount(text: str) -> str:
    """Return how much text it is: words, or characters where the script writes no spaces."""
    words = len(text.split())
    return counted(words, "word") if words * 16 >= len(text) else counted(len(text), "character")


def _worded(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _stretches(left: str, right: str) -> Iterator[tuple[str, str, bool]]:
    """Cut an equal stretch into sentences of both sides; the middle of a long one comes folded, in parts."""
    cuts = _cuts(left, right)
    sentences = [i for i, cut in enumerate(cuts) if _SENTENCE_END.search(left[max(0, cut[0] - 4) : cut[0]])]
    chosen, folds = sentences, range(0)
    if len(cuts) > FOLD_WORDS:
        head, tail = _nearest(sentences, EDGE_WORDS), _nearest(sentences, len(cuts) - EDGE_WORDS)
        folds = range(head, tail, PART_WORDS)
        chosen = sorted({*(i for i in sentences if i <= head or i >= tail), *folds, tail})
    ends = [*(cuts[i] for i in chosen), (len(left), len(right))]
    done = (0, 0)
    for i, end in zip([-1, *chosen], ends, strict=True):
        if end != done:
            yield left[done[0] : end[0]], right[done[1] : end[1]], i in folds
            done = end


def _nearest(sentences: Sequence[int], wanted: int) -> int:
    """Return the word near `wanted` that begins a sentence, else `wanted`."""
    near = [i for i in sentences if abs(i - wanted) <= EDGE_WORDS // 2]
    return min(near, key=lambda i: abs(i - wanted), default=wanted)


def _cuts(left: str, right: str) -> list[tuple[int, int]]:
    """Return where words begin on both sides, not inside a grapheme; empty where they don't match."""
    starts = [[m.start() for m in _WORD.finditer(text)] for text in (left, right)]
    if len(starts[0]) != len(starts[1]):
        return []
    return [(i, j) for i, j in zip(*starts, strict=True) if not unicodedata.category(left[i]).startswith("M")]


def _limited(rows: Iterator[Row], limit: int, a: str) -> Iterator[Row]:
    done = 0
    for row in rows:
        if done >= limit:
            yield Row("cut", amount=amount(a[done:]))
            return
        done += sum(len(p.text) for p in row.left)
        yield row
