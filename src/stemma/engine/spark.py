"""Spark: the same four verbs over data frames. Workers import the stages, so they need the same Python and stemma.

Start the session with PYSPARK_PYTHON=sys.executable, else workers may run another Python without these libraries.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from stemma.engine.local import conformed, one_batch, sorted_by
from stemma.engine.regroup import regrouped
from stemma.stage import Batch, Stage

#: Rows a batch of whole groups has at least, where there are so many.
_BATCH_ROWS = 100_000

_PAIR = """
SELECT x.page_no AS a, y.page_no AS b, x.position AS a_position, y.position AS b_position
FROM postings x
JOIN (SELECT shingle FROM postings GROUP BY shingle HAVING count(*) BETWEEN 2 AND {cap}) k ON x.shingle = k.shingle
JOIN postings y ON x.shingle = y.shingle AND x.page_no < y.page_no
"""


class Spark:
    """The engine of a cluster. Frames are Spark's data frames; `frame` and `table` lead there and back.

    Every verb's result is worked out at once and its plan cut off: later stages use a frame several times, and plans
    that hold plans grow beyond what Spark can analyse (one trace of twelve pages took over ten minutes).
    """

    name = "spark"

    def __init__(self, session: SparkSession, partitions: int | None = None, batch_rows: int = _BATCH_ROWS) -> None:
        self.session = session
        self.partitions = partitions or session.sparkContext.defaultParallelism
        self.batch_rows = batch_rows

    def frame(self, table: pa.Table) -> DataFrame:
        """Return an Arrow table as a data frame."""
        return self.session.createDataFrame(table)

    def table(self, frame: DataFrame, schema: pa.Schema) -> pa.Table:
        """Return a data frame as an Arrow table of `schema`."""
        return conformed(frame.toArrow(), schema)

    def map(self, stage: Stage, rows: DataFrame, lookup: DataFrame | None = None) -> DataFrame:
        """Run a map stage over all rows."""
        if lookup is not None and stage.keys:
            return self._beside(stage, rows, lookup, stage.keys)
        run = stage.run if lookup is None else partial(_with_table, stage.run, lookup.toArrow())
        return rows.mapInArrow(partial(_mapped, run, stage), from_arrow_schema(stage.gives)).localCheckpoint()

    def pair(self, postings: DataFrame, df_cap: int) -> DataFrame:
        """Return the seeds of every two pages that share a shingle found in at most `df_cap` pages."""
        return self.join(_PAIR.format(cap=int(df_cap)), postings=postings)

    def join(self, sql: str, **frames: DataFrame) -> DataFrame:
        """Run SQL over the frames by their names."""
        for name, frame in frames.items():
            frame.createOrReplaceTempView(name)
        return self.session.sql(sql).localCheckpoint()

    def group(self, stage: Stage, rows: DataFrame, lookup: DataFrame | None = None) -> DataFrame:
        """Run a group stage over whole groups, sorted by the stage's `by` and `order`."""
        by = list(stage.by or ())
        if lookup is not None:
            return self._beside(stage, rows, lookup, tuple(by))
        gathered = rows.repartition(self.partitions, *by) if by else rows.coalesce(1)
        ordered = gathered.sortWithinPartitions(*by, *stage.order) if by or stage.order else gathered
        run = partial(_grouped, stage, self.batch_rows)
        return ordered.mapInArrow(run, from_arrow_schema(stage.gives)).localCheckpoint()

    def _beside(self, stage: Stage, rows: DataFrame, lookup: DataFrame, together: tuple[str, ...]) -> DataFrame:
        """Run a stage on buckets of rows, each beside the rows of the look-up table that its keys name."""
        left = rows.withColumn("_bucket", sql.pmod(sql.xxhash64(*together), sql.lit(self.partitions)))
        named = [left.select(sql.col("_bucket").alias("_at"), sql.col(key).alias("_key")) for key in stage.keys]
        wanted = named[0]
        for further in named[1:]:
            wanted = wanted.union(further)
        right = lookup.join(wanted.distinct(), lookup[stage.lookup or ""] == wanted["_key"]).drop("_key")
        both = left.groupBy("_bucket").cogroup(right.groupBy("_at"))
        return both.applyInArrow(partial(_cogrouped, stage), from_arrow_schema(stage.gives)).localCheckpoint()


def _with_table(run: Callable[..., Batch], lookup: pa.Table, batch: Batch) -> Batch:
    return run(batch, lookup)


def _mapped(run: Callable[[Batch], Batch], stage: Stage, batches: Iterable[Batch]) -> Iterator[Batch]:
    for batch in batches:
        yield run(one_batch(conformed(pa.Table.from_batches([batch]), stage.takes)))


def _grouped(stage: Stage, most_rows: int, batches: Iterable[Batch]) -> Iterator[Batch]:
    everything = most_rows if stage.by else (1 << 62)
    for batch in regrouped(batches, stage.by or (), everything):
        yield stage.run(one_batch(conformed(pa.Table.from_batches([batch]), stage.takes)))


def _cogrouped(stage: Stage, rows: pa.Table, lookup: pa.Table) -> pa.Table:
    taken = sorted_by(conformed(rows, stage.takes), [*(stage.by or ()), *stage.order])
    return pa.Table.from_batches([stage.run(one_batch(taken), lookup.drop_columns("_at"))], schema=stage.gives)
