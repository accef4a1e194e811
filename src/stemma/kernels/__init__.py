"""Array kernels: numba over numpy; no Arrow, no files, no settings objects."""
