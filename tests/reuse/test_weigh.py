import pyarrow as pa
import pytest
from made import prose

from stemma.engine.local import Local
from stemma.frames import TEXTS
from stemma.reuse.fingerprint import TOKENISE
from stemma.reuse.lists import flat
from stemma.reuse.weigh import COUNT, SUM_COUNTS, weigh


def bits(*texts, batch_rows=None):
    engine = Local(2, batch_rows=batch_rows)
    tokens = engine.map(TOKENISE, pa.table([list(range(len(texts))), list(texts)], schema=TEXTS))
    counts = engine.join(SUM_COUNTS, counts=engine.map(COUNT, tokens))
    return (flat(engine.map(weigh(1000, 2.0), tokens, counts)["bits"]) / 16).tolist()


def test_in_a_case_of_two_pages_a_long_word_tells_more_than_a_short_one():
    of, archipelago, year = bits("of archipelago 1987", "else")[:3]
    assert of < 2 < 5 < archipelago
    assert year <= 2


def test_a_word_on_every_page_tells_less_than_a_rare_one():
    everywhere, rare = bits("harbour lighthouse", *["harbour"] * 3000)[:2]
    assert everywhere < 1 < 6 < rare


@pytest.mark.parametrize("batch_rows", [1, 2])
def test_weights_do_not_depend_on_how_pages_are_cut_into_batches(batch_rows):
    texts = [prose(n, 20) for n in range(5)]
    assert bits(*texts, batch_rows=batch_rows) == bits(*texts)
