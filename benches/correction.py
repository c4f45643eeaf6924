"""Does the whole loop correct a scorer that errs by outlet? Draw, code, run, over corpora whose truth is known.

usage: correction.py PARALLAX [CORPORA] [labels]

Each corpus has two outlets of 60 documents, and one sentence in five carries the frame in both (correlation within
documents .1). The rule fires too often at one outlet (it finds 90 % of what is there, and 22 % of what is not) and misses
at the other (55 %, 2 %). `sample` draws 300 sentences, a coder who is always right saves what her page saves, `run` corrects. Printed is
a table of how often the 95 % intervals hold the truth, as published and corrected: correction.csv, of 300 corpora. The first
argument is the program. With "labels" it is no rule that errs but a file of labels, as a language model might give them
(`labels = "labels.csv"`): correction_labels.csv, of 150 corpora. Corpus by corpus its corrected shares are those of the rules to
the last digit, so the .920 of these 150 is what the rules have on the same ones, where the documents drawn happen to hold less
of the frame than .2; 300 corpora with labels cover .938 of 600 shares (281 and 282 of 300) and .947 of differences.
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


def corpus(folder, seed, by_labels):
    """Writes articles.csv and a codebook; the truth by document and sentence."""
    draw, truth, labels = random.Random(seed), {}, []
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
                    labels.append([f"{outlet}-{number}", place + 1, int(fires)])
                    said = f"An alarm over the {draw.choice(words)}" if fires and not by_labels else f"A word about the {draw.choice(words)}"
                    sentences.append(f"{said} was heard near the {draw.choice(words)} on day {draw.randrange(999)}.")
                    truth[f"{outlet}-{number}", place + 1] = carries
                rows.writerow([f"{outlet}-{number}", outlet, "2024-01-01", "", " ".join(sentences)])
    with open(folder / "labels.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["document", "sentence", "alarm"], *labels])
    (folder / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    return truth


def code(folder, truth):
    """Codes the sample as a coder does who is always right, in the file that anna.html saves: items, without documents."""
    with open(folder / "sample" / "sample-key.csv", encoding="utf-8-sig", newline="") as file:
        truths = {row["item"]: truth[row["document"], int(row["sentence"])] for row in csv.DictReader(file)}
    with open(folder / "sample" / "anna.csv", encoding="utf-8-sig", newline="") as file:
        sheet = list(csv.DictReader(file))
    with open(folder / "sample" / "codings-anna.csv", "w", newline="", encoding="utf-8-sig") as file:
        rows = csv.writer(file)
        rows.writerow(["item", "frame", "value", "coder", "voice", "source", "stance", "unsure", "note", "text"])
        for row in sheet:
            about = ["own", "", "favor"] if truths[row["item"]] else ["", "", ""]
            rows.writerow([row["item"], "alarm", int(truths[row["item"]]), "anna", *about, "", "", row["text"]])


def one(parallax, seed, by_labels):
    """Shares and difference of one corpus, as `run` writes them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        truth = corpus(folder, seed, by_labels)
        study = folder / "study.toml"
        labels = 'scorer = "labels"\nlabels = "labels.csv"\n' if by_labels else ""
        study.write_text(STUDY.format(seed=seed, codings=labels), encoding="utf-8")
        quiet = {"check": True, "stdout": subprocess.DEVNULL}
        subprocess.run([parallax, "sample", study, "--n", str(CODINGS), "--coders", "anna", "--quiet"], **quiet)
        code(folder, truth)
        study.write_text(STUDY.format(seed=seed, codings=labels + 'codings = "sample/codings-anna.csv"'), encoding="utf-8")
        subprocess.run([parallax, "run", study, "--quiet"], **quiet)
        tables = [list(csv.DictReader(open(folder / "results" / name, encoding="utf-8"))) for name in ("prevalence.csv", "comparisons.csv")]
    return tables


def line(quantity, method, cells):
    """One line of the table, of cells (row, its columns of estimate, low and high, truth)."""
    values = [([float(row[column]) for column in columns], truth) for row, columns, truth in cells]
    held = sum(low <= truth <= high for (_, low, high), truth in values)
    width = sum(high - low for (_, low, high), _ in values) / len(values)
    error = sum(estimate - truth for (estimate, _, _), truth in values) / len(values)
    return [quantity, method, len(values), held, f"{held / len(values):.3f}", f"{width:.3f}", f"{error:+.3f}"]


def main():
    """Prints a table as CSV: for shares by outlet, all shares and differences, how often the intervals hold the truth."""
    parallax, corpora = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
    shares, differences = [], []
    for seed in range(1, corpora + 1):
        prevalence, comparisons = one(parallax, seed, "labels" in sys.argv)
        shares, differences = shares + prevalence, differences + comparisons
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(["quantity", "method", "intervals", "hold_the_truth", "coverage", "mean_width", "mean_error"])
    corrected = ("corrected", "corrected_low", "corrected_high")
    for method, of_share, of_difference in (
        ("published", ("estimate", "conf_low", "conf_high"), ("difference", "conf_low", "conf_high")),
        ("corrected", corrected, corrected),
    ):
        for outlet in ERRORS:
            own = [(row, of_share, SHARE) for row in shares if row["group"] == outlet]
            table.writerow(line(f"share of {outlet}", method, own))
        table.writerow(line("all shares", method, [(row, of_share, SHARE) for row in shares]))
        table.writerow(line("difference", method, [(row, of_difference, 0.0) for row in differences]))


if __name__ == "__main__":
    main()
