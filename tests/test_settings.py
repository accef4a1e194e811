from dataclasses import fields

import pytest

from stemma.errors import SettingsError
from stemma.settings import Settings, with_changes

ALL = [(stage.name, f) for stage in fields(Settings()) for f in fields(getattr(Settings(), stage.name))]


def test_a_change_is_applied_and_the_rest_stays():
    changed = with_changes(Settings(), ["reuse.df_cap=20", " read.page_seconds = 1.5"])
    assert (changed.reuse.df_cap, changed.read.page_seconds) == (20, 1.5)
    assert changed.reuse.min_tokens == Settings().reuse.min_tokens


def test_all_faults_are_told_at_once():
    wrong = ["reuse.df_cap=many", "reuse.nothing=1", "nowhere.x=1", "reuse.df_cap", "reuse.df_cap=1"]
    with pytest.raises(SettingsError) as fault:
        with_changes(Settings(), wrong)
    assert all(repr(change) in str(fault.value) for change in wrong)


@pytest.mark.parametrize(("stage", "setting"), ALL, ids=lambda v: getattr(v, "name", v))
def test_every_number_says_where_it_comes_from_and_lies_in_its_range(stage, setting):
    assert len(setting.metadata["provenance"]) > 15
    lowest, highest = setting.metadata["range"]
    assert lowest <= setting.default <= highest
