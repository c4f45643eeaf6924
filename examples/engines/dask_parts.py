"""Codes the parts of a corpus with Dask, and merges them.

    python dask_parts.py study.plx results articles/*.csv

Each file is a part. On a cluster give Client the scheduler's address; bundle, files and parts must lie where every worker sees them. A
worker that is lost, and a program that is killed, make Dask try the part again: `code` writes a part whole or not at all, so that
trying it twice is the same as once. PARALLAX names the program where it is not on the PATH.
"""

import os
import pathlib
import subprocess
import sys

from dask.distributed import Client, as_completed


def code(bundle: str, file: str, part: str) -> str:
    """Codes one file on a worker; raises where the program does not end well, so that the engine tries again."""
    program = os.environ.get("PARALLAX", "parallax")
    done = subprocess.run([program, "code", bundle, file, "--output", part, "--threads", "1", "--quiet"], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{file}: {done.stderr.strip() or f'ended with {done.returncode}'}")
    return part


def code_parts(client: Client, bundle: str, files: list[str], folder: pathlib.Path) -> list[str]:
    """All parts, each tried at most four times."""
    tasks = [client.submit(code, bundle, file, str(folder / f"{at:05}"), retries=3, pure=False) for at, file in enumerate(files)]
    return sorted(task.result() for task in as_completed(tasks))


def main(bundle: str, results: str, *files: str) -> None:
    folder = pathlib.Path(f"{results}-parts")
    folder.mkdir(parents=True, exist_ok=True)
    with Client() as client:
        parts = code_parts(client, os.path.abspath(bundle), [os.path.abspath(file) for file in files], folder.absolute())
    program = os.environ.get("PARALLAX", "parallax")
    merge = [program, "merge", bundle, *parts, "--expect", str(len(files)), "--output", results, "--quiet"]
    sys.exit(subprocess.run(merge).returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
