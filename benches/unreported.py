"""Forms of verbs of saying that no attribution has: python3 benches/unreported.py CORPUS attributions.csv [VERB ...]

Counts, for each form, how often it stands in the texts and how often neither as the verb of an attribution nor inside what
somebody says. Prints form, places, places without, share; then, for the forms that are named, forty such places drawn with
a seed. Most of these are no reports ("is expected to be announced"); the others are where rules of voice are missing. CORPUS is
a .csv or .jsonl.gz whose texts hold no markup, since places in attributions.csv are places in the text as it is read.
"""

import bisect
import collections
import csv
import gzip
import json
import random
import re
import sys

FORMS = """said says claimed claims warned warns suggested announced insisted argued told stated admitted alleged tweeted declared
replied asserted explained predicted wrote revealed acknowledged stressed emphasized concluded confirmed denied vowed promised
pledged urged demanded""".split()
FORM = re.compile(r"\b(" + "|".join(FORMS) + r")\b")
AROUND = 130


def documents(path):
    if path.endswith(".jsonl.gz"):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    else:
        with open(path, encoding="utf-8-sig", newline="") as rows:
            yield from csv.DictReader(rows)


def covered(path):
    """Per document, the stretches of verbs and of words, joined where they overlap, as lists of starts and of ends."""
    stretches = collections.defaultdict(list)
    with open(path, encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            for part in ("verb", "content"):
                if row[part + "_start"]:
                    stretches[row["document"]].append((int(row[part + "_start"]), int(row[part + "_end"])))
    joined = {}
    for document, spans in stretches.items():
        starts, ends = [], []
        for start, end in sorted(spans):
            if ends and start <= ends[-1]:
                ends[-1] = max(ends[-1], end)
            else:
                starts.append(start)
                ends.append(end)
        joined[document] = starts, ends
    return joined


def main(corpus, attributions, *named):
    csv.field_size_limit(1 << 30)
    known = covered(attributions)
    places, without, drawn = collections.Counter(), collections.Counter(), []
    for document in documents(corpus):
        text = document["text"]
        starts, ends = known.get(document["id"], ([], []))
        for found in FORM.finditer(text):
            places[found[1]] += 1
            at = bisect.bisect_right(starts, found.start()) - 1
            if at < 0 or ends[at] <= found.start():
                without[found[1]] += 1
                if found[1] in named:
                    drawn.append((document["id"], text[max(0, found.start() - AROUND) : found.end() + AROUND]))
    for form, count in sorted(places.items(), key=lambda item: (-without[item[0]], item[0])):
        print(f"{form}\t{count}\t{without[form]}\t{without[form] / count:.3f}")
    print(f"all\t{places.total()}\t{without.total()}\t{without.total() / places.total():.3f}")
    random.seed(1)
    for document, words in random.sample(drawn, min(40, len(drawn))):
        print(document, " ".join(words.split()), sep="\t")


main(*sys.argv[1:])
