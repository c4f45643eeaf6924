"""Holds parts that an engine coded against a single run, byte for byte. PARALLAX names the program."""

import hashlib
import os
import pathlib
import subprocess
import sys
from collections.abc import Callable

# What names the files that were read, and so the parts.
NAMES_FILES = {"manifest.json", "ro-crate-metadata.json"}


def digests(folder: pathlib.Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in NAMES_FILES]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def hold(study: str, place: str, files: list[str], code: Callable[[str, list[str], pathlib.Path], list[str]]) -> None:
    """Bundles the study, has `code` make a part of each file, merges them, and compares with a single run."""
    program, folder = os.environ.get("PARALLAX", "parallax"), pathlib.Path(place).absolute()
    (folder / "parts").mkdir(parents=True)
    bundle = str(folder / "study.plx")
    subprocess.run([program, "bundle", study, "--output", bundle, "--quiet"], check=True)
    parts = code(bundle, [os.path.abspath(file) for file in files], folder / "parts")
    expected = ["--expect", str(len(files)), "--quiet"]
    subprocess.run([program, "merge", bundle, *parts, "--output", str(folder / "merged"), *expected], check=True)
    subprocess.run([program, "run", study, "--output", str(folder / "single"), "--quiet"], check=True)
    single, merged = digests(folder / "single"), digests(folder / "merged")
    different = sorted(name for name in single.keys() | merged.keys() if single.get(name) != merged.get(name))
    if different:
        sys.exit(f"differ from the single run: {', '.join(different)}")
    print(f"{len(single)} files of {len(files)} parts have the bytes of the single run")
