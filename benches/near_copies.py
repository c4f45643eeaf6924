"""Near copies by brute force, beside those of a run: python3 benches/near_copies.py CORPUS.csv RESULTS

Counts every pair of documents that shares a run of five words, exactly, with words cut by a plain expression of Python
(so single words may be cut otherwise than Parallax cuts them), and joins what reaches the thresholds. Prints pairs and
clusters of both, and how many of each the other has.
"""

import collections
import csv
import gzip
import itertools
import json
import re
import sys

LEAST, JACCARD, CONTAINMENT = 20, 0.5, 0.8
WORD = re.compile(r"\w+(?:['’]\w+)*")


def documents(path):
    if path.endswith(".jsonl.gz"):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    else:
        csv.field_size_limit(1 << 30)
        with open(path, encoding="utf-8", newline="") as rows:
            yield from csv.DictReader(rows)


def shingles(document):
    text = document["text"] if document["text"].strip() else document["title"]
    words = WORD.findall(text.lower().replace("’", "'").replace("'s", " s"))
    return {hash(tuple(words[at : at + 5])) for at in range(max(1, len(words) - 4))} if words else set()


def root(parents, name):
    while parents[name] != name:
        parents[name] = parents[parents[name]]
        name = parents[name]
    return name


def clusters_of(pairs):
    parents = {name: name for pair in pairs for name in pair}
    for a, b in pairs:
        parents[root(parents, a)] = root(parents, b)
    members = collections.defaultdict(set)
    for name in parents:
        members[root(parents, name)].add(name)
    return {frozenset(group) for group in members.values()}


def copies(sets):
    holders, shared = collections.defaultdict(list), collections.Counter()
    for name in sorted(sets):
        for shingle in sets[name]:
            holders[shingle].append(name)
    for names in holders.values():
        shared.update(itertools.combinations(names, 2))
    for (a, b), both in shared.items():
        least, either = min(len(sets[a]), len(sets[b])), len(sets[a]) + len(sets[b]) - both
        is_long = least >= LEAST and (both / either >= JACCARD or both / least >= CONTAINMENT)
        if is_long or both == either:
            yield a, b


def main():
    sets = {document["id"]: shingles(document) for document in documents(sys.argv[1])}
    brute = clusters_of(list(copies(sets)))
    found = collections.defaultdict(set)
    with open(f"{sys.argv[2]}/duplicates.csv", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            found[row["cluster"]].add(row["document"])
    found = {frozenset(group) for group in found.values()}
    pairs = [{pair for group in groups for pair in itertools.combinations(sorted(group), 2)} for groups in (brute, found)]
    print("documents,clusters_brute,clusters_found,clusters_same,pairs_brute,pairs_found,pairs_both")
    print(len(sets), len(brute), len(found), len(brute & found), *map(len, pairs), len(pairs[0] & pairs[1]), sep=",")
    for group in list(brute - found)[:5] + list(found - brute)[:5]:
        print("only", "brute" if group in brute else "found", *sorted(group)[:8], file=sys.stderr)


main()
