"""Families and dates to findings on where each witness comes from."""

from stemma.descent.edges import EDGE_STAGE, edges

__all__ = ["EDGE_STAGE", "edges"]
