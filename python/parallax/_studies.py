"""Studies from Python: run one, code with a bundle, merge parts."""

from __future__ import annotations

import os
import pathlib
import tempfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from parallax._program import start
from parallax._tables import Results, read

if TYPE_CHECKING:
    import pandas

_Path = "str | os.PathLike[str]"

# The tables that say something of single documents.
_OF_DOCUMENTS = ("codings", "attributions", "documents", "excluded")


def run(study: _Path, output: _Path, *, threads: int | None = None) -> Results:
    """Runs a study into the folder ``output``, and gives its tables."""
    start(["run", study, "--output", output, "--quiet", *_threads(threads)])
    return read(output)


def merge(
    bundle: _Path, parts: Iterable[_Path], output: _Path, *, expect: int | None = None, threads: int | None = None
) -> Results:
    """Makes of coded parts the tables, figures and page of a single run, byte for byte.

    ``expect`` says how many parts there are, so that a lost one raises an error.
    """
    expected = [] if expect is None else ["--expect", str(expect)]
    start(["merge", bundle, *parts, "--output", output, "--quiet", *expected, *_threads(threads)])
    return read(output)


class Coder:
    """Codes documents as a bundle says, which ``parallax bundle`` made of a study.

    May be pickled: a worker needs the bundle under the same path, and this package.
    """

    def __init__(self, bundle: _Path) -> None:
        self.bundle = os.fspath(bundle)
        if not os.path.isfile(self.bundle):
            raise FileNotFoundError(f"{self.bundle}: no such bundle; make it with parallax bundle")

    def code_part(self, files: _Path | Iterable[_Path], output: _Path, *, like: str | None = None, threads: int | None = None) -> str:
        """Codes files into the folder ``output``, a part for ``merge``; returns the folder.

        The folder is written whole or not at all, and one that is there is written anew: a task may be tried again.
        """
        files = [files] if isinstance(files, (str, os.PathLike)) else list(files)
        alike = [] if like is None else ["--like", like]
        start(["code", self.bundle, *files, "--output", output, "--quiet", *alike, *_threads(threads)])
        return os.fspath(output)

    def code(self, table: Any, *, threads: int | None = None) -> dict[str, pandas.DataFrame]:
        """Codes a table with the columns of the corpus, one row a document.

        ``table`` is a data frame of pandas or Polars, a relation of DuckDB, a table of pyarrow: whatever has
        ``__arrow_c_stream__``. Gives the data frames ``codings``, ``attributions``, ``documents`` and ``excluded``.
        """
        with tempfile.TemporaryDirectory() as folder:
            corpus, part, results = (os.path.join(folder, name) for name in ("table.jsonl", "part", "results"))
            _write_lines(table, pathlib.Path(corpus))
            self.code_part(corpus, part, threads=threads)
            tables = merge(self.bundle, [part], results, expect=1, threads=threads)
            return {name: tables[name] for name in _OF_DOCUMENTS if name in tables}

    def __repr__(self) -> str:
        return f"Coder({self.bundle!r})"


def _threads(threads: int | None) -> list[str]:
    return [] if threads is None else ["--threads", str(threads)]


def _write_lines(table: Any, path: pathlib.Path) -> None:
    """The rows as JSON Lines, batch by batch; a missing value is no value."""
    import json

    import pyarrow

    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(f"{type(table).__name__} is no table: it has no __arrow_c_stream__")
    reader = pyarrow.RecordBatchReader.from_stream(table)
    with path.open("w", encoding="utf-8") as lines:
        for batch in reader:
            for row in batch.to_pylist():
                kept = {name: value for name, value in row.items() if value is not None}
                lines.write(json.dumps(kept, ensure_ascii=False, default=str) + "\n")
