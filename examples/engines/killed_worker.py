"""Holds parts that Dask coded, with a worker killed on the way, against a single run: `python killed_worker.py STUDY FOLDER FILE...`.

Two worker processes; as soon as a part is done the other worker is killed with SIGKILL, and Dask starts a new one. Every table, figure and page
must have the bytes of the single run. PARALLAX names the program.
"""

import hashlib
import os
import pathlib
import signal
import subprocess
import sys

from dask.distributed import Client, LocalCluster, as_completed

from dask_parts import code

# What names the files that were read, and so the parts.
NAMES_FILES = {"manifest.json", "ro-crate-metadata.json"}


def digests(folder: pathlib.Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in NAMES_FILES]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


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


def main(study: str, place: str, *files: str) -> None:
    program, folder = os.environ.get("PARALLAX", "parallax"), pathlib.Path(place).absolute()
    (folder / "parts").mkdir(parents=True)
    bundle = str(folder / "study.plx")
    subprocess.run([program, "bundle", study, "--output", bundle, "--quiet"], check=True)
    parts = code_with_a_kill(bundle, [os.path.abspath(file) for file in files], folder / "parts")
    expected = ["--expect", str(len(files)), "--quiet"]
    subprocess.run([program, "merge", bundle, *parts, "--output", str(folder / "merged"), *expected], check=True)
    subprocess.run([program, "run", study, "--output", str(folder / "single"), "--quiet"], check=True)
    single, merged = digests(folder / "single"), digests(folder / "merged")
    different = sorted(name for name in single.keys() | merged.keys() if single.get(name) != merged.get(name))
    if different:
        sys.exit(f"differ from the single run: {', '.join(different)}")
    print(f"{len(single)} files of {len(files)} parts have the bytes of the single run")


if __name__ == "__main__":
    main(*sys.argv[1:])
