"""The known tree of a family, drawn as text."""

from collections.abc import Iterator

from stemma.demo.collection import Collection, Page


def drawn(demo: Collection, family: str) -> str:
    """Return the family's tree, a line a page: who copied from whom, with dates and notes."""
    lines = [demo.unseen[root] for root in _unseen_roots(demo, family)]
    for head in _children(demo, family, ""):
        lines += [_line(head), *_below(demo, family, head.key, "")]
    for root in _unseen_roots(demo, family):
        lines += _below(demo, family, root, "")
    return "\n".join(lines)


def arrows(demo: Collection, family: str) -> str:
    """Return the tree in one line of the outlets' short names, e.g. `A → (B → C), D`; `*` is unseen."""
    tops = [f"{root}* → {_fan(demo, family, root)}" for root in _unseen_roots(demo, family)]
    tops += [_chain(demo, family, head) for head in _children(demo, family, "")]
    return "; ".join(tops)


def _fan(demo: Collection, family: str, key: str) -> str:
    chains = [_chain(demo, family, child) for child in _children(demo, family, key)]
    several = len(chains) > 1
    return ", ".join(f"({chain})" if several and "→" in chain else chain for chain in chains)


def _chain(demo: Collection, family: str, page: Page) -> str:
    name, below = demo.outlets[page.outlet].short, _fan(demo, family, page.key)
    return f"{name} → {below}" if below else name


def _unseen_roots(demo: Collection, family: str) -> list[str]:
    return [root for root in demo.unseen if _children(demo, family, root)]


def _children(demo: Collection, family: str, parent: str) -> list[Page]:
    return [p for p in demo.members(family) if p.parent == parent]


def _below(demo: Collection, family: str, key: str, indent: str) -> Iterator[str]:
    children = _children(demo, family, key)
    for number, page in enumerate(children, start=1):
        last = number == len(children)
        yield f"{indent}{'└── ' if last else '├── '}{_line(page)}"
        yield from _below(demo, family, page.key, indent + ("    " if last else "│   "))


def _line(page: Page) -> str:
    return f"{page.key}  [{_stamp(page)}]  {page.note}".rstrip()


def _stamp(page: Page) -> str:
    if page.published:
        return f"{page.published:%Y-%m-%d}"
    return f"updated {page.modified:%Y-%m-%d}" if page.modified else "no date"
