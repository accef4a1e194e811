import json
import os
import shutil
import signal
import subprocess
import sys

import pytest

from stemma.store import Case
from test_flow import ROWS, STORY, row, written


def stemma(*arguments, **options):
    command = [sys.executable, "-m", "stemma", *map(str, arguments)]
    options = {"capture_output": True, "text": True, "check": False, "env": os.environ | {"COLUMNS": "100"}} | options
    return subprocess.run(command, **options)


@pytest.fixture(scope="module")
def traced(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    source = written(folder / "in.jsonl", [*ROWS, row("x", f"“{STORY[:260]}” said one")])
    done = stemma("trace", source, "--case", folder / "case", "--about", "five invented rows")
    assert done.returncode == 0, done.stderr
    return folder / "case", done


@pytest.fixture
def copy(traced, tmp_path):
    shutil.copytree(traced[0], tmp_path / "case")
    return tmp_path / "case"


def test_a_trace_says_on_stderr_what_it_read_and_nothing_on_stdout(traced):
    assert traced[1].stdout == ""
    assert "5 pages" in traced[1].stderr
    assert "five invented rows" in traced[1].stderr


def test_show_the_case_a_family_a_page_and_a_pair(traced):
    case = Case(traced[0])
    family = case.families()["family_id"][0].as_py()
    for what in ([], [family[:10]], ["a"], ["a", "b"]):
        done = stemma("show", traced[0], *what)
        assert done.returncode == 0, done.stderr
        assert "5 pages" in done.stdout, what
    assert "undetermined" in stemma("show", traced[0], family).stdout


def test_show_says_what_it_does_not_know(traced):
    done = stemma("show", traced[0], "nonsense")
    assert done.returncode == 2
    assert "nonsense" in done.stderr


def test_report_is_one_file_that_names_both_pages(traced, tmp_path):
    done = stemma("report", traced[0], "-o", tmp_path / "r.html")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "r.html").read_text()
    assert "a.example" in page
    assert "<script" not in page
    assert [p.name for p in tmp_path.iterdir()] == ["r.html"]


def test_report_into_a_missing_folder_names_it(traced, tmp_path):
    done = stemma("report", traced[0], "-o", tmp_path / "no" / "r.html")
    assert done.returncode == 2
    assert "r.html" in done.stderr
    assert "Traceback" not in done.stderr


def test_export_to_stdout_and_by_the_file_s_ending(traced, tmp_path):
    lines = stemma("export", traced[0], "pages").stdout.splitlines()
    assert {json.loads(line)["source_id"] for line in lines} == {"a", "b", "c", "d", "x"}
    assert stemma("export", traced[0], "passages", "-o", tmp_path / "p.csv").returncode == 0
    assert (tmp_path / "p.csv").read_text("utf-8-sig").startswith("page_a,a_start,")


def test_a_reader_of_a_pipe_may_stop_early(traced):
    command = f"{sys.executable} -m stemma export {traced[0]} pages | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_standard_input_is_json_lines(tmp_path):
    given = "".join(json.dumps(r) + "\n" for r in ROWS)
    done = stemma("trace", "-", "--case", tmp_path / "case", "--quiet", input=given)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert Case(tmp_path / "case").pages().num_rows == 4


def test_verify_of_a_sound_and_a_damaged_case(copy):
    assert stemma("verify", copy).returncode == 0
    part = next((copy / "pages").iterdir())
    part.write_bytes(part.read_bytes()[:-20])
    done = stemma("verify", copy)
    assert done.returncode == 3
    assert part.name in done.stderr


def test_a_damaged_part_is_status_3_for_every_reader(copy):
    next((copy / "families").iterdir()).unlink()
    for command in (["show", copy], ["export", copy, "families"], ["report", copy, "-o", copy.parent / "r.html"]):
        done = stemma(*command)
        assert done.returncode == 3, command
        assert "Traceback" not in done.stderr


def test_a_case_of_a_later_version(copy):
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps(manifest | {"format": 2, "stemma": "7.0"}))
    done = stemma("show", copy)
    assert done.returncode == 3
    assert "7.0" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["trace", "missing.html", "--case", "c"], "missing.html"),
        (["trace", "in.jsonl"], "--case"),
        (["trace", "in.jsonl", "--case", "c", "--set", "reuse.df_cap=x", "--set", "a=1"], "reuse.df_cap=x"),
        (["trace", "in.jsonl", "--case", "c", "--until", "verdict"], "verdict"),
        (["show", "nothing-here"], "nothing-here"),
        (["export", "nothing-here", "pages"], "nothing-here"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_wrong_usage_is_status_2_names_the_thing_and_writes_nothing(tmp_path, arguments, named):
    written(tmp_path / "in.jsonl", ROWS)
    done = stemma(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["in.jsonl"]


def test_rejects_beyond_the_limit_are_status_1_and_the_case_stands(tmp_path):
    (tmp_path / "in.jsonl").write_text(json.dumps(ROWS[0]) + "\nbroken\n")
    allowed = stemma("trace", tmp_path / "in.jsonl", "--case", tmp_path / "a", "--max-rejects", "1")
    beyond = stemma("trace", tmp_path / "in.jsonl", "--case", tmp_path / "b", "--max-rejects", "0")
    assert (allowed.returncode, beyond.returncode) == (0, 1)
    assert Case(tmp_path / "b").pages().num_rows == 1


def test_help_loads_nothing_heavy():
    heavy = ("numpy", "pyarrow", "numba", "duckdb", "rich", "trafilatura", "lxml", "jinja2", "pyspark")
    script = f"import sys, stemma.cli; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "[]"
    for command in ("demo", "trace", "show", "report", "export", "verify"):
        assert command in stemma("--help").stdout


def test_an_interrupt_is_status_130_and_the_case_stays_usable(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(row(str(n), f"{n} {STORY}")) + "\n" for n in range(40_000)))
    command = [sys.executable, "-m", "stemma", "trace", str(source), "--case", str(tmp_path / "case")]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert running.stderr.readline()  # the first line of progress: it is reading
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "interrupted" in errors
    assert "Traceback" not in errors
    assert stemma("verify", tmp_path / "case").returncode in {0, 2}  # 2: nothing was acknowledged yet


def test_an_export_that_cannot_be_written_names_its_file(traced, tmp_path):
    done = stemma("export", traced[0], "pages", "-o", "/dev/full/p.jsonl")
    assert done.returncode == 2
    assert "p.jsonl" in done.stderr
