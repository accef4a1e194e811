"""What can go wrong, and the exit status that each fault has.

StemmaError (1)
├── UsageError, also a ValueError (2)
│   └── SettingsError: every faulty setting at once
├── InputError, also an OSError (2): an input that can't be opened
├── CaseError (3)
│   ├── CaseMissing, also a FileNotFoundError (2)
│   ├── CaseDamaged: a part is missing or differs from the manifest
│   ├── CaseTooNew: written by a later version
│   └── CaseBusy (2): another trace is writing
├── StoreError, also an OSError (2): the case folder can't be written
└── TooManyRejects (1)

Each message names the thing; `cure` says what to do about it.
"""


class StemmaError(Exception):
    """Any fault that Stemma explains to a person."""

    status = 1

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        """Return the message and the cure."""
        return f"{self.message}\n{self.cure}" if self.cure else self.message


class UsageError(StemmaError, ValueError):
    """The command or call can't be understood."""

    status = 2


class SettingsError(UsageError):
    """One or more settings are wrong; the message lists all of them."""


class InputError(StemmaError, OSError):
    """An input can't be opened."""

    status = 2


class CaseError(StemmaError):
    """The case folder can't be used."""

    status = 3


class CaseMissing(CaseError, FileNotFoundError):
    """There is no case at this path."""

    status = 2


class CaseDamaged(CaseError):
    """A part is missing or isn't what the manifest says."""


class CaseTooNew(CaseError):
    """The case was written by a later version of Stemma."""


class CaseBusy(CaseError):
    """Another trace is writing to this case."""

    status = 2


class StoreError(StemmaError, OSError):
    """The case folder can't be written."""

    status = 2


class TooManyRejects(StemmaError):
    """More records were rejected than --max-rejects allows."""
