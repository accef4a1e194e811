"""The invented case, for tests of the view."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest


def _invented():
    spec = spec_from_file_location("invented", Path(__file__).with_name("invented.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def invented():
    return _invented()


@pytest.fixture(scope="session")
def tables(invented):
    return invented.tables()


@pytest.fixture(scope="session")
def nothing(invented):
    """A case of no pages."""
    return invented.tables([])
