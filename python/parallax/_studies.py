"""Studies from Python: run one, code with a bundle, merge parts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from parallax import _pipe
from parallax._program import program, start
from parallax._tables import Results, read

if TYPE_CHECKING:
    import pyarrow

_Path = "str | os.PathLike[str]"

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

    def code(self, table: Any, *, like: str | None = None, threads: int | None = None) -> pyarrow.Table:
        """Codes a table with the columns of the corpus, one row a document: one row of the answer each, in their order.

        ``table`` is a data frame of pandas or Polars, a relation of DuckDB, a table of pyarrow: whatever has
        ``__arrow_c_stream__``, as the answer has, too (``polars.DataFrame(coder.code(table))``). Its columns ``counts``, ``codings`` and
        ``attributions`` are lists with the rows of ``documents.csv``, ``codings.csv`` and ``attributions.csv``; ``excluded`` says why a
        row is no document of the study, and ``detail`` what would be right.
        """
        import pyarrow

        if not hasattr(table, "__arrow_c_stream__"):
            raise TypeError(f"{type(table).__name__} is no table: it has no __arrow_c_stream__")
        reader = pyarrow.RecordBatchReader.from_stream(table)
        command = self._command(None, like, threads)
        answers = list(_pipe.answers(command, reader, reader.schema))
        schema = answers[0].schema if answers else _pipe.columns(command, reader.schema)
        return pyarrow.Table.from_batches(answers, schema)

    def code_batches(
        self,
        batches: Iterable[pyarrow.RecordBatch],
        part: _Path | None = None,
        *,
        like: str | None = None,
        threads: int | None = None,
    ) -> Iterator[pyarrow.RecordBatch]:
        """Codes batches as they come, such as those of ``mapInArrow`` of Spark; answers as :meth:`code`, batch by batch.

        With ``part``, a folder, the documents also become a part for ``merge``, which is there when the answers end. No batches, no
        part. A program that is killed raises ParallaxError.
        """
        return _pipe.answers(self._command(part, like, threads), batches)

    def columns(self, schema: pyarrow.Schema) -> pyarrow.Schema:
        """The columns of the answers to tables of this schema, for engines that ask before they compute."""
        return _pipe.columns(self._command(None, None, 1), schema)

    def _command(self, part: _Path | None, like: str | None, threads: int | None) -> list[str]:
        output = [] if part is None else ["--output", os.fspath(part)]
        alike = [] if like is None else ["--like", like]
        return [program(), "code", self.bundle, "--arrow", "--quiet", *output, *alike, *_threads(threads)]

    def __repr__(self) -> str:
        return f"Coder({self.bundle!r})"


def _threads(threads: int | None) -> list[str]:
    return [] if threads is None else ["--threads", str(threads)]
