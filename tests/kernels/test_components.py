import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemma.kernels.components import components


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=20))
def test_components_agree_with_flooding(edges):
    expected = list(range(12))
    for _ in range(12):
        for a, b in edges:
            expected[a] = expected[b] = min(expected[a], expected[b])
    left, right = np.array(edges, np.int64).reshape(-1, 2).T
    assert components(12, left, right).tolist() == expected
