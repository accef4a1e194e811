from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemma.kernels.pairing import pair

POSTINGS = st.dictionaries(st.tuples(st.integers(-3, 3), st.integers(0, 6)), st.integers(0, 50), max_size=40)


@given(POSTINGS, st.integers(2, 7), st.randoms())
def test_seeds_are_all_pairs_of_pages_below_the_cap(postings, cap, random):
    rows = [(shingle, page, position) for (shingle, page), position in postings.items()]
    expected = sorted(
        (a[1], b[1], a[2], b[2])
        for shingle in range(-3, 4)
        if len(held := sorted(r for r in rows if r[0] == shingle)) <= cap
        for a, b in combinations(held, 2)
    )
    random.shuffle(rows)
    columns = np.array(rows, np.int64).reshape(-1, 3).T
    found = pair(columns[0], columns[1].astype(np.int32), columns[2].astype(np.int32), cap)
    assert list(zip(*(c.tolist() for c in found), strict=True)) == expected
