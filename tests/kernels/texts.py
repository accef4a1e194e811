"""Texts and arrays for the kernels' tests."""

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from stemma.kernels.tokens import Tokens, tokenise

WORDS = st.sampled_from(
    [
        "the",
        "river",
        "bridge",
        "of",
        "council",
        "vote",
        "münchen",
        "été",
        "Київ",
        "12",
        "naïve",
        "東京都",
        "ไทย",
        "a",
        "to",
    ]
)
PROSE = st.lists(WORDS, max_size=60).map(" ".join)
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)


def tokens_of(*texts: str) -> Tokens:
    array = pa.array(texts, pa.large_string())
    _, offsets, data = array.buffers()
    return tokenise(
        np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8),
        np.frombuffer(offsets, np.int64)[: len(texts) + 1],
    )


def words_of(text: str) -> list[str]:
    tokens = tokens_of(text)
    return [text[a:b] for a, b in zip(tokens.start, tokens.stop, strict=True)]
