#!/usr/bin/env python3
"""Holds README and docs to what the program says: every sample of output is made again and compared.

    python3 .ci/samples.py PARALLAX RESULTS            # exit code 1 where a sample differs
    python3 .ci/samples.py PARALLAX RESULTS --renew    # writes the samples anew

PARALLAX is the program, RESULTS the output folder of the demo study. A sample is a code block that begins with
"$ parallax", or one under a comment "<!-- row of TABLE: column=value ... -->". A line "..." stands for lines left out.
The pictures are figures of those results, copied beside the demo study.
"""

import csv
import functools
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = re.compile(r"^```\n\$ (parallax [^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FIGURE = re.compile(r"\]\((?:\.\./)?(corpora/ukraine-crisis/(\w+\.svg))\)")
ROW = re.compile(r"^<!-- row of (\S+): ([^\n]*) -->\n```\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@functools.cache
def output_of(command, parallax):
    """What a command prints, results and messages."""
    arguments = shlex.split(command, comments=True)[1:]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "encoding": "utf-8"}
    done = subprocess.run([parallax, *arguments], cwd=ROOT, check=False, **streams)
    if done.returncode != 0:
        sys.exit(f"{command}: exit code {done.returncode}\n{done.stdout}")
    return done.stdout.splitlines()


def row_of(table, conditions, results):
    """The one row of a table that meets the conditions, a column a line, without the empty cells."""
    wanted = dict(condition.split("=", 1) for condition in shlex.split(conditions))
    with open(results / table, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row[name] == value for name, value in wanted.items())]
    if len(rows) != 1:
        sys.exit(f"{table}: {len(rows)} rows with {conditions}")
    width = max(map(len, rows[0]))
    return [f"{name:{width}}  {value}" for name, value in rows[0].items() if value]


def shortened(lines, sample):
    """The lines as the sample shows them: as many of the first and of the last around its "..."."""
    shown = sample.splitlines()
    gaps = [at for at, line in enumerate(shown) if line.strip() == "..."]
    if not gaps:
        return lines
    (gap,) = gaps
    last = len(shown) - gap - 1
    return [*lines[:gap], shown[gap], *lines[len(lines) - last :]]


def renewed(page, parallax, results):
    """A page with every sample made again."""

    def command(match):
        lines = shortened(output_of(match[1], parallax), match[2])
        return "\n".join(["```", f"$ {match[1]}", *lines, "```"])

    def row(match):
        return "\n".join([f"<!-- row of {match[1]}: {match[2]} -->", "```", *row_of(match[1], match[2], results), "```"])

    return ROW.sub(row, COMMAND.sub(command, page))


def hold(path, parallax, results, renew):
    """Compares or renews the samples and pictures of a page; tells how many samples it has."""
    page = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT)
    for copy, figure in FIGURE.findall(page):
        shown, drawn = ROOT / copy, (results / "figures" / figure).read_bytes()
        if renew:
            shown.write_bytes(drawn)
        elif shown.read_bytes() != drawn:
            sys.exit(f"{copy}: not the figure of the results; renew with --renew")
    now = renewed(page, parallax, results)
    if renew:
        path.write_text(now, encoding="utf-8")
    elif now != page:
        pairs = zip(page.splitlines(), now.splitlines())
        was, found = next(((was, found) for was, found in pairs if was != found), ("more lines", "fewer lines"))
        sys.exit(f"{name} shows\n  {was}\nwhere the program says\n  {found}\nRenew: python3 .ci/samples.py PARALLAX RESULTS --renew")
    return len(COMMAND.findall(page)) + len(ROW.findall(page))


def main():
    parallax, results = (Path(argument).resolve() for argument in sys.argv[1:3])
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    samples = sum(hold(page, parallax, results, "--renew" in sys.argv) for page in pages)
    print(f"README and docs: {samples} samples of output are what the program says")


main()
