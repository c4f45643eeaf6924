"""Does the whole loop correct a scorer that errs by outlet? Draw, code, run, over corpora whose truth is known.

usage: correction.py PARALLAX [CORPORA]

Each corpus has two outlets of 60 documents, and one sentence in five carries the frame in both (correlation within
documents .1). The rule fires too often at one outlet (it finds 90 % of what is there, and 22 % of what is not) and misses
at the other (55 %, 2 %). `sample` draws 300 sentences, a coder who is always right codes them, `run` corrects. Printed is
how often the 95 % intervals hold the truth, before and after; the first argument is the program.
"""

import csv
import random
import subprocess
import sys
import tempfile
from pathlib import Path

SHARE, CORRELATION, DOCUMENTS, CODINGS = 0.2, 0.1, 60, 300
ERRORS = {"Over": (0.90, 0.78), "Under": (0.55, 0.98)}
STUDY = 'codebook = "codebook.toml"\nseed = {seed}\n{codings}\n[[corpus]]\npath = "articles.csv"\n'
CODEBOOK = """[[frame]]
id = "alarm"
label = "Alarm"
definition = "Says that there is cause for alarm."
[[rule]]
id = "alarm"
frame = "alarm"
match = "alarm*"
hits = ["The alarm was raised."]
misses = ["All was calm."]
"""


def corpus(folder, seed):
    """Writes articles.csv and a codebook; the truth by document and sentence."""
    draw, truth = random.Random(seed), {}
    words = ["harbour", "council", "tram", "budget", "school", "river", "market", "bridge", "library", "hospital"]
    with open(folder / "articles.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "outlet", "date", "title", "text"])
        for outlet, (sensitivity, specificity) in ERRORS.items():
            for number in range(DOCUMENTS):
                scale = (1 - CORRELATION) / CORRELATION
                share, sentences = draw.betavariate(SHARE * scale, (1 - SHARE) * scale), []
                for place in range(1 + sum(draw.random() < 0.5 for _ in range(28))):
                    carries = draw.random() < share
                    fires = draw.random() < (sensitivity if carries else 1 - specificity)
                    said = f"An alarm over the {draw.choice(words)}" if fires else f"A word about the {draw.choice(words)}"
                    sentences.append(f"{said} was heard near the {draw.choice(words)} on day {draw.randrange(999)}.")
                    truth[f"{outlet}-{number}", place + 1] = carries
                rows.writerow([f"{outlet}-{number}", outlet, "2024-01-01", "", " ".join(sentences)])
    (folder / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    return truth


def code(folder, truth):
    """Fills in the sample as a coder does who is always right."""
    with open(folder / "sample" / "sample.csv", encoding="utf-8-sig", newline="") as file:
        sample = list(csv.DictReader(file))
    for row in sample:
        row["alarm"], row["coder"] = int(truth[row["document"], int(row["sentence"])]), "anna"
    with open(folder / "anna.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.DictWriter(file, sample[0].keys())
        rows.writeheader()
        rows.writerows(sample)


def one(parallax, seed):
    """Shares and difference of one corpus, as `run` writes them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        truth = corpus(folder, seed)
        study = folder / "study.toml"
        study.write_text(STUDY.format(seed=seed, codings=""), encoding="utf-8")
        quiet = {"check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([parallax, "sample", study, "--n", str(CODINGS), "--quiet"], **quiet)
        code(folder, truth)
        study.write_text(STUDY.format(seed=seed, codings='codings = "anna.csv"'), encoding="utf-8")
        subprocess.run([parallax, "run", study, "--quiet"], **quiet)
        tables = [list(csv.DictReader(open(folder / "results" / name, encoding="utf-8"))) for name in ("prevalence.csv", "comparisons.csv")]
    return tables


def holds(row, low, high, truth):
    """Whether an interval of a row holds the truth, and its width."""
    low, high = float(row[low]), float(row[high])
    return low <= truth <= high, high - low


def main():
    """Prints one line for shares and one for differences."""
    parallax, corpora = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40
    plain, corrected = ("conf_low", "conf_high"), ("corrected_low", "corrected_high")
    found = {"shares": [], "differences": []}
    for seed in range(1, corpora + 1):
        prevalence, comparisons = one(parallax, seed)
        found["shares"] += [(row, SHARE) for row in prevalence]
        found["differences"] += [(row, 0.0) for row in comparisons]
    for name, rows in found.items():
        for method, ends in (("published", plain), ("corrected", corrected)):
            held = [holds(row, *ends, truth) for row, truth in rows]
            cover, width = (sum(it[part] for it in held) / len(held) for part in (0, 1))
            print(f"{name}, {method}: {len(held)} intervals hold the truth {cover:.3f}, mean width {width:.3f}")
    for outlet in ERRORS:
        errors = [
            [float(row[column]) - SHARE for row, _ in found["shares"] if row["group"] == outlet] for column in ("estimate", "corrected")
        ]
        print(f"{outlet}: off by {sum(errors[0]) / len(errors[0]):+.3f}, corrected by {sum(errors[1]) / len(errors[1]):+.3f}")
    for column in ("p_value", "corrected_p"):
        rejected = sum(float(row[column]) <= 0.05 for row, _ in found["differences"])
        print(f"differences, {column} of .05 and less: {rejected} of {len(found['differences'])}")


if __name__ == "__main__":
    main()
