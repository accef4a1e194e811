"""Reading: inputs become pages, sightings, links and rejects. One file a format; page.py turns HTML into a page."""

from stemma.read.inputs import Source, find
from stemma.read.parse import ParseStages, parse_stages, split
from stemma.read.records import raw_batches
from stemma.read.tally import Tally

__all__ = ["ParseStages", "Source", "Tally", "find", "parse_stages", "raw_batches", "split"]
