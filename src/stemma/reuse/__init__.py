"""Pages to passages, furniture and families."""

from stemma.reuse.find import Found, find
from stemma.reuse.fingerprint import body_ids

__all__ = ["Found", "body_ids", "find"]
