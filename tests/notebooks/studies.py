"""Writes studies that are unlike the demo into a folder, to try the notebooks and the data package on.

usage: studies.py FOLDER

- hostile: names and labels full of quotes, markup and code, compared by a column of its own, documents as the unit, the
  outlets' own words only, explained by a column with the name of one of ours, no periods;
- copies: three outlets that print each other's texts, copies weighed, each of the others counting alike, a section that
  never has a frame, an outlet that alone has a section and no other;
- single: one outlet, headlines only, by week, no contrasts, no groups of sources, hardly any hit;
- broken: a record left out for every reason there is.
"""

import csv
import sys
from pathlib import Path

HOSTILE = ["_hidden", "NA", "$x$ & $\\frac$", "</script><script>alert(1)</script>", 'a "b" \\ {{7*7}} `id` %d', "Київ العربية\u202e"]

CODEBOOK = """
[[frame]]
id = "cost"
label = '{label} costs'

[[frame]]
id = "benefit"
label = '{label} brings'

[[rule]]
id = "million"
frame = "cost"
match = "million*"

[[rule]]
id = "shorter"
frame = "benefit"
match = "shorten*"
"""

STUDY = """title = '{title}'
codebook = "codebook.toml"

[[corpus]]
path = "articles.*"

[compare]
{compare}
"""

SENTENCES = [
    "The tram has swallowed a million crowns.",
    "Rain fell on the rails.",
    "It shortens the way to the docks.",
    '"It takes another million," said Pia Lund.',
    "Nobody came to the opening.",
]


def write(folder, study, codebook, header, records):
    """A study in a folder of its own."""
    folder.mkdir(parents=True)
    (folder / "study.toml").write_text(study, encoding="utf-8")
    (folder / "codebook.toml").write_text(codebook, encoding="utf-8")
    with open(folder / "articles.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(records)


def copies(folder):
    """Outlets with copies of one text inside and between them, a section without hits, and an outlet with a section of its own."""
    records = []
    for number in range(150):
        outlet = ["Quay Mail", "Lighthouse", "Fennel Post"][number % 3]
        section = ["town", "harbour", "weather"][number // 3 % 3]
        said = ["Rain fell on the rails."] if section == "weather" else SENTENCES
        text = " ".join(said[(number * step + number // 7) % len(said)] for step in range(1, 5))
        # Reports of forty words, each printed five times, here and there.
        report = " ".join(f"word{number % 30 * 50 + place}" for place in range(40))
        day = f"2023-{4 + number % 2:02}-{1 + number % 27:02}"
        records.append([f"c-{number}", outlet, day, f"Day {number}", f"{text} {report}.", section])
    for number in range(30):
        text = " ".join(SENTENCES[(number * step + number // 7) % len(SENTENCES)] for step in range(1, 4))
        records.append([f"d-{number}", "Dune Echo", f"2023-04-{1 + number % 27:02}", f"Day {number}", f"{text} Word{number}.", "dunes"])
    compare = 'copies = "weight"\nrest = "equal"\nwithin = "section"\nleast_documents = 2\n[regression]\non = ["outlet", "section", "date"]'
    study = STUDY.format(title="Copies", compare=compare)
    write(folder, study, CODEBOOK.format(label="The tram"), ["id", "outlet", "date", "title", "text", "section"], records)


def hostile(folder):
    """Groups whose names mean something to CSV readers, Markdown, matplotlib, R or HTML."""
    label = "</script>{{7*7}} $x$ `r 1+1` \\\\"
    records = []
    for number in range(120):
        text = " ".join(SENTENCES[(number * step + number // 7) % len(SENTENCES)] for step in range(1, 4))
        side = HOSTILE[number % len(HOSTILE)]
        # Every tenth text is a copy of another.
        desk = HOSTILE[number // 7 % 3 + 2]
        records.append([f"h-{number}", side, "" if number % 10 == 0 else f"Day {number}", text, desk])
    compare = 'by = "side"\nunit = "document"\nvoice = "own"\ncontrasts = [["cost", "benefit"]]\n[regression]\non = ["side", "frame"]'
    title = 'Harbour "tram" {{7*7}} <script>alert(1)</script> `r stop()`: $x$ \\\\ #'
    write(folder, STUDY.format(title=title, compare=compare), CODEBOOK.format(label=label), ["id", "side", "title", "text", "frame"], records)


def single(folder):
    """As little as a study can have."""
    records = [[f"s-{day}", "Quay", f"2023-05-{day:02}", SENTENCES[1]] for day in range(1, 20)]
    records.append(["s-20", "Quay", "2023-05-20", SENTENCES[0]])
    compare = 'period = "week"'
    write(folder, STUDY.format(title="One", compare=compare), CODEBOOK.format(label="It"), ["id", "outlet", "date", "title"], records)


def broken(folder):
    """Every reason for leaving a record out."""
    good = [[f"b-{number}", f"Outlet {number % 2}", "2023-05-01", "Day", SENTENCES[number % 5]] for number in range(20)]
    bad = [
        ["missing-text", "Outlet 0", "2023-05-01", "", ""],
        ["missing-outlet", "", "2023-05-01", "Day", "Rain."],
        ["reserved-name", "(rest)", "2023-05-01", "Day", "Rain."],
        ["missing-date", "Outlet 0", "", "Day", "Rain."],
        ["bad-date", "Outlet 0", "2023-13-41", "Day", "Rain."],
        ["b-0", "Outlet 0", "2023-05-01", "Day", "A duplicate id."],
        ["field-count", "Outlet 0"],
    ]
    header = ["id", "outlet", "date", "title", "text"]
    write(folder, STUDY.format(title="Broken", compare='period = "month"'), CODEBOOK.format(label="It"), header, good + bad)
    with open(folder / "articles.jsonl", "wb") as file:
        # Enough to show that the file is UTF-8, so that the bytes below are a flaw and no other encoding.
        text = "Žluťoučký kůň úpěl ďábelské ódy.".encode()
        file.write(b'{"id": "j-1", "outlet": "Outlet 1", "date": "2023-05-02", "title": "Day", "text": "' + text + b'"}\n')
        file.write(b'{"id": "malformed",\n')
        file.write(b'{"id": "too-long", "outlet": "Outlet 1", "date": "2023-05-02", "text": "' + b"rain " * 3_500_000 + b'"}\n')
        file.write(b'{"id": "undecodable", "outlet": "Outlet 1", "date": "2023-05-02", "text": "\xff\xfe\xfa"}\n')


def main():
    """Writes all of them."""
    folder = Path(sys.argv[1])
    for make in (hostile, copies, single, broken):
        make(folder / make.__name__)


if __name__ == "__main__":
    main()
