"""A family's witnesses on a time axis: one lane a witness, each an inline SVG whose marks sit at percentages.

Percentages keep the axis the same in every lane and let lanes shrink to a phone without shrinking their
labels, which are HTML. What a mark means is told by its shape: a bar is the interval that a claimed
publication time allows, a triangle that points back a moment when the page was observed to exist (it was born
then or before), an outline is a twin's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from stemma.view.family import Witness
from stemma.view.model import Page
from stemma.view.times import DAY, HOUR, MINUTE, moment, span

LANES = 40  # more lanes than a page is long tell less than the table does
PAGES = 60  # of a witness, twins and captures included
MARGIN = 0.02  # of the axis, kept free at both ends

_STEPS: tuple[tuple[int, str], ...] = (  # in this order: the smallest step that gives at most TICKS ticks is taken
    *((n, "minute") for n in (1, 2, 5, 10, 15, 30)),
    *((n, "hour") for n in (1, 2, 3, 6, 12)),
    *((n, "day") for n in (1, 2, 7, 14)),
    *((n, "month") for n in (1, 2, 3, 6)),
    *((n, "year") for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)),
)
TICKS = 5  # as many labels as fit a phone's width
_LENGTH = {
    "minute": MINUTE,
    "hour": HOUR,
    "day": DAY,
    "month": timedelta(days=30.44),
    "year": timedelta(days=365.25),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a lane; `x` and `width` are percentages of the axis. Only a claim has a width."""

    x: float
    width: float | None
    twin: bool
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on the axis, in percent; `day` is the label's second line, where the date changes."""

    x: float
    label: str
    day: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A witness and its marks; `words` says the same as the marks."""

    witness: Witness
    marks: tuple[Mark, ...]

    @property
    def words(self) -> str:
        """What the lane shows, for those who don't see it."""
        left = len(self.witness.pages) - PAGES
        words = "; ".join(m.words for m in self.marks) or "no date found, never observed with a time"
        return f"{words}; {left:,} more twins and captures" if left > 0 else words


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture. `hidden` witnesses beyond the last lane aren't drawn."""

    dated: tuple[Lane, ...]
    undated: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    hidden: int
    words: str


def timeline(witnesses: Sequence[Witness], lanes: int = LANES) -> Timeline:
    """Place the witnesses on one linear axis, from the earliest moment that any of them names to the last."""
    shown = witnesses[:lanes]
    moments = [at for w in shown for p in w.pages[:PAGES] for at in _moments(p)]
    if not moments:
        return Timeline(
            (), tuple(Lane(w, ()) for w in shown), (), len(witnesses) - len(shown), "No witness has a date."
        )
    first, last = min(moments), max(moments)
    axis = _Axis(first, last)
    drawn = [Lane(w, tuple(_marks(w, axis))) for w in shown]
    return Timeline(
        dated=tuple(lane for lane in drawn if any(p.claim for p in lane.witness.pages)),
        undated=tuple(lane for lane in drawn if not any(p.claim for p in lane.witness.pages)),
        ticks=tuple(axis.ticks()),
        hidden=len(witnesses) - len(shown),
        words=f"From {moment(first)} to {moment(last)}, a linear scale over {span(last - first)}.",
    )


def _moments(page: Page) -> Iterator[datetime]:
    if page.claim:
        yield from (page.claim.lo, page.claim.hi)
    if page.seen:
        yield page.seen


def _marks(witness: Witness, axis: "_Axis") -> Iterator[Mark]:
    for page in witness.pages[:PAGES]:
        twin = page.document_id != witness.page.document_id
        who = f"twin at {page.name} " if twin else ""
        if page.claim:
            x = axis.percent(page.claim.lo)
            words = f"{who}claims {page.claim} ({page.claim.precision})"
            yield Mark(x, round(axis.percent(page.claim.hi) - x, 3), twin, words)
        if page.seen:
            yield Mark(axis.percent(page.seen), None, twin, f"{who}seen {moment(page.seen)}")


class _Axis:
    """Moments to percentages, with a margin at both ends; an axis of no length gets an hour on each side."""

    def __init__(self, first: datetime, last: datetime) -> None:
        pad = (last - first) * MARGIN if last > first else HOUR
        self.first = _no_less(first, pad)
        self.length = max(last - self.first, timedelta(0)) + min(pad, _LAST - last)

    def percent(self, at: datetime) -> float:
        return round(100 * ((at - self.first) / self.length), 3)

    def ticks(self) -> Iterator[Tick]:
        count, unit = next((s for s in _STEPS if self.length / (s[0] * _LENGTH[s[1]]) <= TICKS), _STEPS[-1])
        at, day = _floor(self.first, count, unit), ""
        while at <= self.first + self.length:
            label, date = _label(at, unit)
            if at >= self.first:
                yield Tick(self.percent(at), label, date if date != day else "")
                day = date
            later = _after(at, count, unit)
            if later is None:
                return
            at = later


_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def _no_less(at: datetime, pad: timedelta) -> datetime:
    return at - min(pad, at - _FIRST)


def _floor(at: datetime, count: int, unit: str) -> datetime:
    """Return the last round moment at or before `at`."""
    at = at.astimezone(UTC)
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "minute":
        return at.replace(minute=at.minute // count * count, second=0, microsecond=0)
    if unit == "hour":
        return midnight.replace(hour=at.hour // count * count)
    if unit == "day":
        return midnight.replace(day=1) if count > 1 else midnight
    if unit == "month":
        return midnight.replace(day=1, month=(at.month - 1) // count * count + 1)
    return midnight.replace(day=1, month=1, year=max(1, at.year // count * count))


def _after(at: datetime, count: int, unit: str) -> datetime | None:
    """Return the next round moment; None beyond the calendar."""
    try:
        if unit == "year":
            return at.replace(year=(at.year // count + 1) * count)
        if unit == "month":
            months = at.month - 1 + count
            return at.replace(year=at.year + months // 12, month=months % 12 + 1)
        return at + count * _LENGTH[unit]
    except (ValueError, OverflowError):
        return None


def _label(at: datetime, unit: str) -> tuple[str, str]:
    """Return a tick's label and the date that stands under it where it changes."""
    if unit in ("minute", "hour"):
        return f"{at:%H:%M}", f"{at.day} {at:%b} {at.year}"
    if unit == "day":
        return f"{at.day} {at:%b}", f"{at.year}"
    return (f"{at:%b}", f"{at.year}") if unit == "month" else (f"{at.year}", "")
