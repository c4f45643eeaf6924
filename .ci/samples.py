"""Holds README and docs to what the program says: every sample of output is made again and compared.

    python3 .ci/samples.py PARALLAX RESULTS            # exit code 1 where a sample differs
    python3 .ci/samples.py PARALLAX RESULTS --renew    # writes the samples anew

PARALLAX is the program, RESULTS the output folder of the demo study. A sample is a console block that begins with
"$ parallax", or a text block under a comment "<!-- row of TABLE: column=value ... -->". A line "..." stands for lines left out.
Pictures are figures of those results, copied beside the demo study. A page with the comment "<!-- in a folder of its own -->"
is followed step by step in an empty folder, as a reader would: blocks under "<!-- file PATH -->" and "<!-- append to PATH -->"
are written there, and "<!-- coded SHEET frame: words|of it; ... -->" fills in a coder's sheet.
"""

import csv
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIGURE = re.compile(r"\]\((?:\.\./)?(corpora/ukraine-crisis/(\w+\.svg))\)")
STEP = re.compile(
    r"^```console\n\$ (?P<command>parallax [^\n]*)\n(?P<output>.*?)^```$"
    r"|^<!-- row of (?P<table>\S+): (?P<conditions>[^\n]*) -->\n```text\n.*?^```$"
    r"|^<!-- (?P<how>file|append to) (?P<path>\S+) -->\n```\w*\n(?P<content>.*?)^```$"
    r"|^<!-- coded (?P<sheet>\S+) (?P<codes>[^\n]*) -->$",
    re.MULTILINE | re.DOTALL,
)
OWN_FOLDER = "<!-- in a folder of its own -->"


class Page:
    """A page, followed from above to below."""

    def __init__(self, path, parallax, results):
        self.path, self.parallax = path, parallax
        self.text = path.read_text(encoding="utf-8")
        self.own = tempfile.TemporaryDirectory() if OWN_FOLDER in self.text else None
        self.folder = Path(self.own.name) if self.own else ROOT
        self.tables = self.folder if self.own else results
        self.samples = 0

    def renewed(self):
        """The page with every sample made again."""
        return STEP.sub(self.step, self.text)

    def step(self, match):
        """A step done, and what the page should show of it."""
        if match["command"]:
            self.samples += 1
            lines = shortened(self.output_of(match["command"]), match["output"])
            return "\n".join(["```console", f"$ {match['command']}", *lines, "```"])
        if match["table"]:
            self.samples += 1
            head, rows = f"<!-- row of {match['table']}: {match['conditions']} -->", self.row_of(match["table"], match["conditions"])
            return "\n".join([head, "```text", *rows, "```"])
        if match["path"]:
            (self.folder / match["path"]).parent.mkdir(parents=True, exist_ok=True)
            with open(self.folder / match["path"], "a" if match["how"] == "append to" else "w", encoding="utf-8") as file:
                file.write(match["content"])
        else:
            fill_in(self.folder / match["sheet"], match["codes"])
        return match[0]

    def output_of(self, command):
        """What a command prints, results and messages."""
        arguments = shlex.split(command, comments=True)[1:]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "encoding": "utf-8"}
        done = subprocess.run([self.parallax, *arguments], cwd=self.folder, check=False, **streams)
        if done.returncode != 0:
            sys.exit(f"{self.path.name}: {command}: exit code {done.returncode}\n{done.stdout}")
        return done.stdout.splitlines()

    def row_of(self, table, conditions):
        """The one row of a table that meets the conditions, a column a line, without the empty cells."""
        wanted = dict(condition.split("=", 1) for condition in shlex.split(conditions))
        with open(self.tables / table, encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if all(row[name] == value for name, value in wanted.items())]
        if len(rows) != 1:
            sys.exit(f"{self.path.name}: {table}: {len(rows)} rows with {conditions}")
        width = max(map(len, rows[0]))
        return [f"{name:{width}}  {value}" for name, value in rows[0].items() if value]


def fill_in(sheet, codes):
    """Codes every row of a coder's sheet: 1 where the sentence has one of the words that are told for a frame, else 0."""
    frames = dict(part.split(":") for part in codes.split(";"))
    with open(sheet, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(sheet, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        for row in rows:
            found = {frame.strip(): re.search(words.strip(), row["text"], re.IGNORECASE) for frame, words in frames.items()}
            writer.writerow(row | {frame: int(bool(match)) for frame, match in found.items()})


def shortened(lines, sample):
    """The lines as the sample shows them: as many of the first and of the last around its "..."."""
    shown = sample.splitlines()
    gaps = [at for at, line in enumerate(shown) if line.strip() == "..."]
    if not gaps:
        return lines
    (gap,) = gaps
    last = len(shown) - gap - 1
    return [*lines[:gap], shown[gap], *lines[len(lines) - last :]]


def hold(path, parallax, results, renew):
    """Compares or renews the samples and pictures of a page; tells how many samples it has."""
    page = Page(path, parallax, results)
    name = path.relative_to(ROOT)
    for copy, figure in FIGURE.findall(page.text):
        shown, drawn = ROOT / copy, (results / "figures" / figure).read_bytes()
        if renew:
            shown.write_bytes(drawn)
        elif shown.read_bytes() != drawn:
            sys.exit(f"{copy}: not the figure of the results; renew with --renew")
    now = page.renewed()
    if renew:
        path.write_text(now, encoding="utf-8")
    elif now != page.text:
        pairs = zip(page.text.splitlines(), now.splitlines())
        was, found = next(((was, found) for was, found in pairs if was != found), ("more lines", "fewer lines"))
        sys.exit(f"{name} shows\n  {was}\nwhere the program says\n  {found}\nRenew: python3 .ci/samples.py PARALLAX RESULTS --renew")
    return page.samples


def main():
    parallax, results = (Path(argument).resolve() for argument in sys.argv[1:3])
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
    samples = sum(hold(page, parallax, results, "--renew" in sys.argv) for page in pages)
    print(f"README and docs: {samples} samples of output are what the program says")


main()
