"""What people look at: the findings of a case in the terminal and as one offline HTML page. Read-only."""

from stemma.view import report, terminal
from stemma.view.model import Collection, collection

__all__ = ["Collection", "collection", "report", "terminal"]
