import os
import signal
import subprocess
import sys
import textwrap

import orjson
import pyarrow as pa
import pytest

from stemma.errors import CaseBusy, CaseDamaged, CaseMissing, CaseTooNew, StoreError
from stemma.store import Case, Writer
from stemma.tables import REJECTS


def rejects(*reasons):
    return pa.Table.from_pylist(
        [{"input": "x", "at": str(n), "reason": r} for n, r in enumerate(reasons)], schema=REJECTS.schema
    )


def reasons(path):
    with Case(path) as case:
        return case.rejects()["reason"].to_pylist()


@pytest.fixture
def case(tmp_path):
    with Writer(tmp_path / "case") as writer:
        writer.add("rejects", rejects("one"))
        writer.commit(about="a test")
    return tmp_path / "case"


def test_what_is_committed_comes_back(case):
    assert reasons(case) == ["one"]
    assert Case(case).manifest.about == "a test"
    assert Case(case).table("pages").num_rows == 0


def test_what_is_not_committed_does_not_show(case):
    with Writer(case) as writer:
        writer.add("rejects", rejects("two"))
    assert reasons(case) == ["one"]


def test_replace_and_add(case):
    with Writer(case) as writer:
        writer.add("rejects", rejects("two"))
        writer.commit()
        assert reasons(case) == ["one", "two"]
        writer.replace("rejects", rejects("three"))
        writer.commit()
    assert reasons(case) == ["three"]


def test_a_reader_keeps_its_view_while_a_trace_writes(case):
    with Case(case) as reader:
        for reason in ("two", "three"):
            with Writer(case) as writer:
                writer.replace("rejects", rejects(reason))
                writer.commit()
        assert reader.rejects()["reason"].to_pylist() == ["one"]
        assert reasons(case) == ["three"]
    with Writer(case):
        pass
    assert len(list((case / "rejects").iterdir())) == 1  # with no reader about, old parts are swept away


def test_a_second_writer_is_told_to_wait(case):
    with Writer(case), pytest.raises(CaseBusy, match="another trace"), Writer(case):
        pass


def test_missing_newer_and_broken_cases_are_told_apart(tmp_path, case):
    with pytest.raises(CaseMissing, match="holds no case"):
        Case(tmp_path / "nothing")
    manifest = orjson.loads((case / "manifest.json").read_bytes())
    (case / "manifest.json").write_bytes(orjson.dumps(manifest | {"format": 99, "stemma": "9.9"}))
    with pytest.raises(CaseTooNew, match=r"stemma 9\.9"):
        Case(case)
    (case / "manifest.json").write_bytes(b"{half")
    with pytest.raises(CaseDamaged, match="no manifest"):
        Case(case)


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"thesis\.txt"), Writer(tmp_path):
        pass


def test_verify_finds_a_flipped_byte_a_cut_and_a_missing_part(case):
    assert Case(case).verify() == []
    part = next((case / "rejects").iterdir())
    data = bytearray(part.read_bytes())
    data[len(data) // 2] ^= 1
    part.write_bytes(data)
    assert "content" in Case(case).verify()[0]
    part.write_bytes(data[:-9])
    assert "bytes instead of" in Case(case).verify()[0]
    part.unlink()
    assert "missing" in Case(case).verify()[0]
    with pytest.raises(CaseDamaged, match="missing"):
        Case(case).rejects()


def test_a_full_disk_is_explained_and_leaves_the_case_as_it_was(case, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    with Writer(case) as writer:
        monkeypatch.setattr("pyarrow.parquet.write_table", full)
        with pytest.raises(StoreError, match="No space left") as fault:
            writer.add("rejects", rejects("two"))
    assert "Free space" in fault.value.cure
    assert reasons(case) == ["one"]
    assert Case(case).verify() == []
    assert not list(case.rglob("*.tmp"))


KILLED = textwrap.dedent(
    """
    import os, sys
    sys.path.insert(0, {tests!r})
    import stemma.durable
    from test_store import rejects
    from stemma.store import Writer
    left, before, real = int(sys.argv[2]), sys.argv[3] == "before", os.replace
    def replace(a, b):
        global left
        left -= 1
        if left == 0 and before:
            os.kill(os.getpid(), 9)
        real(a, b)
        if left == 0:
            os.kill(os.getpid(), 9)
    os.replace = replace
    with Writer(sys.argv[1]) as writer:
        for reason in ("two", "three"):
            writer.add("rejects", rejects(reason))
            writer.replace("inputs", writer.case().inputs())
            writer.commit()
            print(reason, flush=True)
    """
)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("rename", range(1, 5))
def test_killed_at_any_rename_it_opens_with_what_was_acknowledged(case, rename, when):
    script = KILLED.format(tests=os.path.dirname(__file__))
    done = subprocess.run(
        [sys.executable, "-c", script, case, str(rename), when], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    told = ["one", *done.stdout.split()]
    committed = {1: 1, 2: 1 if when == "before" else 2, 3: 2, 4: 2 if when == "before" else 3}[rename]
    assert reasons(case) == ["one", "two", "three"][:committed]
    assert len(told) <= committed
    assert Case(case).verify() == []
    with Writer(case) as writer:  # and the next trace goes on from there
        writer.add("rejects", rejects("after"))
        writer.commit()
    assert reasons(case)[-1] == "after"
    assert not list(case.rglob("*.tmp"))


def test_a_read_only_folder_is_explained(tmp_path):
    case = tmp_path / "locked"
    case.mkdir()
    script = f"import os\nfrom stemma.store import Writer\nos.geteuid() or os.setuid(65534)\nWriter({str(case)!r}).__enter__()"
    os.chmod(tmp_path, 0o755)
    case.chmod(0o555)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "may write" in done.stderr
    assert "PermissionError" not in done.stderr.splitlines()[-1]
