"""Pages to passages, furniture and families."""

from stemma.reuse.find import Found, find
from stemma.reuse.fingerprint import body_ids
from stemma.reuse.lineage import Kept, keep_ids
from stemma.reuse.naming import Named, Numbered, named, numbered

__all__ = ["Found", "Kept", "Named", "Numbered", "body_ids", "find", "keep_ids", "named", "numbered"]
