"""Codes a table of Spark with `mapInArrow`, and merges what the partitions came to.

    spark-submit spark_arrow.py study.plx results articles.parquet                                        # with the wheel
    spark-submit --files parallax,study.plx --py-files python/parallax/_pipe.py spark_arrow.py ...        # without: the program and one file

Each partition goes through a program of its own, batch by batch, and becomes a part in a folder that every worker sees; its answers (a row for
each document, with codings as lists) go to `results-coded` as Parquet. A program that is killed raises, and Spark tries the partition again
(`spark.task.maxFailures`): a part is there whole or not at all, and trying twice is the same as once.
"""

import json
import os
import pathlib
import subprocess
import sys
from collections.abc import Iterable, Iterator

from pyspark import SparkFiles, TaskContext
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema


def shipped(name: str) -> str | None:
    """A file of `--files` on this worker."""
    path = SparkFiles.get(os.path.basename(name))
    return path if os.path.exists(path) else None


def command(bundle: str, *more: str) -> list[str]:
    program = shipped("parallax") or os.environ.get("PARALLAX", "parallax")
    return [program, "code", shipped(bundle) or bundle, "--arrow", "--quiet", "--threads", "1", *more]


def pipe():
    """The library of the wheel, or the one file of it that was shipped."""
    try:
        from parallax import _pipe
    except ImportError:
        import _pipe
    return _pipe


def code(table: DataFrame, bundle: str, parts: pathlib.Path) -> DataFrame:
    """The answers to a table, whose partitions become parts as they are computed."""
    columns = pipe().columns(command(bundle), to_arrow_schema(table.schema))

    def code_partition(batches: Iterable) -> Iterator:
        part = parts / f"{TaskContext.get().partitionId():05}"
        return pipe().answers(command(bundle, "--output", str(part)), batches)

    return table.mapInArrow(code_partition, from_arrow_schema(columns))


def coded_parts(parts: pathlib.Path, answered: int) -> list[str]:
    """The parts, which must hold as many records as were answered."""
    heads = sorted(parts.glob("*/part.json"))
    records = sum(json.loads(head.read_text())["lines"] for head in heads)
    if records != answered:
        sys.exit(f"{parts}: {records} records in {len(heads)} parts, but {answered} answers; start with an empty folder")
    return [str(head.parent) for head in heads]


def main(bundle: str, results: str, *files: str) -> None:
    parts = pathlib.Path(f"{results}-parts").absolute()
    parts.mkdir(parents=True)
    spark = SparkSession.builder.appName("parallax").getOrCreate()
    table = spark.read.json(list(files)) if files[0].endswith(".jsonl") else spark.read.parquet(*files)
    answers = code(table, os.path.abspath(bundle), parts)
    answers.write.parquet(f"{results}-coded")
    answered = spark.read.parquet(f"{results}-coded").count()
    spark.stop()
    program = os.environ.get("PARALLAX", "parallax")
    merge = [program, "merge", bundle, *coded_parts(parts, answered), "--output", results, "--quiet"]
    sys.exit(subprocess.run(merge).returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
