"""How alike documents of a story must be: python3 benches/stories_thresholds.py CORPUS.csv|CORPUS.jsonl.gz

What each threshold of the mean cosine joins on a corpus, as src/compare/stories.rs joins it but with words split by a regular
expression: stories, documents, pairs of two outlets. `chance` is the share of pairs that two documents two weeks apart reach as
often, which are on one event only where it recurs. Where the corpus has a column "event": of pairs of two outlets at most a day
apart, how many of one story are of one event (precision), and how many of one event are of one story (recall).
benches/stories.csv holds the results for two corpora, with what reading twelve or fifteen of the pairs that a threshold adds to the one above said.
"""

import collections
import csv
import datetime
import gzip
import heapq
import itertools
import json
import math
import re
import sys

import numpy as np
from scipy import sparse

THRESHOLDS = (0.4, 0.3, 0.25, 0.2, 0.15, 0.1)
DISTANT = 14


def read(path):
    if path.endswith(".gz"):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            documents = [json.loads(line) for line in lines]
    else:
        with open(path, encoding="utf-8", newline="") as rows:
            documents = list(csv.DictReader(rows))
    return sorted((it for it in documents if it.get("date")), key=lambda it: (it["date"][:10], it["id"]))


def weights(documents):
    """A row of tf-idf weights of length 1 for each document, of words that fewer than half of all have."""
    words = [collections.Counter(re.findall(r"\w+", f"{it['title']} {it['text']}".lower())) for it in documents]
    holders = collections.Counter(itertools.chain.from_iterable(words))
    places = {word: place for place, word in enumerate(holders)}
    rows, columns, values = [], [], []
    for number, counted in enumerate(words):
        for word, times in counted.items():
            rarity = len(words) / holders[word]
            if rarity > 2:
                rows.append(number)
                columns.append(places[word])
                values.append((1 + math.log(times)) * math.log(rarity))
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(len(words), len(places)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).ravel())
    return (sparse.diags(1 / np.where(lengths == 0, 1, lengths)) @ matrix).tocsr()


def cosines(matrix, days, apart, least):
    """Pairs of a day and the day so much later as (a, b, cosine), and how many pairs there are in all."""
    pairs, count = [], 0
    for day in np.unique(days):
        here, there = np.nonzero(days == day)[0], np.nonzero(days == day + apart)[0]
        found = (matrix[here] @ matrix[there].T).toarray()
        if apart == 0:
            found = np.triu(found, 1)
            count -= len(here) * (len(here) + 1) // 2
        count += found.size
        for a, b in zip(*np.nonzero(found >= least)):
            pairs.append((int(here[a]), int(there[b]), float(found[a, b])))
    return pairs, count


def average_link(size, pairs, least):
    """The group of each document."""
    sums, members = [{} for _ in range(size)], [[number] for number in range(size)]
    for a, b, cosine in pairs:
        sums[a][b] = sums[b][a] = cosine
    queue = [(-cosine, a, b) for a, b, cosine in pairs if cosine >= least]
    heapq.heapify(queue)
    while queue:
        closeness, a, b = heapq.heappop(queue)
        if b not in sums[a] or sums[a][b] / (len(members[a]) * len(members[b])) != -closeness:
            continue
        for other, total in sums[b].items():
            del sums[other][b]
            if other != a:
                sums[a][other] = sums[other][a] = sums[a].get(other, 0) + total
        sums[b] = {}
        members[a] += members[b]
        members[b] = []
        for other, total in sums[a].items():
            mean = total / (len(members[a]) * len(members[other]))
            if mean >= least:
                heapq.heappush(queue, (-mean, min(a, other), max(a, other)))
    groups = [0] * size
    for group, numbers in enumerate(members):
        for number in numbers:
            groups[number] = group
    return groups


def near_pairs(documents, days):
    """Pairs of two outlets at most a day apart."""
    by_day = collections.defaultdict(list)
    for number, day in enumerate(days):
        by_day[day].append(number)
    for day, here in by_day.items():
        pairs = itertools.chain(itertools.combinations(here, 2), itertools.product(here, by_day.get(day + 1, [])))
        yield from ((a, b) for a, b in pairs if documents[a]["outlet"] != documents[b]["outlet"])


def main():
    documents = read(sys.argv[1])
    days = np.array([datetime.date.fromisoformat(it["date"][:10]).toordinal() for it in documents])
    matrix = weights(documents)
    floor = min(THRESHOLDS) / 2
    (same, of_same), (next_day, of_next) = (cosines(matrix, days, apart, floor) for apart in (0, 1))
    distant, of_distant = cosines(matrix, days, DISTANT, floor)
    near, of_near = same + next_day, of_same + of_next
    has_event = "event" in documents[0]
    print("threshold,stories,documents,pairs,chance,precision,recall")
    for least in THRESHOLDS:
        reach = [sum(cosine >= least for _, _, cosine in pairs) for pairs in (distant, near)]
        groups = average_link(len(documents), [pair for pair in near if pair[2] >= least / 2], least)
        outlets = collections.defaultdict(set)
        for document, group in zip(documents, groups):
            outlets[group].add(document["outlet"])
        stories = {group for group, names in outlets.items() if len(names) > 1}
        counts = collections.Counter()
        for a, b in near_pairs(documents, days):
            is_story = groups[a] == groups[b]
            is_event = has_event and documents[a]["event"] == documents[b]["event"]
            counts.update({"story": is_story, "event": is_event, "both": is_story and is_event})
        chance = reach[0] / of_distant / (reach[1] / of_near)
        quality = f"{counts['both'] / counts['story']:.3f},{counts['both'] / counts['event']:.4f}" if has_event else ","
        members = sum(group in stories for group in groups)
        print(f"{least},{len(stories)},{members},{counts['story']},{chance:.3f},{quality}", flush=True)


main()
