"""Seeds to aligned passages, in token numbers."""

from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemma.frames import ALIGNED, SEEDS
from stemma.reuse.lists import batch, flat, offsets_of, values_of
from stemma.settings import Reuse
from stemma.stage import Batch, Stage


def _align(seeds: Batch, weighed: pa.Table, settings: Reuse) -> Batch:
    from stemma.kernels import chains

    a, b = values_of(seeds["a"]), values_of(seeds["b"])
    starts = group_starts(a, b)
    corpus, row_of = corpus_of(weighed)
    row_a, row_b = row_of(a[starts[:-1]]), row_of(b[starts[:-1]])
    a_at, b_at = values_of(seeds["a_position"]), values_of(seeds["b_position"])
    found = chains.align(corpus, row_a, row_b, starts, a_at, b_at, scoring(settings), limits(settings)).T
    pair = starts[found[chains.GROUP]]
    spans = (found[chains.A_FIRST], found[chains.A_LAST], b[pair], found[chains.B_FIRST], found[chains.B_LAST])
    counts = (found[chains.MATCHED], found[chains.CHARS], found[chains.QUOTED], found[chains.BITS] / 16)
    return batch(ALIGNED, [a[pair], *spans, *counts])


def group_starts(*keys: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return int64[groups + 1]: where each group of equal keys begins in sorted rows, and the number of rows."""
    n = len(keys[0])
    changed = np.zeros(max(0, n - 1), bool)
    for key in keys:
        changed |= key[1:] != key[:-1]
    return np.concatenate((np.zeros(min(1, n), np.int64), np.flatnonzero(changed) + 1, np.array([n]))).astype(np.int64)


class Rows:
    """Row numbers of a table by one of its columns."""

    def __init__(self, key: NDArray[np.int32]) -> None:
        self.order = np.argsort(key, kind="stable")
        self.sorted = key[self.order]

    def __call__(self, wanted: NDArray[np.int32]) -> NDArray[np.int64]:
        """Return int64[n]: the row of each wanted key; every key must be there."""
        at: NDArray[np.int64] = self.order[np.searchsorted(self.sorted, wanted)]
        return at


def corpus_of(weighed: pa.Table):  # type: ignore[no-untyped-def]  # noqa: ANN201  (kernels are imported late)
    """Return the kernels' view of weighed tokens, and the look-up from page_no to its row."""
    from stemma.kernels.chains import Corpus

    chars = flat(weighed["stop"]) - flat(weighed["start"])
    columns = (flat(weighed["token"]), flat(weighed["bits"]), chars, flat(weighed["trait"]))
    corpus = Corpus(*columns, offsets_of(weighed["token"]))
    return corpus, Rows(values_of(weighed["page_no"]))


def scoring(settings: Reuse):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Return the costs of an alignment as the kernels take them."""
    from stemma.kernels.alignment import Scoring

    s = settings
    return Scoring(s.full_gain_bits, s.mismatch_cost, s.gap_cost, s.extension_drop, int(s.band_tokens))


def limits(settings: Reuse):  # type: ignore[no-untyped-def]  # noqa: ANN201
    """Return what makes a passage as the kernels take it."""
    from stemma.kernels.chains import Limits

    return Limits(settings.gap_tokens, settings.min_tokens, settings.min_bits, settings.min_identity)


def align(settings: Reuse) -> Stage:
    """Return the stage that aligns the seeds of each pair of pages."""
    run = partial(_align, settings=settings)
    return Stage(
        "align",
        SEEDS,
        ALIGNED,
        run,
        by=("a", "b"),
        order=("a_position", "b_position"),
        lookup="page_no",
        keys=("a", "b"),
    )
