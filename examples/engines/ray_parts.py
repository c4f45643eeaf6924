"""Codes the parts of a corpus with Ray, and merges them.

    python ray_parts.py study.plx results articles/*.csv

Each file is a part. Bundle, files and parts must lie where every worker sees them. `max_retries` tries a part again whose worker was
lost, `retry_exceptions` one whose program was killed. PARALLAX names the program where it is not on the PATH.
"""

import os
import pathlib
import subprocess
import sys

import ray


@ray.remote(num_cpus=1, max_retries=3, retry_exceptions=True)
def code(bundle: str, file: str, part: str) -> str:
    """Codes one file on a worker; raises where the program does not end well."""
    program = os.environ.get("PARALLAX", "parallax")
    done = subprocess.run([program, "code", bundle, file, "--output", part, "--threads", "1", "--quiet"], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{file}: {done.stderr.strip() or f'ended with {done.returncode}'}")
    return part


def main(bundle: str, results: str, *files: str) -> None:
    folder = pathlib.Path(f"{results}-parts").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    ray.init()
    bundle = os.path.abspath(bundle)
    parts = ray.get([code.remote(bundle, os.path.abspath(file), str(folder / f"{at:05}")) for at, file in enumerate(files)])
    program = os.environ.get("PARALLAX", "parallax")
    merge = [program, "merge", bundle, *sorted(parts), "--expect", str(len(files)), "--output", results, "--quiet"]
    sys.exit(subprocess.run(merge).returncode)


if __name__ == "__main__":
    main(*sys.argv[1:])
