"""Holds parts that Spark coded, with an executor killed on the way, against a single run: `python killed_executor.py STUDY FOLDER FILE...`.

Two executors of a local cluster, each a process of its own. The one that gets the second file codes it, so that its part is there, and is then
killed with SIGKILL, before Spark hears of the part; Spark starts another and codes the file again. Every table, figure and page must have the
bytes of the single run. PARALLAX names the program. Looks for the executor in /proc, so Linux only; `.ci/spark` installs what it needs.
"""

import os
import pathlib
import signal
import sys
from collections.abc import Iterator

from pyspark import TaskContext
from pyspark.sql import SparkSession

from single_run import hold
from spark_parts import code

MASTER = "local-cluster[2,1,1024]"
KILLED = 1


def ancestors(pid: int) -> Iterator[int]:
    """The parent of a process, its parent, and so on."""
    while pid > 1:
        pid = int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
        yield pid


def kill_own_executor() -> None:
    """Ends the executor that this Python works for, and so all that it had in hand."""
    for pid in ancestors(os.getpid()):
        if b"CoarseGrainedExecutorBackend" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
            os.kill(pid, signal.SIGKILL)
            return
    raise RuntimeError("no executor among the processes above")


def code_once_in_vain(tasks: Iterator[tuple[str, str, str]]) -> Iterator[tuple[str, int]]:
    context = TaskContext.get()
    parts = list(code(tasks))
    if context.partitionId() == KILLED and context.attemptNumber() == 0:
        kill_own_executor()
    for part in parts:
        yield part, context.attemptNumber()


def code_with_a_kill(bundle: str, files: list[str], folder: pathlib.Path) -> list[str]:
    """Codes each file as a part, and kills an executor on the way."""
    spark = SparkSession.builder.appName("parallax").master(MASTER).config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.addPyFile(str(pathlib.Path(__file__).with_name("spark_parts.py")))
    tasks = [(bundle, file, str(folder / f"{at:05}")) for at, file in enumerate(files)]
    done = spark.sparkContext.parallelize(tasks, numSlices=len(tasks)).mapPartitions(code_once_in_vain).collect()
    spark.stop()
    assert dict(done)[tasks[KILLED][2]] > 0, "no part was coded again"
    print(f"killed an executor; {sum(attempt > 0 for _, attempt in done)} of {len(done)} parts were coded again")
    return sorted(part for part, _ in done)


if __name__ == "__main__":
    hold(sys.argv[1], sys.argv[2], sys.argv[3:], code_with_a_kill)
