"""Compare how news outlets tell the same story, from Python.

The library starts the program ``parallax`` that the wheel holds: whatever it gives is what the shell gives, byte for byte.
"""

from parallax._program import CheckFailed, ParallaxError, program
from parallax._studies import Coder, merge, run
from parallax._tables import Results, read

__all__ = ["CheckFailed", "Coder", "ParallaxError", "Results", "merge", "program", "read", "run"]
