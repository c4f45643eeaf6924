"""Times and weighs the scorer beside scikit-learn's TfidfVectorizer and LogisticRegression, on one core.

    cargo build --release
    OMP_NUM_THREADS=1 python benches/scorer.py speed coded.csv label target/release/parallax
    python benches/scorer.py memory coded.csv label target/release/parallax

`speed` takes the same folds (5, by text) and the same features on both sides: words and pairs of words, runs of 3 to 5
characters within words, each seen in two texts or more, sublinear counts, tf-idf, length 1. `parallax train` does more
with them: it chooses between strengths of three learners by inner cross-validation and stacks these, as it always does.
Times are processor seconds:

- training, whole processes: `parallax train`, start, reading and writing included, against the work in memory of
  scikit-learn, its start and files left out: once fitted with one given strength, and once, as `parallax train` does
  it, with the strength chosen by inner 5-fold cross-validation;
- prediction, row by row: what another 10 copies of the table add to `parallax predict`, which reads, names its evidence
  and writes, against `predict_proba` in memory;
- prediction, whole processes: both start, read the model, the table, and write theirs.

`memory` writes 100,000 rows with words of the table shuffled and new ones made up, and says how much memory and time
`parallax train` takes for them, with every family of features.
"""

import csv
import os
import pickle
import random
import resource
import subprocess
import sys
import tempfile
import time

FOLDS = 5
COPIES = 10
STRENGTHS = [0.3, 1.0, 3.0, 10.0]
FAMILIES = ["position", "meaning"]


def read(path, label):
    with open(path, newline="", encoding="utf-8") as file:
        return [(row["text"], row[label]) for row in csv.DictReader(file)]


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("text", "label"), *rows])


def seconds(command):
    """Processor seconds of a process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def timed(work):
    """What it gives, and its processor seconds."""
    start = time.process_time()
    return work(), time.process_time() - start


def pipeline():
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", sublinear_tf=True, min_df=2)
    runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    return make_pipeline(make_union(words, runs), LogisticRegression(max_iter=1000))


def searched():
    from sklearn.model_selection import GridSearchCV

    return GridSearchCV(pipeline(), {"logisticregression__C": STRENGTHS}, cv=FOLDS, n_jobs=1)


def predict(model, table, output):
    """What a script does that only predicts; started as a process of its own."""
    with open(model, "rb") as file:
        fitted = pickle.load(file)
    rows = read(table, "label")
    shares = fitted.predict_proba([text for text, _ in rows])
    with open(output, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([*row, *share] for row, share in zip(rows, shares))


def speed(path, label, parallax):
    from sklearn.metrics import f1_score

    rows = read(path, label)
    order = sorted({text for text, _ in rows})
    random.Random(1).shuffle(order)
    fold_of = {text: place % FOLDS for place, text in enumerate(order)}
    spent = {}
    found = {"parallax": [], "scikit-learn": []}
    truth = []

    def spend(what, cpu):
        spent[what] = spent.get(what, 0.0) + cpu

    with tempfile.TemporaryDirectory() as folder:
        place = lambda name: os.path.join(folder, name)
        plain = [word for family in FAMILIES for word in ("--without", family)]
        common = ["--threads", "1", "--quiet"]
        for fold in range(FOLDS):
            seen = [row for row in rows if fold_of[row[0]] != fold]
            unseen = [row for row in rows if fold_of[row[0]] == fold]
            truth += [answer for _, answer in unseen]
            write(place("seen.csv"), seen)
            write(place("unseen.csv"), unseen)
            write(place("copies.csv"), unseen * (COPIES + 1))
            train = [parallax, "train", place("seen.csv"), "--label", "label", "--output", place("model.json")]
            spend("parallax train", seconds([*train, *plain, *common]))

            def score(name):
                places = ["--model", place("model.json"), "--output", place("out.csv")]
                return seconds([parallax, "predict", place(name), *places, *common])

            copies = score("copies.csv")
            once = score("unseen.csv")
            spend("parallax predict, process", once)
            spend("parallax predict, rows", (copies - once) / COPIES)
            with open(place("out.csv"), newline="", encoding="utf-8") as file:
                found["parallax"] += [row["predicted"] for row in csv.DictReader(file)]

            texts, answers = [text for text, _ in seen], [answer for _, answer in seen]
            fitted, cpu = timed(lambda: pipeline().fit(texts, answers))
            spend("scikit-learn fit, one strength", cpu)
            shares, cpu = timed(lambda: fitted.predict_proba([text for text, _ in unseen]))
            spend("scikit-learn predict, rows", cpu)
            found["scikit-learn"] += [fitted.classes_[share.argmax()] for share in shares]
            with open(place("model.pickle"), "wb") as file:
                pickle.dump(fitted, file)
            script = [sys.executable, __file__, "predict", place("model.pickle"), place("unseen.csv"), place("out.csv")]
            spend("scikit-learn predict, process", seconds(script))
            if fold == 0:
                _, cpu = timed(lambda: searched().fit(texts, answers))
                spent["scikit-learn fit, strength chosen (first fold, times 5)"] = cpu * FOLDS

    print(f"{path}: {len(rows)} rows, {FOLDS} folds; processor seconds over all folds")
    for what, cpu in spent.items():
        print(f"  {cpu:8.3f}  {what}")
    for theirs, ours in [
        ("scikit-learn fit, one strength", "parallax train"),
        ("scikit-learn fit, strength chosen (first fold, times 5)", "parallax train"),
        ("scikit-learn predict, rows", "parallax predict, rows"),
        ("scikit-learn predict, process", "parallax predict, process"),
    ]:
        print(f"  {spent[theirs] / spent[ours]:8.1f}  times as fast as {theirs}")
    for name, said in found.items():
        print(f"  {f1_score(truth, said, average='macro'):8.3f}  macro-F1 of {name}")


def memory(path, label, parallax, count=100_000):
    rows, chance = read(path, label), random.Random(1)
    words = [word for text, _ in rows for word in text.split()]

    def varied(word):
        draw = chance.random()
        if draw < 0.02:
            return "".join(chance.choice("aeioubdfklmnprst") for _ in range(chance.randint(4, 9)))
        return chance.choice(words) if draw < 0.2 else word

    with tempfile.TemporaryDirectory() as folder:
        table, model = os.path.join(folder, "coded.csv"), os.path.join(folder, "model.json")
        many = (rows[number % len(rows)] for number in range(count))
        write(table, ((" ".join(varied(word) for word in text.split()), answer) for text, answer in many))
        start = time.monotonic()
        cpu = seconds([parallax, "train", table, "--label", "label", "--output", model, "--quiet"])
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        sizes = [os.path.getsize(path) / 2**20 for path in (table, model)]
        print(f"{count} rows, {sizes[0]:.0f} MB of table, {sizes[1]:.0f} MB of model")
        print(f"  {peak:8.0f}  MB of memory at most")
        print(f"  {cpu:8.1f}  processor seconds")
        print(f"  {time.monotonic() - start:8.1f}  seconds")


if __name__ == "__main__":
    {"speed": speed, "memory": memory, "predict": predict}[sys.argv[1]](*sys.argv[2:])
