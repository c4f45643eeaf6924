"""Checks a results folder from outside, with nothing but Python's standard library.

usage: check_tables.py RESULTS [CORPUS.csv ...]

- every row of codings.csv slices back to its sentence, and every row of attributions.csv to its source, verb and content
  (where the corpus files are given);
- sources.csv follows from attributions.csv, but for the intervals;
- prevalence.csv follows from documents.csv to the last digit;
- records read = kept + excluded, in manifest.json and in the tables;
- size and SHA-256 of every output are those of manifest.json, and every header that of datapackage.json.
"""

import csv
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from unicodedata import combining, normalize

csv.field_size_limit(1 << 30)
PROBLEMS = []


def expect(truth, problem):
    """Notes a problem where something does not hold."""
    if not truth:
        PROBLEMS.append(problem)


def rows(path):
    """The rows of a CSV file, as dictionaries."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def said(words, cell):
    """Whether a cell holds these words; what a spreadsheet would compute stands behind an apostrophe."""
    return words == cell or (cell.startswith("'") and words == cell[1:])


def check_offsets(results, corpora):
    """Every offset must cut its words out of the title or the text."""
    documents = {}
    for corpus in corpora:
        for record in rows(corpus):
            documents.setdefault(record["id"], record)
    return [check_codings(results, documents), check_attributions(results, documents)]


def with_texts(path, documents):
    """Each row of a table of sentences with the title or text that it is about, and how its place is told."""
    for row in rows(path):
        document = documents.get(row["document"])
        place = f"{path.name}: document {row['document']}, sentence {row['sentence']}"
        if document is None:
            PROBLEMS.append(f"{place}: not in the corpus")
            continue
        yield row, document["title" if row["sentence"] == "0" else "text"], place


def check_codings(results, documents):
    """The sentences of codings.csv."""
    checked = 0
    for coding, text, place in with_texts(results / "codings.csv", documents):
        sentence = text[int(coding["start"]) : int(coding["end"])]
        expect(said(sentence, coding["text"]), f"{place}: {sentence!r} is not {coding['text']!r}")
        checked += 1
    return f"{checked} codings slice back to their sentences"


def check_attributions(results, documents):
    """Source, verb and content of attributions.csv."""
    checked = 0
    for row, text, place in with_texts(results / "attributions.csv", documents):
        for part in ("source", "verb", "content"):
            start, end = row[f"{part}_start"], row[f"{part}_end"]
            words = text[int(start) : int(end)] if start else ""
            expect(said(words, row[part]), f"{place}: {part} {words!r} is not {row[part]!r}")
            checked += bool(start)
    return f"{checked} sources, verbs and contents slice back to their words"


LANGUAGE = Path(__file__).parent.parent / "src/text/language/en"


def lines_of(file):
    """The fields of the lines of a file of the language."""
    lines = (LANGUAGE / file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def listed(classes):
    """The words of English that a class whose name begins so has."""
    return {word for name, words, *_ in lines_of("words.tsv") if name.startswith(classes) for word in words.split()}


class Spellings:
    """What all spellings of a name have in common: the key of `text::name_key`, written once more."""

    def __init__(self):
        self.given, self.titles, self.persons = listed("given-"), listed("title"), listed("person")
        lines = lines_of("romanisation.tsv")
        self.letters = [line for line in lines if line[0] != "father"]
        self.fathers = tuple(line[1] for line in lines if line[0] == "father")

    def read(self, word):
        """A word without accents, romanised letters as one."""
        word = stopless(word).lower().replace("\u2019", "'")
        word = word[:-1] if word[-1:] == "." and word[:1].isalnum() else word
        plain = "".join(letter for letter in normalize("NFD", word) if not combining(letter))
        if plain in self.titles:
            return plain
        for place, letters, read in self.letters:
            if place == "any":
                plain = plain.replace(letters, read)
            elif place == "start" and plain.startswith(letters):
                plain = read + plain[len(letters) :]
            elif place == "end" and plain.endswith(letters):
                plain = plain[: -len(letters)] + read
        return plain

    def key(self, name):
        """Letters, what stands in the middle, and the surname if a person's."""
        words = re.split("[ -]", name)
        is_person = all(word[:1].isupper() for word in words)
        surname = self.read(words[-1]) if is_person else None
        if len(words) == 1:
            return (name.lower() if name.lower() in self.persons else stopless(name)), "", surname
        letters, middle = [], ""
        for place, word in enumerate(map(self.read, words)):
            if is_person and 0 < place < len(words) - 1 and (len(word) == 1 or word.endswith(self.fathers)):
                middle += word[:1]
            else:
                letters.append(word)
        return " ".join(letters), middle, surname


def stopless(word):
    """"US" of "U.S."."""
    return word.replace(".", "") if all(len(part) <= 1 for part in word.split(".")) else word


def called(frequency):
    """What each name is called in tables, from the number of documents that it is in: by its commonest spelling; a surname alone by
    the full name that begins with a common given name and is in ten times as many documents as all others of that surname."""
    spellings = Spellings()
    keys = {name: spellings.key(name) for name in frequency}
    middles = defaultdict(set)
    for letters, middle, _ in keys.values():
        middles[letters] |= {middle} - {""}
    alike = defaultdict(list)
    for name, (letters, middle, _) in keys.items():
        alike[letters, middle if len(middles[letters]) > 1 else ""].append(name)
    full, found = defaultdict(dict), {}
    for names in alike.values():
        most = min(names, key=lambda name: (-frequency[name], name))
        found |= dict.fromkeys(names, most)
        if " " in most and keys[most][2] is not None:
            full[keys[most][2]][most] = sum(frequency[name] for name in names)
    for name in frequency:
        of_surname = full.get(keys[name][2], {}) if " " not in name else {}
        if of_surname:
            most = max(of_surname, key=of_surname.get)
            is_person = most.split(" ")[0].lower() in spellings.given
            if is_person and of_surname[most] >= 10 * (sum(of_surname.values()) - of_surname[most]):
                found[name] = most
    return found


def join_persons(spoken):
    """Brings together the sentences of those who are one person in several spellings."""
    names = {name: len(documents) for (kind, name), documents in spoken.items() if kind == "source" and name}
    for name, full in called(names).items():
        if name != full:
            for document, sentences in spoken.pop(("source", name)).items():
                spoken["source", full][document] |= sentences


def check_sources(results):
    """Documents and sentences of every source, group of sources and cell, from the attributions."""
    cells = defaultdict(set)
    for row in rows(results / "documents.csv"):
        for period in {row["period"], "all"} - {""}:
            cells[row["group"], period].add(row["document"])
    spoken = defaultdict(lambda: defaultdict(set))
    for row in rows(results / "attributions.csv"):
        if row["part"] != "1":
            continue
        sentences = set(filter(None, row["sentences"].split(";")))
        if row["mood"] != "asserted" or not sentences:
            continue
        for key in {("source", row["canonical"]), ("group", row["source_group"]), ("all", "")}:
            spoken[key][row["document"]] |= sentences
    join_persons(spoken)
    checked = 0
    for row in rows(results / "sources.csv"):
        key = ("source", "") if row["source"] == "(unnamed)" else (row["kind"], row["source"])
        cell = cells[row["group"], row["period"]]
        whole = sum(len(spoken["all", ""][document]) for document in cell)
        place = f"sources.csv: {row['source']}, {row['kind']}, {row['group']}, {row['period']}"
        expect(int(row["all_attributed"]) == whole, f"{place}: {row['all_attributed']} attributed, not {whole}")
        if row["source"] == "(other)":
            continue
        found = [len(spoken[key][document]) for document in cell if document in spoken[key]]
        share = f"{sum(found) / whole:.6f}" if whole else ""
        counted = (row["documents"], row["attributed_sentences"], row["share"])
        expect(counted == (str(len(found)), str(sum(found)), share), f"{place}: {counted}, not {sum(found)} of {whole}")
        checked += 1
    return f"{checked} rows of sources.csv follow from attributions.csv"


def check_prevalence(results):
    """Counts and shares of every cell, from the documents; both units of a study are tried, one must fit throughout."""
    column = {"all": "hits", "own": "own", "attributed": "attributed"}
    cells = defaultdict(lambda: defaultdict(list))
    for row in rows(results / "documents.csv"):
        for period in {row["period"], "all"} - {""}:
            cells[row["frame"], row["group"], period][row["document"]] = row
    troubles = {"sentence": [], "document": []}
    checked = 0
    for row in rows(results / "prevalence.csv"):
        cell = list(cells[row["frame"], row["group"], row["period"]].values())
        place = f"prevalence.csv: {row['frame']}, {row['group']}, {row['period']}"
        hits = [int(document[column[row["voice"]]]) for document in cell]
        sentences = sum(int(document["sentences"]) for document in cell)
        expect(int(row["documents"]) == len(cell), f"{place}: {row['documents']} documents, not {len(cell)}")
        expect(int(row["sentences"]) == sentences, f"{place}: {row['sentences']} sentences, not {sentences}")
        # A study may be coded by rules alone, or by a scorer that only some frames have: then nothing is said of the others.
        told = [document for document in cell if document["without_rule"]]
        alone, found = (sum(int(document[name]) for document in told) for name in ("without_rule", "hits"))
        unruled = f"{alone / found:.6f}" if found else ""
        expect(row["without_rule_share"] == unruled, f"{place}: {row['without_rule_share']} without a rule, not {unruled}")
        for unit, (share, whole) in {
            "sentence": (sum(hits), sentences),
            "document": (sum(hit > 0 for hit in hits), len(cell)),
        }.items():
            estimate = f"{share / whole:.6f}" if whole else ""
            if (row["hits"], row["estimate"]) != (str(share), estimate):
                troubles[unit].append(f"{place}: {row['hits']} hits, {row['estimate']}, not {share}, {estimate}")
        checked += 1
    PROBLEMS.extend(min(troubles.values(), key=len))
    return f"{checked} rows of prevalence.csv follow from documents.csv"


def check_duplicates(results):
    """The clusters of documents.csv are those of duplicates.csv; a document that is not there stands alone."""
    copies = {row["document"]: row for row in rows(results / "duplicates.csv")}
    sizes = Counter(row["cluster"] for row in copies.values())
    for document, cluster in {(row["document"], row["cluster"]) for row in rows(results / "documents.csv")}:
        expected = copies[document]["cluster"] if document in copies else document
        expect(cluster == expected, f"documents.csv: {document} has the cluster {cluster}, not {expected}")
    for document, row in copies.items():
        place = f"duplicates.csv: {document}"
        expect(int(row["documents"]) == sizes[row["cluster"]] > 1, f"{place}: not {row['documents']} copies")
        expect((row["earliest"] == "true") == (document == row["cluster"]), f"{place}: earliest {row['earliest']}")
        earliest = copies.get(row["cluster"], row)["date"]
        expect(not row["date"] or earliest and earliest <= row["date"], f"{place}: earlier than its earliest, {earliest}")
    return f"{len(copies)} copies in {len(sizes)} clusters"


def check_stories(results):
    """A story has documents of several outlets, and bears the id of its earliest."""
    documents = {row["document"]: row for row in rows(results / "stories.csv")}
    for name, row in documents.items():
        members = [it for it in documents.values() if it["story"] == row["story"]]
        outlets = {it["outlet"] for it in members}
        place = f"stories.csv: {name}"
        expect([int(row["documents"]), int(row["outlets"])] == [len(members), len(outlets)], f"{place}: other counts")
        expect(len(outlets) > 1, f"{place}: a story of one outlet")
        earliest = min(members, key=lambda it: (it["date"], it["document"].encode()))
        expect(row["story"] == earliest["document"], f"{place}: the earliest is {earliest['document']}")
        expect(documents[row["nearest"]]["story"] == row["story"], f"{place}: {row['nearest']} is of another story")
    return f"{len(documents)} documents in {len({row['story'] for row in documents.values()})} stories"


def check_records(results, manifest):
    """What was read was kept or excluded, by file and in all."""
    records = manifest["records"]
    kept = len({row["document"] for row in rows(results / "documents.csv")})
    excluded = Counter(row["reason"] for row in rows(results / "excluded.csv"))
    expect(records["kept"] == kept, f"manifest.json: {records['kept']} kept, documents.csv has {kept}")
    expect(records["excluded"] == excluded, f"manifest.json: {records['excluded']}, excluded.csv has {dict(excluded)}")
    total = kept + sum(excluded.values())
    expect(records["read"] == total, f"manifest.json: {records['read']} read, kept and excluded are {total}")
    files = [file for file in manifest["inputs"] if "records" in file and file["role"] == "corpus"]
    for file in files:
        numbers = file["records"]
        expect(numbers["read"] == numbers["kept"] + numbers["excluded"], f"manifest.json: {file['path']}: {numbers}")
    if files:
        read = sum(file["records"]["read"] for file in files)
        expect(records["read"] == read, f"manifest.json: {records['read']} read, its files have {read}")
    return f"{records['read']} records read = {kept} kept + {sum(excluded.values())} excluded"


def check_files(results, manifest):
    """Every output is listed, with its size and checksum, and every table described."""
    listed = {output["path"]: output for output in manifest["outputs"]}
    there = {file.relative_to(results).as_posix() for file in results.rglob("*") if file.is_file()}
    expect(there == {*listed, "manifest.json"}, f"manifest.json lists {sorted(listed)}, there are {sorted(there)}")
    for path in sorted(there & set(listed)):
        content = (results / path).read_bytes()
        found = (len(content), hashlib.sha256(content).hexdigest())
        expect(found == (listed[path]["bytes"], listed[path]["sha256"]), f"{path}: not the bytes of manifest.json")
        is_text = not path.endswith((".png", "codings.csv"))  # pictures hold any bytes, codings.csv what the articles hold
        expect(not (is_text and b"\r\n" in content), f"{path}: lines end in CR LF")
    package = json.loads((results / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["path"]: resource["schema"]["fields"] for resource in package["resources"] if resource["format"] == "csv"}
    expect(set(described) == {path for path in listed if path.endswith(".csv")}, "datapackage.json: not every table")
    for path, fields in described.items():
        with open(results / path, encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        expect(header == [field["name"] for field in fields], f"{path}: header differs from datapackage.json")
    return f"{len(listed)} outputs have the bytes that manifest.json lists"


def main():
    """Prints what holds, or what does not and fails."""
    results, *corpora = map(Path, sys.argv[1:])
    manifest = json.loads((results / "manifest.json").read_text(encoding="utf-8"))
    done = [check_files(results, manifest), check_records(results, manifest), check_prevalence(results), check_duplicates(results)]
    done.append(check_stories(results))
    if (results / "sources.csv").exists():
        done.append(check_sources(results))
    if corpora:
        done.extend(check_offsets(results, corpora))
    for problem in PROBLEMS[:20]:
        print(problem, file=sys.stderr)
    if PROBLEMS:
        sys.exit(f"{len(PROBLEMS)} problems in {results}")
    print("\n".join(done))


if __name__ == "__main__":
    main()
