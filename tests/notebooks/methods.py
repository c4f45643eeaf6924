"""Runs every Python block of docs/methods and holds what it prints to the block below it.

    python methods.py             # exit code 1 where they differ
    python methods.py --renew     # writes what is printed

The values are those of the program's own tests (src/stats), so that a reader can follow a statistic without Rust.
"""

import contextlib
import io
import re
import sys
from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "docs" / "methods"
EXAMPLE = re.compile(r"(```python\n(.*?)```\n\n```text\n)(.*?)(```\n)", re.DOTALL)


def printed(match):
    """The example with what it prints now."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(match[2], {})
    return match[1] + output.getvalue() + match[4]


def main():
    renew, examples = "--renew" in sys.argv, 0
    for path in sorted(PAGES.glob("*.md")):
        page = path.read_text(encoding="utf-8")
        now, found = EXAMPLE.subn(printed, page)
        examples += found
        if found != page.count("```python"):
            sys.exit(f"{path.name}: a Python block without the block of what it prints")
        if renew:
            path.write_text(now, encoding="utf-8")
        elif now != page:
            sys.exit(f"{path.name}: an example prints something else; see the difference after methods.py --renew")
    print(f"docs/methods: {examples} examples print what the pages say")


main()
