"""In how many texts a token stands."""

import numpy as np
from numba import njit
from numpy.typing import NDArray


def text_counts(bucket: NDArray[np.int64], offsets: NDArray[np.int64], buckets: int) -> NDArray[np.int32]:
    """Return int32[buckets]: the texts that hold a token of each bucket; text i begins at offsets[i]."""
    counts = np.zeros(buckets, np.int32)
    _text_counts(bucket, offsets, counts, np.full(buckets, -1, np.int32))
    return counts


@njit(nogil=True, cache=True)
def _text_counts(bucket, offsets, counts, last_text):
    for text in range(len(offsets) - 1):
        for t in range(offsets[text], offsets[text + 1]):
            if last_text[bucket[t]] != text:
                last_text[bucket[t]] = text
                counts[bucket[t]] += 1
