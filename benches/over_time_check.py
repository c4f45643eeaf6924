"""Are the numbers over time those of statsmodels? Recomputed from documents.csv alone.

usage: over_time_check.py PARALLAX [STUDIES]

Each study is made up at random: three outlets of 12 to 60 documents of very unequal sizes, a frame whose share drifts and steps.
Coefficients are those of statsmodels' binomial GLM; CR3 variances, marginal effects, Wald's F, changes of level (by an exhaustive search)
and the posterior of the day are written here a second time with NumPy and SciPy. Printed is a table of the cells compared and
the largest difference of each column, relative above 1: over_time_check.csv. Tables have six decimals, so that .0000005 is none.
"""

import csv
import datetime
import math
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import statsmodels.api as sm
from scipy import stats
from scipy.special import betaln

BOOK = """[[frame]]
id = "alarm"
label = "Alarm"
definition = "Speaks of it."
[[rule]]
id = "alarm"
frame = "alarm"
match = "alarm"
"""
FIRST = datetime.date(2022, 1, 3)
BREAK = datetime.date(2022, 1, 31)
STUDY = f"""seed = 7
codebook = "codebook.toml"
[[corpus]]
path = "articles.csv"
[compare]
interruptions = ["{BREAK}"]
"""


def write_study(folder, draw):
    (folder / "codebook.toml").write_text(BOOK)
    (folder / "study.toml").write_text(STUDY)
    with open(folder / "articles.csv", "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "outlet", "date", "title", "text"])
        number = 0
        for outlet in "ABC":
            level, drift, step = draw.uniform(-2.5, 0), draw.uniform(-0.02, 0.02), draw.uniform(-1, 1)
            for _ in range(draw.randint(12, 60)):
                day = draw.randrange(56)
                odds = level + drift * day + step * (day >= 28) + draw.gauss(0, 0.7)
                share = 1 / (1 + math.exp(-odds))
                size = max(2, round(draw.lognormvariate(2.2, 0.7)))
                number += 1
                words = ["alarm" if draw.random() < share else "calm" for _ in range(size)]
                text = " ".join(f"Word{number}x{place} was {word} today." for place, word in enumerate(words))
                out.writerow([f"d{number:04}", outlet, FIRST + datetime.timedelta(day), f"Title of number {number}", text])


class Fit:
    """A binomial regression with clusters left out one at a time."""

    def __init__(self, x, k, n, clusters):
        family = sm.families.Binomial()
        self.b = np.asarray(sm.GLM(np.column_stack([k, n - k]), x, family=family).fit(tol=1e-14, maxiter=100).params)
        p = 1 / (1 + np.exp(-x @ self.b))
        w = n * p * (1 - p)
        bread = np.linalg.inv((x * w[:, None]).T @ x)
        meat = np.zeros_like(bread)
        for cluster in np.unique(clusters):
            i = clusters == cluster
            own = (x[i] * w[i, None]).T @ x[i]
            score = (x[i] * (k - n * p)[i, None]).sum(0)
            moved = np.linalg.solve(np.eye(len(bread)) - own @ bread, score)
            meat += np.outer(moved, moved)
        self.v = bread @ meat @ bread
        self.df = len(np.unique(clusters)) - len(self.b)
        self.t = stats.t.ppf(0.975, self.df)

    def line(self, index, scale=1.0):
        b, se = self.b[index] * scale, math.sqrt(self.v[index, index]) * scale
        p = 2 * stats.t.sf(abs(b / se), self.df)
        return {"estimate": math.exp(b), "conf_low": math.exp(b - self.t * se), "conf_high": math.exp(b + self.t * se), "p_value": p}


def share(z):
    return 1 / (1 + np.exp(-z))


def trends(docs, checks):
    rows = {(row["kind"], row["group"], row["other"]): row for row in checks.rows("trends.csv")}
    for group in "ABC":
        k, n, day = (np.array(column, float) for column in zip(*[(d["k"], d["n"], d["day"]) for d in docs if d["group"] == group]))
        one = np.ones(len(k))
        fit = Fit(np.column_stack([one, day / 7]), k, n, np.arange(len(k)))
        ends = {name: share(fit.b[0] + fit.b[1] * at / 7) for name, at in (("share_first", day.min()), ("share_last", day.max()))}
        checks.hold("trend", rows["trend", group, ""], {**fit.line(1), **ends})
        t, after = day - 28, (day >= 28).astype(float)
        if min(len(set(day[day < 28])), len(set(day[day >= 28]))) < 4 or len(set(day)) < 10:
            continue
        fit = Fit(np.column_stack([one, t, after, t * after]), k, n, day)
        before, then = share(fit.b[0]), share(fit.b[0] + fit.b[2])
        slope = np.array([then * (1 - then) - before * (1 - before), 0, then * (1 - then), 0])
        se = math.sqrt(slope @ fit.v @ slope)
        limits = {"conf_low": then - before - fit.t * se, "conf_high": then - before + fit.t * se}
        step = {"estimate": then - before, **limits, "p_value": fit.line(2)["p_value"], "share_first": before, "share_last": then}
        checks.hold("step", rows["step", group, ""], step)
        checks.hold("slope-change", rows["slope-change", group, ""], fit.line(3, 7))
    for a, b in ("AB", "AC", "BC"):
        both = [d for d in docs if d["group"] in (a, b)]
        k, n, day = (np.array([d[name] for d in both], float) for name in ("k", "n", "day"))
        first = np.array([d["group"] == a for d in both], float)
        fit = Fit(np.column_stack([np.ones(len(k)), day / 7, first, first * day / 7]), k, n, np.arange(len(k)))
        checks.hold("trend-difference", rows["trend-difference", a, b], fit.line(3))


def regression(docs, checks):
    rows = {(row["term"], row["level"]): row for row in checks.rows("regression.csv")}
    k, n, day = (np.array([d[name] for d in docs], float) for name in ("k", "n", "day"))
    x = np.column_stack([np.ones(len(k)), *[[d["group"] == group for d in docs] for group in "BC"], (day - day.min()) / 7]).astype(float)
    fit = Fit(x, k, n, np.arange(len(k)))
    p = share(x @ fit.b)
    for index, key in enumerate([("", ""), ("outlet", "B"), ("outlet", "C"), ("date", "")]):
        b, se = fit.b[index], math.sqrt(fit.v[index, index])
        expected = {"estimate": b, "std_error": se, "conf_low": b - fit.t * se, "conf_high": b + fit.t * se, "p_value": fit.line(index)["p_value"]}
        if key[0] == "outlet":
            on, off = x.copy(), x.copy()
            on[:, 1:3] = off[:, 1:3] = 0
            on[:, index] = 1
            q, r = share(on @ fit.b), share(off @ fit.b)
            effect, slope = n @ (q - r), n @ ((q * (1 - q))[:, None] * on - (r * (1 - r))[:, None] * off)
        elif key[0] == "date":
            effect, slope = n @ (p * (1 - p)) * b, n @ ((p * (1 - p) * (1 - 2 * p) * b)[:, None] * x)
            slope[3] += n @ (p * (1 - p))
        if key[0]:
            tested = [1, 2] if key[0] == "outlet" else [3]
            f = fit.b[tested] @ np.linalg.solve(fit.v[np.ix_(tested, tested)], fit.b[tested]) / len(tested)
            effect, slope = effect / n.sum(), slope / n.sum()
            half = fit.t * math.sqrt(slope @ fit.v @ slope)
            expected.update(marginal_effect=effect, effect_low=effect - half, effect_high=effect + half)
            expected.update(term_f=f, term_p=stats.f.sf(f, len(tested), fit.df))
        checks.hold("regression", rows[key], expected)


def cost(k, n):
    k, n = k.sum(), n.sum()
    return -2 * sum(part * math.log(part / n) for part in (k, n - k) if part > 0)


def changes(docs, checks):
    rows = defaultdict(list)
    for row in checks.rows("changepoints.csv"):
        rows[row["group"]].append(row)
    for group in "ABC":
        own = [d for d in docs if d["group"] == group]
        days = sorted({d["day"] for d in own})
        k, n = (np.array([sum(d[name] for d in own if d["day"] == day) for day in days], float) for name in ("k", "n"))
        if len(days) < 10:
            continue
        kd, nd = (np.array([d[name] for d in own], float) for name in ("k", "n"))
        p, total = kd.sum() / nd.sum(), nd.sum()
        deff = max(1.0, (((kd - p * nd) / (1 - nd / total)) ** 2).sum() / (p * (1 - p) * total))
        beta = 3 * math.log(len(days))
        best = {0: (-beta, [])}
        for end in range(2, len(days) + 1):
            options = [(best[s][0] + cost(k[s:end], n[s:end]) / deff + beta, best[s][1] + [s]) for s in best if end - s >= 2]
            best[end] = min(options)
        starts = best[len(days)][1][1:]
        found = [row for row in rows[group] if row["change"] == "true"]
        checks.hold_equal("changes", [row["date"] for row in found], [str(FIRST + datetime.timedelta(int(days[s]))) for s in starts])
        for place, start in enumerate(starts):
            low, high = ([0] + starts)[place], (starts + [len(days)])[place + 1]
            level = lambda a, b: betaln(1 + k[a:b].sum() / deff, 1 + (n - k)[a:b].sum() / deff)
            logs = np.array([level(low, s) + level(s, high) for s in range(low + 2, high - 1)])
            chances = np.exp(logs - logs.max())
            chances /= chances.sum()
            expected = {"posterior": chances[start - low - 2], "deff": deff, "before": k[low:start].sum() / n[low:start].sum()}
            checks.hold("changepoints", found[place], expected)


class Checks:
    """Largest differences by table and column."""

    def __init__(self, results):
        self.results = results
        self.cells, self.largest = defaultdict(int), defaultdict(float)

    def rows(self, name):
        with open(self.results / name, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def hold(self, table, row, expected):
        for column, value in expected.items():
            self.cells[table, column] += 1
            found = float(row[column]) if row[column] else math.inf
            off = abs(found - value) / max(1.0, abs(value))
            if off > 1e-5:
                print(f"{self.results.name} {table} {column}: {found}, not {value}: {row}", file=sys.stderr)
            self.largest[table, column] = max(self.largest[table, column], off)

    def hold_equal(self, table, found, expected):
        self.cells[table, "date"] += len(expected)
        if found != expected:
            print(f"{table}: {found}, not {expected}", file=sys.stderr)
            self.largest[table, "date"] = 1.0
        self.largest[table, "date"] += 0.0


def main():
    program, studies = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20
    checks = Checks(None)
    for seed in range(studies):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_study(folder, random.Random(seed))
            subprocess.run([program, "run", folder / "study.toml", "--quiet"], check=True)
            checks.results = folder / "results"
            docs = [
                {"group": row["group"], "k": int(row["hits"]), "n": int(row["sentences"]), "day": (datetime.date.fromisoformat(row["date"]) - FIRST).days}
                for row in checks.rows("documents.csv")
            ]
            trends(docs, checks)
            changes(docs, checks)
            regression(docs, checks)
    print("table,column,studies,cells,largest_difference")
    for (table, column), cells in checks.cells.items():
        print(f"{table},{column},{studies},{cells},{checks.largest[table, column]:.7f}")


if __name__ == "__main__":
    main()
