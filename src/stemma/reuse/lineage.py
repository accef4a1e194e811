"""A family keeps its id from trace to trace, however it grows; where families merge, the lost ids stay as aliases."""

from collections import Counter, defaultdict
from typing import NamedTuple

import pyarrow as pa

from stemma.ids import digest
from stemma.tables import FAMILIES, FAMILY_ALIASES


class Kept(NamedTuple):
    """Families under their lasting ids, and all aliases, old and new."""

    families: pa.Table
    aliases: pa.Table


def keep_ids(new: pa.Table, old: pa.Table, aliases: pa.Table) -> Kept:
    """Give each new family the id of the old one that it shares most witnesses with.

    Witnesses are the same when their spans on a page overlap. An old family that splits leaves its id to the part that
    shares most; the id of one that merges into another becomes its alias.
    """
    shared = _shared_witnesses(new, old)
    renamed: dict[str, str] = {}
    taken: set[str] = set()
    merged: dict[str, str] = dict(zip(*(aliases[c].to_pylist() for c in ("alias", "family_id")), strict=True))
    for (fresh, former), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if former in taken:
            continue
        taken.add(former)
        if fresh in renamed:
            merged[former] = renamed[fresh]
        else:
            renamed[fresh] = former
    lasting = [renamed.get(f) or (digest("family", f) if f in taken else f) for f in new["family_id"].to_pylist()]
    families = new.set_column(0, FAMILIES.schema.field(0), pa.array(lasting, pa.string()))
    return Kept(families, _alias_table(merged, set(lasting)))


def _shared_witnesses(new: pa.Table, old: pa.Table) -> Counter[tuple[str, str]]:
    """Count the overlapping spans of each new and old family."""
    former = defaultdict(list)
    for row in old.select(["page_id", "start", "stop", "family_id"]).to_pylist():
        former[row["page_id"]].append((row["start"], row["stop"], row["family_id"]))
    shared: Counter[tuple[str, str]] = Counter()
    for row in new.select(["page_id", "start", "stop", "family_id"]).to_pylist():
        for start, stop, family in former.get(row["page_id"], ()):
            if start < row["stop"] and row["start"] < stop:
                shared[row["family_id"], family] += 1
    return shared


def _alias_table(merged: dict[str, str], living: set[str]) -> pa.Table:
    """Return the aliases that no living family bears, each pointing at the family it ends in."""
    rows = []
    for alias in sorted(merged.keys() - living):
        family = merged[alias]
        while family in merged and merged[family] != family:
            family = merged[family]
        rows.append({"alias": alias, "family_id": family})
    return pa.Table.from_pylist(rows, schema=FAMILY_ALIASES.schema)
