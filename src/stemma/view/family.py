"""A family as people see it: witnesses in order of their dates, twins and captures folded, pairs to show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from stemma.view.characters import opening
from stemma.view.findings import Findings
from stemma.view.model import Member, Page, Passage


@dataclass(frozen=True, slots=True)
class Witness:
    """A line of a family: one page, with its captures and twins folded in.

    `captures` are further pages of the same document, `twins` pages of documents with the same body text.
    `words` is the most words it shares with another witness here, `said` each distinct finding on it.
    """

    siglum: str
    page: Page
    members: tuple[Member, ...]
    captures: tuple[Page, ...]
    twins: tuple[Page, ...]
    words: int
    earliest: frozenset[str]  # page ids whose date lies wholly before all others of the family
    said: tuple[str, ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        """All its pages, the shown one at the head."""
        return (self.page, *self.captures, *self.twins)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pages of a family and all passages between them, seen from `a`, in the order of a's text."""

    a: Page
    b: Page
    labels: tuple[str, str]
    passages: tuple[Passage, ...]

    @property
    def words(self) -> int:
        """Words that the two pages share."""
        return sum(p.words for p in self.passages)


class Family:
    """One family, read from the case when it is shown."""

    def __init__(self, findings: Findings, family_id: str) -> None:
        self.findings = findings
        self.family_id = family_id
        self.members = findings.members[family_id]
        self.pages = findings.pages(dict.fromkeys(m.page_id for m in self.members))
        self.passages = findings.passages(findings.passages_in.get(family_id, ()))

    @cached_property
    def outlets(self) -> list[str]:
        """The outlets of its pages, by name."""
        return sorted({p.outlet for p in self.pages if p.outlet})

    @cached_property
    def documents(self) -> int:
        """How many documents hold its text."""
        return len({p.document_id for p in self.pages})

    @cached_property
    def longest(self) -> int:
        """Words matched in its longest passage."""
        return self.passages[0].words if self.passages else 0

    @cached_property
    def heading(self) -> str:
        """The opening words of its longest shared stretch: names the text, no page of it."""
        if self.passages:
            best = self.passages[0]
            return opening(self.findings.text(best.a)[best.a_start : best.a_stop])
        member = self.members[0]
        return opening(self.findings.text(member.page_id)[member.start : member.stop])

    @cached_property
    def witnesses(self) -> list[Witness]:
        """Its lines in order of claimed publication, then those without a date as they were seen."""
        groups = list(self._groups())
        most = self._most_words({page.page_id: i for i, group in enumerate(groups) for page in group})
        return [self._witness(siglum(i), group, most[i]) for i, group in enumerate(groups)]

    def _groups(self) -> Iterable[list[Page]]:
        """Return pages that fold into one line: captures of a document, and of its twins."""
        documents: dict[str, list[Page]] = defaultdict(list)
        for page in sorted(self.pages, key=_order):
            documents[page.document_id].append(page)
        groups: dict[str, list[Page]] = defaultdict(list)
        for document_id, captures in documents.items():
            groups[captures[0].body_id or document_id].extend(captures)
        return groups.values()

    def _most_words(self, line: dict[str, int]) -> dict[int, int]:
        """Return for each line the most words it shares with a page of another line, else with any page."""
        across: dict[tuple[str, str], int] = defaultdict(int)
        for p in self.passages:
            across[p.a, p.b] += p.words
        apart = {pair for pair in across if line[pair[0]] != line[pair[1]]}
        most: dict[int, int] = defaultdict(int)
        for pair in apart or across:
            for page_id in pair:
                most[line[page_id]] = max(most[line[page_id]], across[pair])
        return most

    def _witness(self, name: str, group: list[Page], words: int) -> Witness:
        page, ids = group[0], {p.page_id for p in group}
        members = tuple(m for m in self.members if m.page_id in ids)
        said = [(m, e) for m in members if (e := self.findings.edges.get(m.witness_id))]
        return Witness(
            siglum=name,
            page=page,
            members=members,
            captures=tuple(p for p in group[1:] if p.document_id == page.document_id),
            twins=tuple(p for p in group[1:] if p.document_id != page.document_id),
            words=words,
            earliest=frozenset(m.page_id for m, e in said if e["earliest_here"]),
            said=tuple(dict.fromkeys(e["why"] for _, e in said)),
        )

    @cached_property
    def pairs(self) -> list[Pair]:
        """The pairs worth showing, strongest ahead: every line that shares text with another is in one.

        Where all witnesses fold into one line (twins or captures only), the strongest pair of its pages.
        """
        line = {page.page_id: i for i, w in enumerate(self.witnesses) for page in w.pages}
        between: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        for p in self.passages:
            between[(p.a, p.b) if (line[p.a], p.a) <= (line[p.b], p.b) else (p.b, p.a)].append(p)
        ranked = sorted(
            between,
            key=lambda pair: (-sum(p.words for p in between[pair]), line[pair[0]], line[pair[1]], pair),
        )
        apart = [pair for pair in ranked if line[pair[0]] != line[pair[1]]]
        chosen: dict[tuple[str, str], None] = dict.fromkeys(ranked[: 0 if apart else 1])
        shown: set[int] = set()
        for pair in apart:
            lines = {line[pair[0]], line[pair[1]]}
            if not lines <= shown:
                chosen[pair] = None
                shown |= lines
        return [self._pair(pair, line, between[pair]) for pair in chosen]

    def _pair(self, ids: tuple[str, str], line: dict[str, int], passages: list[Passage]) -> Pair:
        a, b = self.findings.pages(ids)
        labels = (self.witnesses[line[ids[0]]].siglum, self.witnesses[line[ids[1]]].siglum)
        ordered = sorted((p.seen_from(ids[0]) for p in passages), key=lambda p: (p.a_start, p.b_start))
        return Pair(a, b, labels, tuple(ordered))


def siglum(number: int) -> str:
    """Return the siglum of a witness: A to Z, then A1, B1 and so on."""
    letter, round_ = chr(ord("A") + number % 26), number // 26
    return f"{letter}{round_ or ''}"


def _order(page: Page) -> tuple[int, float, float, str]:
    """Sort by claimed publication; pages without a date after those with one, by when they were seen."""
    never = float("inf")
    seen = page.seen.timestamp() if page.seen else never
    if page.claim:
        return 0, page.claim.lo.timestamp(), seen, page.page_id
    return 1, seen, 0.0, page.page_id
