"""Each stage of the reuse room on both engines: ids and spans the same, scores to 1e-9, also one row a batch."""

import os
import random
import shutil
import sys

import pyarrow as pa
import pytest

from stemma import descent, reuse
from stemma.engine.local import Local
from stemma.ids import digest
from stemma.reuse import Found
from stemma.settings import Settings
from stemma.tables import EDGES, PAGES

pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::FutureWarning"),
]


@pytest.fixture(scope="module")
def session():
    if shutil.which("java") is None:
        pytest.fail("stages are run on Spark too, which needs Java: apt-get install default-jre-headless")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.driver.bindAddress", "127.0.0.1")
    builder = builder.config("spark.driver.host", "127.0.0.1").config(
        "spark.sql.execution.arrow.maxRecordsPerBatch", "1"
    )
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def pages():
    """Twelve pages of three outlets: copies, a twin pair, captures of one document, a footer, a quotation, no text."""
    words = random.Random(7)
    story = [[f"{words.choice('abcdefgh')}{words.randrange(4000)}x" for _ in range(80)] for _ in range(6)]
    text = [" ".join(line) for line in story]
    footer = " Subscribe to our invented letter and read every morning what the harbour towns are talking about today."
    bodies = [text[0], f"{text[1][:200]} {text[0]}", f"{text[0][:300]} {text[2]}", text[3], text[3], text[4]]
    bodies += [
        f"{text[4][100:]} more",
        f"“{text[5]}” he said",
        f"She heard “{text[5]}” too",
        "",
        text[2][50:],
        text[0][:400],
    ]
    rows = [
        {
            "page_id": digest(str(n)),
            "document_id": str(n if n != 11 else 0),
            "outlet": f"o{n % 2}.example" if n != 3 else None,
            "text": body + (footer if body else ""),
            "completeness": "whole",
            "input": "-",
        }
        for n, body in enumerate(bodies)
    ]
    pages = pa.Table.from_pylist(rows, schema=PAGES.schema)
    return pages.set_column(pages.column_names.index("body_id"), "body_id", reuse.body_ids(pages["text"]))


SETTINGS = Settings().reuse


def found_by(engine, frame, pages):
    texts, numbers = reuse.numbered(pages)
    return reuse.find(engine, frame(texts), frame(numbers), SETTINGS)


def test_reuse_is_the_same_on_spark_one_row_a_batch(session, pages):
    from stemma.engine.spark import Spark

    spark = Spark(session, partitions=2, batch_rows=1)
    local = reuse.named(found_by(Local(2), lambda t: t, pages), pages)
    frames = found_by(spark, spark.frame, pages)
    there = reuse.named(Found(*(frame.toArrow() for frame in frames)), pages)
    assert local.passages.num_rows > 5
    assert set(local.passages["kind"].to_pylist()) == {"copy", "quotation"}
    assert local.furniture.num_rows >= 4
    for name in local._fields:
        assert same(getattr(local, name), getattr(there, name)), name


def test_edges_are_the_same_on_spark(session, pages):
    from stemma.engine.spark import Spark

    spark = Spark(session, partitions=2, batch_rows=1)
    families = reuse.named(found_by(Local(1), lambda t: t, pages), pages).families
    local = descent.edges(Local(2), families, pages)
    dates = pages.select(
        ["page_id", "document_id", "outlet", "published_lo", "published_hi", "published_basis", "seen"]
    )
    there = spark.table(descent.edges(spark, spark.frame(families), spark.frame(dates)), EDGES.schema)
    assert local.num_rows > 5
    assert same(local, there)


def test_batches_of_one_row_change_nothing_locally(pages):
    whole, single = (reuse.named(found_by(Local(2, batch_rows=rows), lambda t: t, pages), pages) for rows in (None, 1))
    for name in whole._fields:
        assert same(getattr(whole, name), getattr(single, name)), name


def same(one, other):
    """Whether two tables hold the same rows, in any order, numbers to 1e-9."""
    rows = [
        sorted(
            tuple(round(v, 9) if isinstance(v, float) else str(v) for v in row.values()) for row in table.to_pylist()
        )
        for table in (one, other)
    ]
    return rows[0] == rows[1]
