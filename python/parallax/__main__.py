"""``python -m parallax`` is ``parallax``."""

import subprocess
import sys

from parallax._program import program

if __name__ == "__main__":
    sys.exit(subprocess.call([program(), *sys.argv[1:]]))
