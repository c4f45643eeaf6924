"""Are the corrected numbers those of the formulas? Recomputed with SciPy, from nothing but the codings and the corpus.

usage: correction_check.py PARALLAX [STUDIES]

Each study is made up at random: two or three outlets of 3 to 60 documents of very unequal sizes, a common or a rare frame,
sentences or whole documents coded with unequal probabilities by a coder who errs or not, in two months. The tables of
`run` are held against the formulas written here a second time: cells of prediction with Jeffreys limits on Kish's n, the
documents' part on the leave-one-document-out variance with effective documents, MOVER; differences; log ratios with the
correlation of two labels on the same codings; p-values by bisection. Printed is a table of the cells compared and the largest
difference of each column: correction_check.csv, of 90 studies. Tables have six decimals, so that .0000005 is none.
"""

import csv
import math
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from scipy.stats import beta, norm
from scipy.stats import t as student

FRAMES = {"alarm": 0, "money": 1}
WORDS = {"alarm": "alarm", "money": "budget"}
LEAST = {"all": 10, "period": 5}
RULE = """[[frame]]
id = "{0}"
label = "{0}"
definition = "Speaks of it."
[[rule]]
id = "{0}"
frame = "{0}"
match = "{1}"
"""
STUDY = """seed = {seed}
codebook = "codebook.toml"
codings = "codings.csv"
[[corpus]]
path = "articles.csv"
[compare]
period = "month"
period_pairs = true
contrasts = [["alarm", "money"]]
unit = "{unit}"
at_least = 1
"""


def jeffreys(share, n, alpha):
    """Limits of a share of n trials, 0 below none and 1 above all."""
    yes, no = share * n, (1 - share) * n
    low = beta.ppf(alpha / 2, yes + 0.5, no + 0.5) if yes > 1e-9 else 0.0
    high = beta.ppf(1 - alpha / 2, yes + 0.5, no + 0.5) if no > 1e-9 else 1.0
    return min(low, share), max(high, share)


class Share:
    """A frame's share in a cell; `documents` as (hits, sentences), `coded` by key as (people, machine, probability)."""

    def __init__(self, documents, coded):
        self.n = sum(size for _, size in documents)
        self.hits = sum(hits for hits, _ in documents)
        self.published = self.hits / self.n
        squares = [((k - self.published * n) / (1 - n / self.n)) ** 2 for k, n in documents if len(documents) > 1]
        binomial = self.published * (1 - self.published) / self.n
        self.deff = max(1.0, sum(squares) / self.n**2 / binomial) if binomial > 0 else 1.0
        self.size = sum(n * n for _, n in documents) / self.n
        self.coded = coded
        self.cells = [self.cell(False), self.cell(True)]
        self.p = min(1.0, max(0.0, sum(cell["part"] * cell["share"] for cell in self.cells)))

    def cell(self, is_hit):
        trials = self.hits if is_hit else self.n - self.hits
        coded = [(people, 1 / chance) for people, machine, chance in self.coded.values() if machine == is_hit]
        weight = sum(w for _, w in coded)
        found = {"part": trials / self.n, "weight": weight, "share": 0.5, "kish": 0.0, "unknown": 1.0}
        if coded:
            found["share"] = sum(w for people, w in coded if people) / weight
            found["kish"] = weight**2 / sum(w * w for _, w in coded)
            found["unknown"] = max(0.0, 1 - len(coded) / trials) if trials else 0.0
        return found

    def interval(self, alpha=0.05):
        p, s, hit = self.p, self.published, self.cells[1]["share"]
        inner = 0 < p < 1
        blur = max(0.05, (s * hit / p - s * (1 - hit) / (1 - p)) ** 2) if inner else 1.0
        variance = min(p * (1 - p) + (self.deff - 1) * s * (1 - s) / blur, p * (1 - p) * self.size) / self.n
        z, t = norm.ppf(1 - alpha / 2), student.ppf(1 - alpha / 2, max(1.0, self.n / self.size - 1))
        effective = p * (1 - p) / variance if variance > 0 else self.n / min(self.deff, self.size)
        low, high = jeffreys(p, effective * (z / t) ** 2, alpha)
        below, above = (p - low) ** 2, (high - p) ** 2
        for cell in self.cells:
            if cell["part"] > 0:
                q = cell["share"]
                low, high = jeffreys(q, cell["kish"], alpha) if cell["weight"] else (0.0, 1.0)
                below += cell["unknown"] * (cell["part"] * (q - low)) ** 2
                above += cell["unknown"] * (cell["part"] * (high - q)) ** 2
        return max(0.0, p - math.sqrt(below)), min(1.0, p + math.sqrt(above))

    def influences(self):
        cells = {key: self.cells[machine] for key, (_, machine, _) in self.coded.items()}
        return {
            key: cells[key]["part"] / chance * (people - cells[key]["share"]) / cells[key]["weight"]
            for key, (people, _, chance) in self.coded.items()
        }


def difference(a, b, alpha=0.05):
    (low_a, high_a), (low_b, high_b), d = a.interval(alpha), b.interval(alpha), a.p - b.p
    return d - math.hypot(a.p - low_a, high_b - b.p), d + math.hypot(high_a - a.p, b.p - low_b)


def correlation(a, b):
    a, b = a.influences(), b.influences()
    scale = math.sqrt(sum(u * u for u in a.values()) * sum(u * u for u in b.values()))
    return sum(a[key] * b[key] for key in a.keys() & b.keys()) / scale if scale > 0 else 0.0


def log_ratio(a, b, rho, alpha=0.05):
    (low_a, high_a), (low_b, high_b), e = a.interval(alpha), b.interval(alpha), math.log(a.p / b.p)
    below_a = math.log(a.p / low_a) if low_a > 0 else math.inf
    below_b = math.log(b.p / low_b) if low_b > 0 else math.inf
    above_a, above_b = math.log(high_a / a.p), math.log(high_b / b.p)

    def joined(x, y):
        cross = 2 * rho * x * y if math.isfinite(x) and math.isfinite(y) else 0.0
        return math.sqrt(max(0.0, x * x + y * y - cross))

    return e - joined(below_a, above_b), e + joined(above_a, below_b)


def p_value(interval):
    """The least alpha whose interval leaves out 0."""
    low, high = math.log(1e-300), 0.0
    for _ in range(200):
        middle = (low + high) / 2
        limits = interval(math.exp(middle))
        low, high = (low, middle) if limits[0] > 0 or limits[1] < 0 else (middle, high)
    return math.exp(high)


def corpus(folder, draw):
    """Writes articles; documents as (id, outlet, month, sentences), a sentence as whether it has each frame's word."""
    found, common, money = [], draw.choice([0.03, 0.15, 0.4]), draw.choice([0.05, 0.3])
    with open(folder / "articles.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "outlet", "date", "title", "text"])
        for outlet in range(draw.choice([2, 3])):
            for number in range(draw.choice([3, 8, 20, 60])):
                size = max(1, int(draw.lognormvariate(2, 0.9)))
                share, name = min(0.95, common * draw.choice([0.2, 1, 2])), f"d{outlet}-{number}"
                sentences = [(draw.random() < share, draw.random() < money) for _ in range(size)]
                says = [
                    f"The harbour {name} number{place} saw {'an alarm' if a else 'a calm'} and {'the budget' if m else 'a river'} today."
                    for place, (a, m) in enumerate(sentences)
                ]
                month = f"2023-{draw.choice([1, 2]):02}"
                rows.writerow([name, f"Outlet {outlet}", f"{month}-{draw.randint(1, 28):02}", "", " ".join(says)])
                found.append((name, f"Outlet {outlet}", month, sentences))
    return found


def codings(folder, draw, documents, unit):
    """Writes codings; by frame, then by document and sentence: what people and machine say, and the probability."""
    found, part, errors = {frame: {} for frame in FRAMES}, draw.choice([0.05, 0.2, 0.6]), draw.choice([0, 0.1, 0.3])
    with open(folder / "codings.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["document", "sentence", "frame", "value", "coder", "inclusion_probability"])
        for name, _, _, sentences in documents:
            units = [("", tuple(map(any, zip(*sentences))))] if unit == "document" else enumerate(sentences, 1)
            for place, machine in units:
                chance = draw.choice([0.5, 0.9]) if unit == "document" else part * (3 if machine[0] else 1) * draw.choice([1, 1, 0.5])
                chance = round(min(1.0, chance), 9)
                if draw.random() < chance:
                    for frame, at in FRAMES.items():
                        people = machine[at] != (draw.random() < errors)
                        rows.writerow([name, place, frame, int(people), "anna", chance])
                        found[frame][name, place] = (people, machine[at], chance)
    return found


class Check:
    """Cells compared and the largest difference, by table and column."""

    def __init__(self):
        self.count, self.worst = defaultdict(int), defaultdict(float)

    def cell(self, column, cell, expected):
        self.count[column] += 1
        if (cell == "") != (expected is None or not math.isfinite(expected)):
            self.worst[column] = math.inf
        elif cell:
            self.worst[column] = max(self.worst[column], abs(float(cell) - expected))

    def estimate(self, table, row, values):
        names = ["corrected", "corrected_low", "corrected_high", "corrected_p"]
        for name, value in zip(names, values):
            self.cell((table, name), row[name], value)


def rows_of(folder, table):
    with open(folder / "results" / f"{table}.csv", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def examine(check, folder, documents, coded, unit):
    def share(frame, group, period):
        at, span = FRAMES[frame], "all" if period == "all" else "period"
        chosen = [it for it in documents if it[1] == group and (period in ("all", it[2]))]
        names = {it[0] for it in chosen}
        mine = {key: said for key, said in coded[frame].items() if key[0] in names}
        sentences = [[it[at] for it in document[3]] for document in chosen]
        sizes = [(any(it), 1) if unit == "document" else (sum(it), len(it)) for it in sentences]
        return Share(sizes, mine) if chosen and len(mine) >= LEAST[span] else None

    for row in rows_of(folder, "prevalence"):
        found = share(row["frame"], row["group"], row["period"])
        check.estimate("prevalence", row, [found.p, *found.interval()] if found else [None] * 3)
    for row in rows_of(folder, "comparisons"):
        if row["group_b"] != "(rest)":
            a, b = (share(row["frame"], row[group], row["period"]) for group in ("group_a", "group_b"))
            values = [a.p - b.p, *difference(a, b), p_value(lambda alpha: difference(a, b, alpha))] if a and b else [None] * 4
            check.estimate("comparisons", row, values)
    for row in rows_of(folder, "contrasts"):
        a, b = (share(row[frame], row["group"], row["period"]) for frame in ("frame_a", "frame_b"))
        values = [None] * 4
        if a and b and a.p > 0 and b.p > 0:
            rho = correlation(a, b)
            values = [math.log(a.p / b.p), *log_ratio(a, b, rho), p_value(lambda alpha: log_ratio(a, b, rho, alpha))]
        check.estimate("contrasts", row, values)


def main():
    program, studies = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 90
    check, examined = Check(), 0
    for seed in range(studies):
        draw = random.Random(seed)
        unit = "document" if draw.random() < 0.2 else "sentence"
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "codebook.toml").write_text("".join(RULE.format(frame, word) for frame, word in WORDS.items()))
            (folder / "study.toml").write_text(STUDY.format(seed=seed, unit=unit))
            documents = corpus(folder, draw)
            coded = codings(folder, draw, documents, unit)
            run = subprocess.run([program, "run", folder / "study.toml", "--quiet"], capture_output=True, text=True)
            machine = {(it["document"], it["sentence"], it["frame"]): it["hit"] for it in rows_of(folder, "validation")} if run.returncode == 0 else {}
            said = {(d, str(s), frame): ("true" if m else "false") for frame, all in coded.items() for (d, s), (_, m, _) in all.items()}
            # Where a scorer was learnt it codes otherwise than the word alone, and this knows no scorer.
            if run.returncode == 0 and (unit == "document" or machine == said):
                examine(check, folder, documents, coded, unit)
                examined += 1
    print("table,column,studies,cells,largest_difference")
    for (table, column), count in check.count.items():
        print(f"{table},{column},{examined},{count},{check.worst[table, column]:.7f}")


if __name__ == "__main__":
    main()
