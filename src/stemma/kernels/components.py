"""Connected components of an undirected graph."""

import numpy as np
from numba import njit
from numpy.typing import NDArray


def components(n: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return int64[n]: for each node the least node that it is connected with, by union and path halving."""
    parent: NDArray[np.int64] = _components(np.arange(n, dtype=np.int64), left, right)
    return parent


@njit(nogil=True, cache=True)
def _components(parent, left, right):
    for k in range(len(left)):
        a, b = _root(parent, left[k]), _root(parent, right[k])
        if a < b:
            parent[b] = a
        else:
            parent[a] = b
    for node in range(len(parent)):
        parent[node] = _root(parent, node)
    return parent


@njit(nogil=True, cache=True)
def _root(parent, node):
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node
