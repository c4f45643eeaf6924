"""Are the numbers of comparisons those of SciPy and statsmodels? Recomputed from documents.csv and the texts alone.

usage: comparisons_check.py PARALLAX [STUDIES]

Each study is made up at random: three outlets of four to six documents of very unequal sizes (or eight to ten, with one frame that is rare), some of them copies, with two frames. It
is run four times: as it is, with copies = "weight", with rest = "equal", and with both. Quantiles, chi-squared, divergences and adjusted
p-values are those of SciPy and statsmodels; variances, and every arrangement of the permutation tests, are written here a second
time. Of p-values drawn at random only the distance in standard errors is compared. Printed is a table of the cells compared and the
largest difference of each column, relative above 1: comparisons_check.csv. Tables have six decimals, so that .0000005 is none.
"""

import csv
import datetime
import math
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from itertools import combinations, product
from pathlib import Path

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon
from statsmodels.stats.multitest import multipletests

from over_time_check import Checks

FRAMES = ["alarm", "relief"]
BOOK = "".join(
    f'[[frame]]\nid = "{frame}"\nlabel = "{frame}"\ndefinition = "Speaks of it."\n'
    f'[[rule]]\nid = "{frame}"\nframe = "{frame}"\nmatch = "{frame}"\n'
    for frame in FRAMES
)
STUDY = """seed = 7
codebook = "codebook.toml"
output = "results-{copies}-{rest}"
[[corpus]]
path = "articles.csv"
[compare]
contrasts = [["alarm", "relief"]]
copies = "{copies}"
rest = "{rest}"
[keyness]
least_documents = 2
"""


def write_corpus(folder, draw):
    (folder / "codebook.toml").write_text(BOOK)
    articles, number, is_rare = [], 0, draw.random() < 0.3
    for outlet in "ABC":
        shares = [0.01 if is_rare else draw.uniform(0.05, 0.5), draw.uniform(0.05, 0.4)]
        for place in range(draw.randint(4, 6) + (4 if is_rare else 0)):
            number += 1
            size = max(7, round(draw.lognormvariate(2.3, 0.6)))
            words = [draw.choices(FRAMES + ["nothing"], [*shares, 1.2 - sum(shares)])[0] for _ in range(size)]
            text = " ".join(f"Word{number}x{at} was {word} today." for at, word in enumerate(words))
            day = datetime.date(2022, 1, 3) + datetime.timedelta(number)
            articles.append([f"d{number:03}", outlet, day, f"Title of number {number}", text])
            for again in range(draw.choice([0, 0, 1, 2]) if place == 0 else 0):
                more = f" Word{number}y{again} was alarm again." if draw.random() < 0.7 else ""
                articles.append([f"d{number:03}{again}", outlet, day, f"Title of number {number}", text + more])
    with open(folder / "articles.csv", "w", newline="") as file:
        csv.writer(file).writerows([["id", "outlet", "date", "title", "text"], *articles])
    return {row[0]: row[3] + " " + row[4] for row in articles}


class Units:
    """A group's distinct documents: rows of successes by frame, and trials; as they weigh, and as they are."""

    def __init__(self, documents, weigh):
        texts = defaultdict(list)
        for document in documents:
            texts[document["cluster"]].append(document)
        size = [len(copies) if weigh else 1 for copies in texts.values()]
        self.raw = np.array([[sum(d[key] for d in copies) for key in [*FRAMES, "n"]] for copies in texts.values()], float)
        self.rows = self.raw / np.array(size)[:, None]
        self.k, self.n = self.rows[:, :2], self.rows[:, 2]


def leave_one_out(k, n):
    share = k.sum() / n.sum()
    effective = n.sum() ** 2 / (n**2).sum()
    return share, (((k - share * n) / (n.sum() - n)) ** 2).sum(), max(effective - 1, 1)


def limits(k, n):
    """The interval of a share: on the logit scale, or Korn and Graubard's where it does not vary."""
    share, variance, df = leave_one_out(k, n)
    t, trials = stats.t.ppf(0.975, df), n.sum()
    if variance > 0:
        half, logit = t * math.sqrt(variance) / (share * (1 - share)), math.log(share / (1 - share))
        return 1 / (1 + math.exp(half - logit)), 1 / (1 + math.exp(-half - logit))
    worth = min(trials * (stats.t.ppf(0.975, trials - 1) / t) ** 2, trials)
    hits, misses = share * worth, (1 - share) * worth
    low = stats.beta.ppf(0.025, hits, misses + 1) if hits > 0 else 0
    return low, stats.beta.ppf(0.975, hits + 1, misses) if misses > 0 else 1


def joined(difference, first, second):
    """Of a difference, from the intervals of both shares (Zou and Donner 2008)."""
    (a, (low_a, high_a)), (b, (low_b, high_b)) = first, second
    return difference - math.hypot(a - low_a, high_b - b), difference + math.hypot(high_a - a, b - low_b)


def linearised(k, n):
    share, units = k.sum() / n.sum(), len(k)
    return share, units / (units - 1) * ((k - share * n) ** 2).sum() / n.sum() ** 2


def studentised(groups):
    """The first group less the mean of the others, over its standard error, squared; groups are lists of (k, n)."""
    found = [linearised(*group.T) for group in groups]
    others = len(found) - 1
    difference = found[0][0] - np.mean([share for share, _ in found[1:]])
    variance = found[0][1] + sum(v for _, v in found[1:]) / others**2
    return 0.0 if abs(difference) < 1e-12 else (difference**2 / variance if variance > 0 else math.inf)


def arrangements(sizes, left=None):
    """Every way to deal units out to groups of these sizes."""
    left = frozenset(range(sum(sizes))) if left is None else left
    if len(sizes) == 1:
        yield [sorted(left)]
        return
    for own in combinations(sorted(left), sizes[0]):
        for others in arrangements(sizes[1:], left - set(own)):
            yield [list(own), *others]


def divergence(a, b):
    a, b = a.sum(0), b.sum(0)
    return 0.0 if not a.sum() or not b.sum() else jensenshannon(a / a.sum(), b / b.sum(), base=2) ** 2


def scaled_divergence(a, b):
    """Times the product over the sum of both numbers of successes: by about its inverse samples of one distribution diverge."""
    hits = a.sum(), b.sum()
    return math.inf if not all(hits) else divergence(a, b) * hits[0] * hits[1] / sum(hits)


def hold_adjusted(checks, table, families, columns):
    """Holds p-values adjusted within families against those of statsmodels."""
    for family in families.values():
        family = [row for row in family if row["p_value"]]
        for column, method in columns.items():
            for row, value in zip(family, multipletests([float(row["p_value"]) for row in family], method=method)[1] if family else []):
                checks.hold(table, row, {column: value})


def prevalence(groups, checks):
    for row in checks.rows("prevalence.csv"):
        units, frame = groups[row["group"]], FRAMES.index(row["frame"])
        share, variance, df = leave_one_out(units.k[:, frame], units.n)
        expected = {"estimate": share}
        if row["method"] == "logit-t":
            half = stats.t.ppf(0.975, df) * math.sqrt(variance) / (share * (1 - share))
            logit = math.log(share / (1 - share))
            expected |= {"conf_low": 1 / (1 + math.exp(half - logit)), "conf_high": 1 / (1 + math.exp(-half - logit))}
        checks.hold("prevalence", row, expected)


def others_of(groups, row):
    return [groups[name] for name in groups if name == row["group_b"] or row["group_b"] == "(rest)" and name != row["group_a"]]


def sides(groups, row, is_equal):
    apart = [units.rows for units in others_of(groups, row)]
    return [groups[row["group_a"]].rows, *(apart if is_equal else [np.concatenate(apart)])]


def comparisons(groups, checks, is_equal):
    families = defaultdict(list)
    drawn = {}
    for row in checks.rows("comparisons.csv"):
        families[row["family"]].append(row)
        frame = FRAMES.index(row["frame"])
        units = [side[:, [frame, 2]] for side in sides(groups, row, is_equal)]
        found = [leave_one_out(*side.T) for side in units]
        others = found[1:]
        share_a, share_b = found[0][0], np.mean([share for share, _, _ in others])
        parts = [found[0][1], *(variance / len(others) ** 2 for _, variance, _ in others)]
        dfs = [df for _, _, df in found]
        expected = {"estimate_a": share_a, "estimate_b": share_b, "difference": share_a - share_b}
        if row["conf_low"]:
            df = sum(parts) ** 2 / sum(part**2 / df for part, df in zip(parts, dfs))
            half = stats.t.ppf(0.975, max(df, 1)) * math.sqrt(sum(parts))
            low, high = max(share_a - share_b - half, -1), min(share_a - share_b + half, 1)
            varies = parts[0] > 0 and sum(parts[1:]) > 0
            if not varies and len(units) == 2:
                low, high = joined(share_a - share_b, *zip([share_a, share_b], [limits(*side.T) for side in units]))
            # The interval of a mean of several shares, which such a one is joined from, is not made again here.
            if varies or len(units) == 2:
                expected |= {"conf_low": low, "conf_high": high}
        if row["odds_ratio"]:
            expected["odds_ratio"] = share_a / (1 - share_a) / (share_b / (1 - share_b))
        expected["cohens_h"] = 2 * (math.asin(math.sqrt(share_a)) - math.asin(math.sqrt(share_b)))
        if row["test"] == "permutation-exact":
            pool, sizes = np.concatenate(units), [len(side) for side in units]
            observed = studentised(units) * (1 - 1e-9)
            dealt = [studentised([pool[own] for own in deal]) >= observed for deal in arrangements(sizes)]
            expected["p_value"] = sum(dealt) / len(dealt)
        elif row["test"] == "rare-count":
            raw = [[groups[row["group_a"]]], others_of(groups, row)]
            raw = [np.concatenate([units.raw for units in side]) for side in raw]
            a, b = [int((side[:, frame] > 0).sum()) for side in raw]
            parts = sorted(part[0] / sum(part) for part in ([len(side) for side in raw], [side[:, 2].sum() for side in raw]))
            is_between = parts[0] <= a / (a + b) <= parts[1]
            expected["p_value"] = 1.0 if is_between else max(stats.binomtest(a, a + b, part).pvalue for part in parts)
        elif row["test"]:
            drawn[row["frame"], row["group_a"], row["group_b"]] = float(row["p_value"])
        checks.hold("comparisons", row, expected)
    hold_adjusted(checks, "comparisons", families, {"q_value": "fdr_bh", "by_q": "fdr_by", "holm_p": "holm"})
    for (frame, a, b), found in drawn.items():
        units = [side[:, [FRAMES.index(frame), 2]] for side in sides(groups, {"group_a": a, "group_b": b}, is_equal)]
        pool, cuts = np.concatenate(units), np.cumsum([len(side) for side in units])[:-1]
        observed, draw = studentised(units) * (1 - 1e-9), np.random.default_rng(1)
        p = np.mean([studentised(np.split(pool[draw.permutation(len(pool))], cuts)) >= observed for _ in range(4000)])
        off = abs(found - p) / math.sqrt(max(p * (1 - p), 0.001) * (1 / 4000 + 1 / 999))
        checks.cells["comparisons", "standard errors of drawn p_value"] += 1
        key = "comparisons", "standard errors of drawn p_value"
        checks.largest[key] = max(checks.largest[key], off)


def divergences(groups, checks):
    raw = {name: units.raw[:, :2] for name, units in groups.items()}
    for row in checks.rows("divergence.csv"):
        if row["frame"] != "(all)":
            continue
        others = [row["group_b"]] if row["group_b"] != "(rest)" else [name for name in raw if name != row["group_a"]]
        a, b = raw[row["group_a"]], np.concatenate([raw[name] for name in others])
        shares = [side.sum(0) / side.sum() for side in (a, b)]
        expected = {"jsd": divergence(a, b), "total_variation": abs(shares[0] - shares[1]).sum() / 2}
        expected["cramers_v"] = bergsma(np.array([a.sum(0), b.sum(0)]))
        if row["test"] == "permutation-exact":
            pool = np.concatenate([a, b])
            found = [[pool[own] for own in deal] for deal in arrangements([len(a), len(b)])]
            scaled = np.array([scaled_divergence(*deal) for deal in found])
            p_value = (scaled >= scaled_divergence(a, b) * (1 - 1e-9)).mean()
            expected |= {"null_mean": np.mean([divergence(*deal) for deal in found]), "p_value": p_value}
        checks.hold("divergence", row, expected)


def bergsma(table):
    table = table[:, table.sum(0) > 0]
    n, (rows, columns) = table.sum(), table.shape
    square = max(stats.chi2_contingency(table, correction=False)[0] / n - (rows - 1) * (columns - 1) / (n - 1), 0)
    size = [count - (count - 1) ** 2 / (n - 1) for count in (rows, columns)]
    return math.sqrt(square / (min(size) - 1))


def omnibus(groups, checks):
    for row in checks.rows("omnibus.csv"):
        k = [units.raw[:, FRAMES.index(row["frame"])] for units in groups.values()]
        n = [units.raw[:, 2] for units in groups.values()]
        found = [linearised(*pair) for pair in zip(k, n)]
        pooled = sum(map(sum, k)) / sum(map(sum, n))
        v = np.array([v if v > 0 else pooled * (1 - pooled) / sum(own) for (_, v), own in zip(found, n)])
        shares, sizes = np.array([share for share, _ in found]), np.array([own.sum() for own in n])
        mean = (shares / v).sum() / (1 / v).sum()
        spread = (sizes * (shares - pooled) ** 2).sum() / (sizes.sum() * pooled * (1 - pooled))
        checks.hold("omnibus", row, {"statistic": ((shares - mean) ** 2 / v).sum(), "cramers_v": math.sqrt(spread)})
        if row["test"] == "rare-count":
            carriers = np.array([(own > 0).sum() for own in k])
            p = multinomial(carriers, np.array([len(own) for own in n]), sizes)
            off = abs(float(row["p_value"]) - p) / math.sqrt(max(p * (1 - p), 0.001) / 999)
            key = "omnibus", "standard errors of drawn p_value"
            checks.cells[key] += 1
            checks.largest[key] = max(checks.largest[key], off)


def multinomial(carriers, documents, sentences):
    """The p-value of numbers of documents with a rare frame, by adding up all that sum to as many."""
    count = carriers.sum()
    weights = [documents * (sentences / documents) ** (step / 10) for step in range(11)]
    expected = min((count * w / w.sum() for w in weights), key=lambda e: ((carriers - e) ** 2 / e).sum())
    every = [x for x in product(range(count + 1), repeat=len(carriers)) if sum(x) == count]
    reached = [((x - expected) ** 2 / expected).sum() >= ((carriers - expected) ** 2 / expected).sum() * (1 - 1e-9) for x in every]
    return stats.multinomial.pmf(np.array(every)[reached], count, expected / count).sum()


def contrasts(groups, checks):
    families = defaultdict(list)
    for row in checks.rows("contrasts.csv"):
        families["all"].append(row)
        k = groups[row["group"]].k
        if not row["log_ratio"]:
            continue
        expected = {"log_ratio": math.log(k[:, 0].sum() / k[:, 1].sum())}
        if row["conf_low"]:
            left = k.sum(0) - k
            logs, count = np.log(left[:, 0] / left[:, 1]), len(k)
            half = stats.t.ppf(0.975, count - 1) * math.sqrt((count - 1) / count * ((logs - logs.mean()) ** 2).sum())
            expected |= {"conf_low": expected["log_ratio"] - half, "conf_high": expected["log_ratio"] + half}
        d = k[:, 0] - k[:, 1]
        swapped = [abs(np.dot(signs, d)) >= abs(d.sum()) - 1e-9 * abs(d).sum() for signs in product([1, -1], repeat=len(d))]
        checks.hold("contrasts", row, expected | {"p_value": np.mean(swapped)})
    hold_adjusted(checks, "contrasts", families, {"q_value": "fdr_bh"})


def keyness(documents, texts, checks):
    words = {name: [word for word in re.findall(r"\w+", text.lower()) if word.isalpha()] for name, text in texts.items()}
    for row in checks.rows("keyness.csv"):
        if row["kind"] != "word" or row["frame"] or row["against"] != "(rest)":
            continue
        found = []
        for is_own in (True, False):
            units = defaultdict(lambda: np.zeros(2))
            for document in documents:
                if (document["group"] == row["group"]) == is_own:
                    own = words[document["document"]]
                    units[document["cluster"]] += [own.count(row["term"]), len(own)]
            found.append(np.array(list(units.values())))
        a, b = found
        total = a.sum(0) + b.sum(0)
        prior = 0.5 * total[1] / total[0]
        omega = lambda y, n: np.log((y + 0.5) / (n + prior - y - 0.5))
        sides = []
        for side in (a, b):
            left, count = side.sum(0) - side, len(side)
            logs = omega(left[:, 0], left[:, 1])
            sides.append((omega(*side.sum(0)), (count - 1) / count * ((logs - logs.mean()) ** 2).sum(), count - 1))
        (wa, va, da), (wb, vb, db) = sides
        expected = {"count": a[:, 0].sum(), "words": a[:, 1].sum(), "other_words": b[:, 1].sum(), "log_odds": wa - wb}
        if row["conf_low"] and "never in" not in row["note"]:  # there the variance is that of half an occurrence
            df = (va + vb) ** 2 / (va**2 / da + vb**2 / db)
            half = stats.t.ppf(0.975, df) * math.sqrt(va + vb)
            p = 2 * stats.t.sf(abs(wa - wb) / math.sqrt(va + vb), df)
            expected |= {"conf_low": wa - wb - half, "conf_high": wa - wb + half, "p_value": p}
        table = np.array([[y, n - y] for y, n in (a.sum(0), b.sum(0))])
        expected["chi_squared"] = stats.chi2_contingency(table, correction=False)[0]
        expected["g_squared"] = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")[0]
        checks.hold("keyness", row, expected)


def main():
    program, studies = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10
    checks = Checks(None)
    for seed, copies, rest in product(range(studies), ["all", "weight"], ["pooled", "equal"]):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            texts = write_corpus(folder, random.Random(seed))
            (folder / "study.toml").write_text(STUDY.format(copies=copies, rest=rest))
            subprocess.run([program, "run", folder / "study.toml", "--quiet"], check=True)
            checks.results = folder / f"results-{copies}-{rest}"
            documents = {}
            for row in checks.rows("documents.csv"):
                new = {"document": row["document"], "group": row["group"], "cluster": row["cluster"] or row["document"], "n": int(row["sentences"])}
                documents.setdefault(row["document"], new)[row["frame"]] = int(row["hits"])
            by_group = defaultdict(list)
            for document in documents.values():
                by_group[document["group"]].append(document)
            groups = {group: Units(own, copies == "weight") for group, own in sorted(by_group.items())}
            prevalence(groups, checks)
            comparisons(groups, checks, rest == "equal")
            divergences(groups, checks)
            omnibus(groups, checks)
            contrasts(groups, checks)
            keyness(list(documents.values()), texts, checks)
    print("table,column,studies,cells,largest_difference")
    for (table, column), cells in checks.cells.items():
        print(f"{table},{column},{studies},{cells},{checks.largest[table, column]:.7f}")


main()
