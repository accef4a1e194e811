"""Stemma finds out where a text came from."""

from importlib import import_module
from typing import Any

_PUBLIC = {"trace": "stemma.flow", "Case": "stemma.store", "StemmaError": "stemma.errors"}

__all__ = ["Case", "StemmaError", "trace"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `stemma --help` must not wait for Arrow."""
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'stemma' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
