"""Codes the parts of a corpus with Spark, and merges them.

    spark-submit --files parallax,study.plx spark_parts.py study.plx results articles/*.csv

Each file is a part and a task of its own. `--files` ships program and bundle to every worker; articles and parts must lie where every worker
sees them. A task whose program was killed raises, and Spark tries it again (`spark.task.maxFailures`).
"""

import os
import pathlib
import subprocess
import sys
from collections.abc import Iterator

from pyspark import SparkFiles
from pyspark.sql import SparkSession


def code(tasks: Iterator[tuple[str, str, str]]) -> Iterator[str]:
    """Codes the files of a partition on a worker; raises where the program does not end well."""
    for bundle, file, part in tasks:
        program = SparkFiles.get("parallax")
        program = program if os.path.exists(program) else os.environ.get("PARALLAX", "parallax")
        shipped = SparkFiles.get(os.path.basename(bundle))
        arguments = ["code", shipped if os.path.exists(shipped) else bundle, file, "--output", part, "--threads", "1", "--quiet"]
        done = subprocess.run([program, *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{file}: {done.stderr.strip() or f'ended with {done.returncode}'}")
        yield part


def main(bundle: str, results: str, *files: str) -> None:
    folder = pathlib.Path(f"{results}-parts").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    spark = SparkSession.builder.appName("parallax").getOrCreate()
    tasks = [(os.path.abspath(bundle), os.path.abspath(file), str(folder / f"{at:05}")) for at, file in enumerate(files)]
    parts = spark.sparkContext.parallelize(tasks, numSlices=len(tasks)).mapPartitions(code).collect()
    spark.stop()
    program = os.environ.get("PARALLAX", "parallax")
    merge = [program, "merge", bundle, *sorted(parts), "--expect", str(len(files)), "--output", results, "--quiet"]
    sys.exit(subprocess.run(merge).returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
