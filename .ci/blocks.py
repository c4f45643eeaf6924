"""Runs the code blocks of README and docs, each by the class that its info string names, in a scratch copy of the demo study.

    python3 .ci/blocks.py PARALLAX RESULTS     # needs pandas and jsonschema; exit code 1 where a block fails or has no class

    console      begins with "$ parallax": .ci/samples.py runs it and compares what it prints
    csv, text    a file, an output or a formula; files and rows of tables are held by .ci/samples.py
    toml         keys of a study file or a codebook, held to `parallax schema`; a codebook's examples also by `parallax check`
    python, r    run; R only where it is installed. Those of docs/methods are run by tests/notebooks/methods.py
    sh           commands, run one after the other
    rust         compiled and run by `cargo test --doc`
    slurm        a script for a cluster, run as its first task

A block under "<!-- not run: REASON -->" is counted and named. PARALLAX is the program, RESULTS the output folder of the demo study.
"""

import csv
import datetime
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "corpora" / "ukraine-crisis"
BLOCK = re.compile(r"(?:^<!-- (?P<comment>[^\n]*) -->\n)?^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
CODEBOOK_KEYS = {"frame", "rule", "lists", "sources"}
# What a reader has in mind where a page says "your model".
BEFORE = {
    "python": "def ask_my_model(text): return int('troops' in text)\n",
    "r": "ask_my_model <- function(text) as.integer(grepl('troops', text))\n",
}


class Trouble(Exception):
    """A block that does not do what it shows."""


def blocks(page):
    """The blocks of a page: line, comment above, class, text."""
    text = page.read_text(encoding="utf-8")
    for match in BLOCK.finditer(text):
        line = text.count("\n", 0, match.start("info")) + 1
        yield line, match["comment"] or "", match["info"].strip(), match["text"]


class Scratch:
    """A folder in which what the pages take for granted is there: the demo study with its results, sheets, parts."""

    def __init__(self, folder, parallax, results):
        self.folder, self.parallax = folder, parallax
        tools = folder / ".tools"
        tools.mkdir()
        (tools / "parallax").symlink_to(parallax)
        path = os.pathsep.join([str(tools), os.environ["PATH"]])
        self.environment = {**os.environ, "PATH": path, "PARALLAX": str(parallax), "PYTHONPATH": str(ROOT / "python"), "PYTHONDONTWRITEBYTECODE": "1"}
        self.environment |= {"SLURM_ARRAY_TASK_ID": "1", "SLURM_CPUS_PER_TASK": "1"}
        shutil.copytree(DEMO, folder / "corpora" / "ukraine-crisis", ignore=shutil.ignore_patterns("results"))
        shutil.copytree(results, folder / "corpora" / "ukraine-crisis" / "results")
        shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("results"), dirs_exist_ok=True)
        shutil.copytree(results, folder / "results")
        for name, part in zip(["01", "02"], ["vestovoy.csv", "daily-pennant.csv"]):
            shutil.copy(folder / "articles" / part, folder / "articles" / f"{name}.csv")
        (folder / "corpus").mkdir()
        with gzip.open(folder / "corpus" / "part-01.csv.gz", "wb") as part:
            part.write((folder / "articles" / "01.csv").read_bytes())
        (folder / "affect.dic").write_text("%\n1\tgood\n%\nhope*\t1\n", encoding="utf-8")
        self.write_coded("coded.csv", 40)
        self.write_coded("new.csv", 8)
        draw = [str(parallax), "sample", "study.toml", "--n", "20", "--strategy", "random", "--quiet", "--output"]
        self.run([*draw, "sentences"])
        self.run([*draw, "drawn", "--coders", "anna,boris", "--overlap", "1", "--blind"])
        shutil.copy(folder / "drawn" / "sample-key.csv", folder)
        for coder in ["anna", "boris"]:
            fill_in(folder / "drawn" / f"{coder}.csv", folder / f"{coder}.csv")

    def write_coded(self, name, rows):
        words = ["The council votes", "A shameful scheme"]
        lines = [f"{row},{words[row % 2]} on day {row}.,{['fair', 'slanted'][row % 2]}\n" for row in range(rows)]
        (self.folder / name).write_text("id,text,label\n" + "".join(lines), encoding="utf-8")

    def run(self, command, **more):
        done = subprocess.run(command, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, **more)
        if done.returncode != 0:
            raise Trouble(f"exit code {done.returncode}\n{done.stdout[-600:]}{done.stderr[-1200:]}")
        return done.stdout


def fill_in(sheet, copy):
    """A coder's sheet with an answer in every cell for a frame that is empty."""
    with open(sheet, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(copy, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        frames = {frame["id"] for frame in tomllib.loads((DEMO / "codebook.toml").read_text(encoding="utf-8"))["frame"]}
        for row in rows:
            writer.writerow({name: "0" if name in frames else cell for name, cell in row.items()})


def plain(value):
    """TOML as the JSON that a schema is of: days as texts."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def toml(scratch, text):
    """Holds a part of a study file or of a codebook to the schema, with what it lacks filled in."""
    keys = tomllib.loads(text)
    is_codebook = bool(CODEBOOK_KEYS & keys.keys())
    if not is_codebook:
        keys = {"codebook": "codebook.toml", "corpus": [{"path": "articles.csv"}]} | keys
    else:
        frames = {frame["id"] for frame in keys.get("frame", [])}
        missing = {rule["frame"] for rule in keys.get("rule", [])} - frames or ({"any"} if not frames else set())
        added = "".join(f'\n[[frame]]\nid = "{frame}"\n' for frame in sorted(missing))
        if "rule" not in keys:
            added += f'\n[[rule]]\nid = "any"\nframe = "{next(iter(missing or frames))}"\nmatch = "word"\n'
        text += added
        keys = tomllib.loads(text)
    schema = json.loads(scratch.run([str(scratch.parallax), "schema", "codebook" if is_codebook else "study"]))
    try:
        jsonschema.validate(plain(keys), schema)
    except jsonschema.ValidationError as error:
        raise Trouble(f"{'.'.join(map(str, error.path))}: {error.message}") from error
    if is_codebook:
        own = scratch.folder / "own"
        own.mkdir(exist_ok=True)
        (own / "codebook.toml").write_text(text, encoding="utf-8")
        (own / "articles.csv").write_text("id,outlet,title,text\n1,A,Title,Some words.\n", encoding="utf-8")
        (own / "study.toml").write_text('codebook = "codebook.toml"\n[[corpus]]\npath = "articles.csv"\n', encoding="utf-8")
        scratch.run([str(scratch.parallax), "check", "own/study.toml", "--quiet"])


def r_packages(scratch):
    """Whether R is here with what the pages load; the package of this project is put into the scratch folder."""
    if shutil.which("Rscript") is None:
        return False
    library = scratch.folder / ".r"
    library.mkdir()
    scratch.environment["R_LIBS"] = str(library)
    scratch.run(["R", "CMD", "INSTALL", "--no-docs", f"--library={library}", str(ROOT / "r")])
    return True


def run(scratch, kind, text, has_r):
    """Runs a block; the word under which it is counted."""
    if kind == "toml":
        toml(scratch, text)
    elif kind == "python":
        scratch.run([sys.executable, "-c", BEFORE["python"] + text])
    elif kind == "r":
        if not has_r:
            return "r, not run: R is not installed"
        scratch.run(["Rscript", "-e", BEFORE["r"] + text])
    else:
        shutil.rmtree(scratch.folder / "parts", ignore_errors=True)
        (scratch.folder / "parts").mkdir()
        if kind == "slurm":
            scratch.run([str(scratch.parallax), "bundle", "study.toml", "--output", "study.plx", "--quiet"])
        scratch.run(["bash", "-euc", text])
    return kind


def kind_of(page, comment, info, text):
    """Under which word a block is counted, and whether it is run here."""
    if comment.startswith("not run: "):
        return f"{info}, {comment}", False
    if info == "console" and text.startswith("$ parallax "):
        return "console, by samples.py", False
    if info in ("csv", "text") or comment.startswith(("file ", "append to ", "row of ")):
        return "text and files", False
    if info == "rust":
        return "rust, by cargo test", False
    if page.parent.name == "methods" and info == "python":
        return "python, by methods.py", False
    if info in ("toml", "python", "r", "sh", "slurm"):
        return info, True
    raise Trouble(f"has no class: its info string is \"{info}\"")


def main():
    parallax, results = (Path(argument).resolve() for argument in sys.argv[1:3])
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    counts, troubles = Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Scratch(Path(folder), parallax, results)
        has_r = r_packages(scratch)
        for page in pages:
            for line, comment, info, text in blocks(page):
                try:
                    kind, is_run = kind_of(page, comment, info, text)
                    counts[run(scratch, info, text, has_r) if is_run else kind] += 1
                except (Trouble, tomllib.TOMLDecodeError) as trouble:
                    troubles.append(f"{page.relative_to(ROOT)}:{line}: {trouble}")
    for kind, count in sorted(counts.items()):
        print(f"{count:4} {kind}")
    if troubles:
        sys.exit("\n".join(troubles))


main()
