import pyarrow as pa

from stemma.reuse.lineage import keep_ids
from stemma.tables import FAMILIES, FAMILY_ALIASES


def families(**members):
    rows = [
        {"family_id": f, "witness_id": f"{page}{start}", "page_id": page, "start": start, "stop": start + 100}
        for f, pages in members.items()
        for page, start in pages
    ]
    return pa.Table.from_pylist(rows, schema=FAMILIES.schema)


NONE = FAMILY_ALIASES.empty()


def ids(kept):
    return dict(zip(kept.families["page_id"].to_pylist(), kept.families["family_id"].to_pylist(), strict=True))


def aliases(kept):
    return {row["alias"]: row["family_id"] for row in kept.aliases.to_pylist()}


def test_a_family_that_grows_keeps_its_id_though_its_span_moved():
    old = families(F=[("a", 0), ("b", 0)])
    kept = keep_ids(families(X=[("a", 20), ("b", 0), ("c", 0)]), old, NONE)
    assert set(ids(kept).values()) == {"F"}
    assert aliases(kept) == {}


def test_merged_families_keep_the_larger_one_s_id_and_an_alias():
    old = families(F=[("a", 0), ("b", 0), ("c", 0)], G=[("d", 0), ("e", 0)])
    kept = keep_ids(families(X=[(p, 0) for p in "abcde"]), old, NONE)
    assert set(ids(kept).values()) == {"F"}
    assert aliases(kept) == {"G": "F"}


def test_aliases_follow_a_further_merge():
    kept = keep_ids(families(X=[("a", 0), ("b", 0)]), families(F=[("a", 0)], E=[("b", 0)]), alias_table(G="F"))
    assert aliases(kept)["G"] == next(iter(ids(kept).values()))


def alias_table(**rows):
    return pa.Table.from_pylist([{"alias": k, "family_id": v} for k, v in rows.items()], schema=FAMILY_ALIASES.schema)


def test_a_family_that_splits_leaves_its_id_to_the_larger_part():
    old = families(F=[(p, 0) for p in "abcde"])
    kept = keep_ids(families(F=[("a", 0), ("b", 0)], Y=[(p, 0) for p in "cde"]), old, NONE)
    assert ids(kept)["c"] == "F"
    assert ids(kept)["a"] not in {"F", "Y"}


def test_other_spans_of_a_page_are_other_witnesses():
    kept = keep_ids(families(X=[("a", 500)]), families(F=[("a", 0)]), NONE)
    assert ids(kept) == {"a": "X"}
