"""Sends batches of documents through the program, and takes its answers.

This file stands alone, so that an engine may ship it to its workers by itself (``spark-submit --py-files _pipe.py``). It needs pyarrow.
"""

from __future__ import annotations

import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow

# Rows that are sent at once: what a batch and its answer take in memory does not grow with the batches that come.
_ROWS = 1000

# How long a program may take to clear away what is half-written, in seconds.
_PATIENCE = 10


class ParallaxError(RuntimeError):
    """The program stopped; the text is what it said, with the place and the remedy.

    ``exit_code`` is what it ended with; less than 0 where a signal of that number ended it.
    """

    def __init__(self, message: str, exit_code: int | None = None) -> None:
        super().__init__(message)
        self.exit_code = exit_code

    def __reduce__(self):
        return type(self), (str(self), self.exit_code)


def failure(exit_code: int, said: str) -> ParallaxError:
    """What to raise of a program that did not end well."""
    if exit_code < 0:
        message = f"the program was ended by signal {-exit_code} (exit code {exit_code}; memory may have run out)"
    else:
        message = said.strip() or f"the program ended with exit code {exit_code}"
    return ParallaxError(message, exit_code)


def answers(
    command: Sequence[str], batches: Iterable[pyarrow.RecordBatch], schema: pyarrow.Schema | None = None
) -> Iterator[pyarrow.RecordBatch]:
    """What ``command``, which is ``parallax code BUNDLE --arrow``, answers to the batches, in their order.

    A batch of more than 1,000 rows is answered in several. ``schema`` is that of the batches, where there may be none. A program that
    ends before it has answered everything raises ParallaxError: an engine that retries tasks sees it, as the end of a stream it would not.
    """
    rest = iter(batches)
    first = next(rest, None) if schema is None else None
    if first is None and schema is None:
        return
    talk = _Talk(command, schema or first.schema)
    try:
        if first is not None:
            yield from talk.ask(first)
        for batch in rest:
            yield from talk.ask(batch)
        talk.finish()
    finally:
        talk.leave()


def columns(command: Sequence[str], schema: pyarrow.Schema) -> pyarrow.Schema:
    """The columns of the answers to batches of this schema."""
    talk = _Talk(command, schema)
    try:
        talk.finish()
        return talk.reader.schema
    finally:
        talk.leave()


class _Talk:
    """A program that is asked and answers."""

    def __init__(self, command: Sequence[str], schema: pyarrow.Schema) -> None:
        self.said = tempfile.TemporaryFile()
        self.child = subprocess.Popen(list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.said)
        self.schema, self.writer, self.reader = schema, None, None

    def ask(self, batch: pyarrow.RecordBatch) -> Iterator[pyarrow.RecordBatch]:
        for start in range(0, batch.num_rows, _ROWS):
            yield self._try(lambda: self._answer(batch.slice(start, _ROWS)))

    def finish(self) -> None:
        """Says that nothing more comes, and waits until the program has done its work."""
        self._try(self._finish)
        self.child.wait()
        if self.child.returncode != 0:
            raise self._failure()

    def leave(self) -> None:
        """Ends a program that nobody wants to hear any more, which leaves nothing half-written."""
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                self.child.wait(_PATIENCE)
            self.child.kill()
            self.child.wait()
        for stream in (self.child.stdin, self.child.stdout, self.said):
            with suppress(OSError):
                stream.close()

    def _try(self, step):
        import pyarrow

        try:
            return step()
        except (OSError, StopIteration, pyarrow.ArrowException) as trouble:
            with suppress(OSError):
                self.child.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                self.child.wait(_PATIENCE)
            # A program that lives on did its part: the trouble is of the batch.
            if self.child.poll() is None or self.child.returncode == 0:
                raise ParallaxError(f"the batch cannot be sent or its answer read: {trouble!r}") from trouble
            raise self._failure() from trouble

    def _open(self) -> None:
        from pyarrow import ipc

        if self.writer is None:
            self.writer = ipc.new_stream(self.child.stdin, self.schema)
            self.child.stdin.flush()

    def _read(self) -> None:
        from pyarrow import ipc

        if self.reader is None:
            self.reader = ipc.open_stream(self.child.stdout)

    def _answer(self, batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
        self._open()
        self.writer.write_batch(batch)
        self.child.stdin.flush()
        self._read()
        answer = self.reader.read_next_batch()
        if answer.num_rows != batch.num_rows:
            raise OSError(f"{answer.num_rows} answers to {batch.num_rows} documents")
        return answer

    def _finish(self) -> None:
        self._open()
        self.writer.close()
        self.child.stdin.close()
        self._read()
        with suppress(StopIteration):
            self.reader.read_next_batch()
            raise OSError("an answer to nothing")

    def _failure(self) -> ParallaxError:
        self.said.seek(0)
        return failure(self.child.returncode, self.said.read().decode("utf-8", "replace"))
