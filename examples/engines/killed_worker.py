"""Holds parts that Dask coded, with a worker killed on the way, against a single run: `python killed_worker.py STUDY FOLDER FILE...`.

Two worker processes; as soon as a part is done the other worker is killed with SIGKILL, and Dask starts a new one. Every table, figure and page
must have the bytes of the single run. PARALLAX names the program.
"""

import os
import pathlib
import signal
import sys

from dask.distributed import Client, LocalCluster, as_completed

from dask_parts import code
from single_run import hold


def code_with_a_kill(bundle: str, files: list[str], folder: pathlib.Path) -> list[str]:
    """Codes each file as a part, and kills a worker after the first one is done."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        pids = sorted(client.run(os.getpid).values())
        tasks = [client.submit(code, bundle, file, str(folder / f"{at:05}"), retries=3, pure=False) for at, file in enumerate(files)]
        parts = []
        for task in as_completed(tasks):
            parts.append(task.result())
            if len(parts) == 1:
                os.kill(pids[0], signal.SIGKILL)
                print(f"killed worker {pids.index(pids[0]) + 1} of {len(pids)} after {len(parts)} of {len(files)} parts")
        assert sorted(client.run(os.getpid).values()) != pids, "no worker was replaced"
    return sorted(parts)


if __name__ == "__main__":
    hold(sys.argv[1], sys.argv[2], sys.argv[3:], code_with_a_kill)
