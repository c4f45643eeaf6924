"""Writes a study of random articles for timing the comparison: so many documents, outlets, months and frames.

    python3 benches/comparison_tables.py FOLDER --documents 100000 --outlets 12
    parallax code FOLDER/study.toml
    /usr/bin/time -v parallax compare FOLDER/study.toml --threads 1

Most pairs has `--documents 10000 --outlets 50` (1,225 of them), most rows `--documents 100000 --outlets 5000` (780,000 a table);
docs/limits.md has the figures.

A frame is a word of its own. Its share of the sentences differs by outlet and, as in news, by document, so that documents
resemble themselves (intraclass correlation about .1). Other words are random, so that no article is another's copy.
"""

import argparse
import csv
import datetime
import pathlib
import random

STUDY = """title    = "Random articles"
seed     = 1
codebook = "codebook.toml"

[[corpus]]
path = "articles.csv"

[compare]
period    = "month"
contrasts = [["frame-0", "frame-1"]]
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--outlets", type=int, default=12)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--frames", type=int, default=12)
    parser.add_argument("--sentences", type=int, default=20, help="of a document, on average")
    return parser.parse_args()


def codebook(frames):
    lines = ['title = "Words"', 'language = "en"']
    for frame in range(frames):
        lines += [f'[[frame]]\nid = "frame-{frame}"\nlabel = "Frame {frame}"\ndefinition = "The word {word_of(frame)}."']
        lines += [f'[[rule]]\nid = "rule-{frame}"\nframe = "frame-{frame}"\nmatch = "{word_of(frame)}"']
    return "\n".join(lines) + "\n"


def word_of(frame):
    return "marker" + "".join(chr(ord("a") + int(digit)) for digit in str(frame))


def article(draw, shares, sentences):
    own = [draw.betavariate(9 * share, 9 * (1 - share)) for share in shares]
    lines = []
    for _ in range(sentences):
        words = ["".join(draw.choices("abcdefghijklmnop", k=5)) for _ in range(4)]
        words += [word_of(frame) for frame, share in enumerate(own) if draw.random() < share]
        lines.append(" ".join(words).capitalize() + ".")
    return " ".join(lines)


def main():
    given = arguments()
    draw = random.Random(1)
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "study.toml").write_text(STUDY)
    (given.folder / "codebook.toml").write_text(codebook(given.frames))
    shares = [[draw.uniform(0.01, 0.1) for _ in range(given.frames)] for _ in range(given.outlets)]
    with open(given.folder / "articles.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "outlet", "date", "title", "text"])
        for number in range(given.documents):
            outlet = number % given.outlets
            day = datetime.date(2020, 1, 1) + datetime.timedelta(days=int(draw.random() * 30.4 * given.months))
            sentences = 1 + min(int(draw.expovariate(1 / given.sentences)), 20 * given.sentences)
            text = article(draw, shares[outlet], sentences)
            table.writerow([f"d{number:07}", f"outlet-{outlet:04}", day, "", text])


if __name__ == "__main__":
    main()
