"""Stories held against events that people know: python3 benches/stories.py CORPUS.csv RESULTS

Of the pairs of documents of two outlets whose dates are at most a day apart: how many of one story are of one event
(precision), and how many of one event are of one story (recall), beside what the dates alone give. CORPUS.csv has a column
"event", RESULTS the stories.csv of a run on it.
"""

import collections
import csv
import datetime
import itertools
import sys


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as rows:
        documents = list(csv.DictReader(rows))
    with open(f"{sys.argv[2]}/stories.csv", encoding="utf-8", newline="") as rows:
        stories = {row["document"]: row["story"] for row in csv.DictReader(rows)}
    days = collections.defaultdict(list)
    for document in documents:
        days[datetime.date.fromisoformat(document["date"])].append(document)
    counts = collections.Counter()
    for day, here in days.items():
        next_day = days.get(day + datetime.timedelta(days=1), [])
        for a, b in itertools.chain(itertools.combinations(here, 2), itertools.product(here, next_day)):
            if a["outlet"] == b["outlet"]:
                continue
            same_event = a["event"] == b["event"]
            same_story = a["id"] in stories and stories[a["id"]] == stories.get(b["id"])
            counts["pairs"] += 1
            counts["of one event"] += same_event
            counts["of one story"] += same_story
            counts["of both"] += same_event and same_story
    pairs, event, story, both = (counts[name] for name in ("pairs", "of one event", "of one story", "of both"))
    print("by,documents,pairs,pairs_of_one_event,precision,recall")
    print(f"date,{len(documents)},{pairs},{event},{event / pairs:.4f},1.0000")
    print(f"story,{len(stories)},{story},{both},{both / max(1, story):.4f},{both / event:.4f}")


main()
