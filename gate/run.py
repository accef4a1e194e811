"""Measure quality and hold it against the floors: `make gate`.

`--raise` lifts floors to what was measured and never lowers one.
floors.json pins each floor with the digest of the corpus it was set on: on other files a figure is told, not judged.
"""

import json
import sys
from pathlib import Path

import news
import pages
import reuse
from figures import SHARED, Figure

FLOORS = Path(__file__).with_name("floors.json")


def judged(figure: Figure, floors: dict[str, dict[str, object]]) -> str:
    """Return ok, BELOW, or why the figure isn't judged."""
    floor = floors.get(figure.name)
    if floor is None:
        return "no floor"
    if floor["corpus"] != figure.corpus:
        return "other corpus"
    return "ok" if round(figure.value, 4) >= floor["floor"] else "BELOW"


def shown(figure: Figure, verdict: str, floor: object) -> str:
    interval = f"[{figure.low:.3f}, {figure.high:.3f}]"
    constant = f"{figure.constant:.3f} ({figure.constant_is})"
    figured = f"{figure.name:<44} {figure.value:.3f} {interval} n={figure.n:<6}"
    return f"{figured} floor {floor!s:<6} {verdict:<8} constant answer {constant}"


def main() -> int:
    if not (SHARED / "data").exists():
        print("not measured: the evaluation data isn't beside this checkout (../shared/data)")
        return 0
    floors = json.loads(FLOORS.read_text())
    verdicts = []
    for module in (pages, reuse, news):
        for figure in module.measure():
            verdict = judged(figure, floors)
            verdicts.append(verdict)
            print(shown(figure, verdict, floors.get(figure.name, {}).get("floor", "-")), flush=True)
            if "--raise" in sys.argv and figure.name in floors and verdict == "ok":
                floors[figure.name]["floor"] = max(floors[figure.name]["floor"], round(figure.value - 0.002, 4))
    if "--raise" in sys.argv:
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n")
    below = verdicts.count("BELOW")
    print(f"{len(verdicts)} figures, {below} below their floor")
    return int(below > 0)


if __name__ == "__main__":
    sys.exit(main())
