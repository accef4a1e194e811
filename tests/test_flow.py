import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

import stemma
from stemma.errors import SettingsError, UsageError
from stemma.store import Case, Writer

SYLLABLES = ["ka", "lo", "mi", "ren", "tas", "vo", "bel", "du", "fi", "gor", "han", "jun"]


def prose(seed, words=80):
    choose = random.Random(seed)
    return " ".join("".join(choose.choices(SYLLABLES, k=choose.randint(2, 4))) for _ in range(words))


def row(name, text, **fields):
    return {"id": name, "outlet": f"{name[0]}.example", "text": text, "language": "en"} | fields


def written(path, rows):
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    return path


STORY, OTHER = prose("story"), prose("other")
ROWS = [
    row("a", STORY, date="2024-05-01"),
    row("b", f"{prose('lede', 20)} {STORY}", date="2024-05-02"),
    row("c", OTHER),
    row("d", f"{OTHER} {prose('tail', 30)}", seen="2024-05-03T08:00:00Z", desk="sport"),
]


def rows_of(case, table, *leave_out):
    return sorted(
        json.dumps({k: v for k, v in r.items() if k not in leave_out}, default=str)
        for r in case.table(table).to_pylist()
    )


def test_a_trace_reads_finds_families_and_orders_them(tmp_path):
    case = stemma.trace([written(tmp_path / "in.jsonl", ROWS)], tmp_path / "case", about="four rows")
    assert case.pages().num_rows == 4
    assert case.passages().num_rows == 2
    assert len(set(case.families()["family_id"].to_pylist())) == 2
    assert set(case.edges()["claim"].to_pylist()) == {"undetermined"}
    assert case.manifest.about == "four rows"
    by_name = {p["source_id"]: p for p in case.pages().to_pylist()}
    assert json.loads(by_name["d"]["extra"]) == {"desk": "sport"}
    earliest = {r["page_id"]: r["earliest_here"] for r in case.edges().to_pylist()}
    assert earliest[by_name["a"]["page_id"]] is True
    assert case.verify() == []


def test_adding_later_gives_what_reading_all_at_once_gives(tmp_path):
    first, second = (
        written(tmp_path / "1.jsonl", ROWS[:1] + ROWS[2:3]),
        written(tmp_path / "2.jsonl", ROWS[1:2] + ROWS[3:]),
    )
    stemma.trace([first], tmp_path / "later")
    later = stemma.trace([second], tmp_path / "later")
    at_once = stemma.trace([first, second], tmp_path / "once")
    for table in ("pages", "sightings", "passages", "furniture", "families", "edges"):
        assert rows_of(later, table) == rows_of(at_once, table), table


def test_the_same_input_again_changes_nothing(tmp_path):
    source = written(tmp_path / "in.jsonl", ROWS)
    once = stemma.trace([source], tmp_path / "case")
    before = {t: rows_of(once, t) for t in ("pages", "sightings", "inputs", "families")}
    again = stemma.trace([source], tmp_path / "case")
    assert {t: rows_of(again, t) for t in before} == before


def test_the_same_page_from_another_input_is_a_further_sighting(tmp_path):
    early = [ROWS[0] | {"seen": "2024-05-09"}]
    stemma.trace([written(tmp_path / "1.jsonl", early)], tmp_path / "case")
    case = stemma.trace([written(tmp_path / "2.jsonl", early)], tmp_path / "case")
    assert (case.pages().num_rows, case.sightings().num_rows) == (1, 2)


def test_a_family_keeps_its_id_when_pages_are_added(tmp_path):
    one = stemma.trace([written(tmp_path / "1.jsonl", ROWS[:2])], tmp_path / "case")
    before = set(one.families()["family_id"].to_pylist())
    more = [row("e", " ".join(STORY.split()[10:])), row("f", STORY.upper())]
    two = stemma.trace([written(tmp_path / "2.jsonl", more)], tmp_path / "case")
    assert set(two.families()["family_id"].to_pylist()) == before
    assert two.families().num_rows == 4


def test_records_are_all_accounted_for(tmp_path):
    source = tmp_path / "mixed.jsonl"
    source.write_text(json.dumps(ROWS[0]) + "\nnot json\n\n" + json.dumps({"id": "no text"}) + "\n")
    case = stemma.trace([source], tmp_path / "case")
    (told,) = case.inputs().to_pylist()
    assert told["records"] == told["pages"] + sum(json.loads(told["skipped"]).values()) + told["rejected"]
    assert told["rejected"] == case.rejects().num_rows >= 1


def test_until_stops_early_and_a_later_trace_goes_on(tmp_path):
    source = written(tmp_path / "in.jsonl", ROWS)
    case = stemma.trace([source], tmp_path / "case", until="pages")
    assert (case.pages().num_rows, case.passages().num_rows) == (4, 0)
    assert stemma.trace([source], tmp_path / "case").families().num_rows == 4


def test_wrong_settings_write_nothing(tmp_path):
    source = written(tmp_path / "in.jsonl", ROWS)
    with pytest.raises(SettingsError):
        stemma.trace([source], tmp_path / "case", changes=["reuse.df_cap=0"])
    with pytest.raises(UsageError):
        stemma.trace([source], tmp_path / "case", until="verdict")
    assert not (tmp_path / "case").exists()


@pytest.mark.parametrize("after", [0.2, 1.0, 2.5, 4.0])
def test_killed_anywhere_the_case_opens_and_the_same_command_ends_the_work(tmp_path, after):
    source = tmp_path / "in.jsonl.gz"
    with gzip.open(source, "wt") as out:
        for n in range(3000):
            out.write(json.dumps(row(f"{n}", prose(n // 2, 60))) + "\n")
    command = [sys.executable, "-m", "stemma", "trace", source, "--case", tmp_path / "case", "--quiet"]
    running = subprocess.Popen(command, start_new_session=True)
    time.sleep(after)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    with Writer(tmp_path / "case") as writer:
        assert writer.case().verify() == []
    subprocess.run(command, check=True)
    case = Case(tmp_path / "case")
    assert (case.pages().num_rows, case.sightings().num_rows, case.verify()) == (3000, 3000, [])
    assert case.families().num_rows == 3000
