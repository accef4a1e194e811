from stemma.demo.collection import load
from stemma.demo.tree import arrows, drawn

DEMO = load()


def test_arrows_put_branches_in_brackets() -> None:
    assert arrows(DEMO, "column") == "Ledger → (Lantern → Facts → Gist), Quay"
    assert arrows(DEMO, "log") == "Echo → Post → Lantern → Quay"
    assert arrows(DEMO, "wire") == "mw* → Post, Echo, Courier, Facts, Gist"


def test_a_drawn_tree_begins_at_its_root_and_hangs_each_page_below_its_parent() -> None:
    lines = drawn(DEMO, "column").splitlines()
    assert [line[: line.index("/")] for line in lines] == [
        "northernledger",
        "├── lanternist",
        "│   └── plainfacts",
        "│       └── gistboard",
        "└── openquay",
    ]
    assert "[2023-09-11]" in lines[-1]
    assert drawn(DEMO, "wire").startswith("Meridian Wire")
