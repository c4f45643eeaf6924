"""Finds the program and starts it. Not here: what it is started for."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sysconfig
from collections.abc import Sequence

from parallax._pipe import ParallaxError, failure

# A check that said no, such as an example of a rule that fails; every other failure is 2.
_SAYS_NO = 1


class CheckFailed(ParallaxError):
    """The program did its work, and a check said no."""


def program() -> str:
    """The path of the program: the one of the environment variable ``PARALLAX``, of this installation, or of ``PATH``.

    Raises ParallaxError where there is none.
    """
    name = "parallax.exe" if os.name == "nt" else "parallax"
    beside = os.path.join(sysconfig.get_path("scripts"), name)
    found = os.environ.get("PARALLAX") or (beside if os.path.exists(beside) else shutil.which(name))
    if found is None:
        raise ParallaxError("the program parallax is not installed; pip install the wheel again")
    return found


def start(arguments: Sequence[str | os.PathLike[str]]) -> str:
    """Runs the program to its end, and returns what it printed.

    Raises CheckFailed or ParallaxError where it did not end well: an engine that retries a task sees every failure, also a
    program that was killed.
    """
    command = [program(), *(os.fspath(argument) for argument in arguments)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        out, errors = child.communicate()
    except KeyboardInterrupt:
        # The shell sends Ctrl-C to both, a notebook only to Python. The program clears away what is half-written.
        child.send_signal(signal.SIGINT)
        child.communicate()
        raise
    if child.returncode == 0:
        return out
    trouble = failure(child.returncode, errors.strip() or out)
    raise CheckFailed(str(trouble), _SAYS_NO) if child.returncode == _SAYS_NO else trouble
