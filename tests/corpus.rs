//! Reads small corpora, whole, unusual and broken, from a temporary folder.

use std::{collections::BTreeMap, fs, io::Write, path::Path};

use parallax::{
    corpus::{self, FileTally, Needs, READERS, Record},
    model::{CorpusSettings, Document, Excluded},
};
use proptest::prelude::*;

/// What a corpus yields.
#[derive(Debug, Default)]
struct Yield {
    documents: Vec<Document>,
    excluded: Vec<Excluded>,
    files: Vec<FileTally>,
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read_all(folder: &Path, settings: &[CorpusSettings], needs: Needs) -> Result<Yield, String> {
    let mut corpus = corpus::open(folder, settings, needs).map_err(|error| error.to_string())?;
    let mut all = Yield::default();
    while let Some(record) = corpus.next_record().map_err(|error| error.to_string())? {
        match record {
            Record::Kept(document) => all.documents.push(document),
            Record::Excluded(excluded) => all.excluded.push(excluded),
        }
    }
    assert_eq!(corpus.bytes_read(), corpus.bytes_total());
    all.files = corpus.files().to_vec();
    for file in &all.files {
        assert_eq!(file.read, file.kept + file.excluded, "{file:?}");
    }
    assert_eq!(all.files.iter().map(|file| file.kept).sum::<u64>(), all.documents.len() as u64);
    assert_eq!(all.files.iter().map(|file| file.excluded).sum::<u64>(), all.excluded.len() as u64);
    Ok(all)
}

fn needs(date: bool) -> Needs {
    Needs { by: "outlet".to_owned(), date }
}

fn at(path: &str) -> CorpusSettings {
    CorpusSettings { path: path.to_owned(), ..CorpusSettings::default() }
}

fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// `id|outlet|date|title|text` of each document, then `!reason` of each record left out, or `error` before all.
fn summary(outcome: &Result<Yield, String>) -> (Vec<String>, String) {
    match outcome {
        Err(error) => (vec!["error".to_owned()], error.clone()),
        Ok(all) => {
            let documents = all.documents.iter().map(|document| {
                let date = document.date.map_or(String::new(), |date| date.to_string());
                [&document.id, &document.outlet, &date, document.title(), document.text()].join("|")
            });
            let excluded = all.excluded.iter().map(|row| format!("!{}", row.reason.as_str()));
            let details: Vec<String> = all.excluded.iter().map(|row| row.detail.clone()).collect();
            let notes: Vec<String> = all.files.iter().flat_map(|file| file.notes.clone()).collect();
            (documents.chain(excluded).collect(), [details, notes].concat().join("\n"))
        }
    }
}

/// A name for messages, the bytes of a file, what it yields, and a part of the details, notes or error.
type Case<'a> = (&'a str, &'a [u8], &'a [&'a str], &'a str);

fn check(file: &str, date: bool, cases: &[Case<'_>]) {
    for (name, bytes, expected, part) in cases {
        let folder = folder(&[(file, bytes)]);
        let (found, details) = summary(&read_all(folder.path(), &[at(file)], needs(date)));
        assert_eq!(found, *expected, "{name}: {details}");
        assert!(details.contains(part), "{name}: {details:?} should have {part:?}");
    }
}

#[test]
fn csv_is_read_as_it_is_written() {
    check(
        "a.csv",
        true,
        &[
            ("plain", b"id,outlet,date,text\n1,A,2022-02-03,One.\n", &["1|A|2022-02-03||One."], ""),
            ("no last line end", b"id,outlet,date,text\n1,A,2022-02-03,One.", &["1|A|2022-02-03||One."], ""),
            (
                "carriage returns and line feeds",
                b"id,outlet,date,text\r\n1,A,2022-02-03,One.\r\n",
                &["1|A|2022-02-03||One."],
                "",
            ),
            (
                "carriage returns",
                b"id,outlet,date,text\r1,A,2022-02-03,One.\r2,A,2022-02-03,Two.\r",
                &["1|A|2022-02-03||One.", "2|A|2022-02-03||Two."],
                "",
            ),
            (
                "mixed line ends",
                b"id,outlet,date,text\n1,A,2022-02-03,One.\r\n2,A,2022-02-03,Two.\r3,B,2022-02-03,Three.",
                &["1|A|2022-02-03||One.", "2|A|2022-02-03||Two.", "3|B|2022-02-03||Three."],
                "",
            ),
            ("blank lines", b"\n\nid,outlet,date,text\n\n1,A,2022-02-03,One.\n\r\n\n", &["1|A|2022-02-03||One."], ""),
            (
                "a mark and padded names",
                b"\xef\xbb\xbf id , outlet,date,text\n1,A,2022-02-03,One.\n",
                &["1|A|2022-02-03||One."],
                "",
            ),
            (
                "a mark before a quoted name",
                b"\xef\xbb\xbf\"id\",outlet,date,text\n1,A,2022-02-03,One.\n",
                &["1|A|2022-02-03||One."],
                "",
            ),
            (
                "quoted fields",
                b"id,outlet,date,text\n1,\"A, B\",2022-02-03,\"He said \"\"no\"\".\n\nTwice.\"\n",
                &["1|A, B|2022-02-03||He said \"no\".\n\nTwice."],
                "",
            ),
            (
                "white space kept in text and title",
                b"id,outlet,date,title,text\n 1 , A ,2022-02-03, T , One. \n",
                &["1|A|2022-02-03| T | One. "],
                "",
            ),
            (
                "line ends kept in text",
                b"id,outlet,date,text\n1,A,2022-02-03,\"One.\r\nTwo.\rThree.\n\"\n",
                &["1|A|2022-02-03||One.\r\nTwo.\rThree.\n"],
                "",
            ),
            ("a title is enough", b"id,outlet,date,title\n1,A,2022-02-03,Head\n", &["1|A|2022-02-03|Head|"], ""),
            (
                "ids are made up",
                b"outlet,date,text\nA,2022-02-03,One.\nA,2022-02-03,Two.\n",
                &["a-000001|A|2022-02-03||One.", "a-000002|A|2022-02-03||Two."],
                "",
            ),
            (
                "blank ids are made up",
                b"id,outlet,date,text\n ,A,2022-02-03,One.\n",
                &["a-000001|A|2022-02-03||One."],
                "",
            ),
            (
                "a quoted word begins a field",
                b"id,outlet,date,text\n1,A,2022-02-03,\"Free\" speech\n",
                &["1|A|2022-02-03||Free speech"],
                "",
            ),
            (
                "quotation marks inside a plain field",
                b"id,outlet,date,text\n1,A,2022-02-03,say \"no\" now\n",
                &["1|A|2022-02-03||say \"no\" now"],
                "",
            ),
            (
                "semicolons",
                b"id;outlet;date;text\n1;A;2022-02-03;One, two.\n",
                &["1|A|2022-02-03||One, two."],
                "semicolons",
            ),
            ("tabs", b"id\toutlet\tdate\ttext\n1\tA\t2022-02-03\tOne, two.\n", &["1|A|2022-02-03||One, two."], "tabs"),
            ("a nameless column", b",id,outlet,date,text\n0,1,A,2022-02-03,One.\n", &["1|A|2022-02-03||One."], ""),
            ("empty", b"", &[], ""),
            ("only a mark", b"\xef\xbb\xbf", &[], ""),
            ("only a header", b"id,outlet,date,text\n", &[], ""),
            (
                "other scripts",
                "id,outlet,date,text\n1,Правда,2022-02-03,\"Он сказал: «нет».\"\n".as_bytes(),
                &["1|Правда|2022-02-03||Он сказал: «нет»."],
                "",
            ),
        ],
    );
}

#[test]
fn broken_csv_records_are_left_out_and_reading_goes_on() {
    check(
        "a.csv",
        true,
        &[
            (
                "no text",
                b"id,outlet,date,title,text\n1,A,2022-02-03, ,\n2,A,2022-02-03,,Two.\n",
                &["2|A|2022-02-03||Two.", "!missing-text"],
                "neither",
            ),
            ("no outlet", b"id,outlet,date,text\n1, ,2022-02-03,One.\n", &["!missing-outlet"], "\"outlet\""),
            ("no date", b"id,outlet,date,text\n1,A,,One.\n", &["!missing-date"], "periods"),
            ("no such day", b"id,outlet,date,text\n1,A,2022-02-30,One.\n", &["!bad-date"], "2022-02-30"),
            ("a month", b"id,outlet,date,text\n1,A,2022-02,One.\n", &["!bad-date"], "%Y-%m"),
            ("zeros", b"id,outlet,date,text\n1,A,0000-00-00,One.\n", &["!bad-date"], "0000-00-00"),
            (
                "a twin id",
                b"id,outlet,date,text\n1,A,2022-02-03,One.\n1,A,2022-02-03,Two.\n",
                &["1|A|2022-02-03||One.", "!duplicate-id"],
                "a.csv, record 1",
            ),
            (
                "too few fields",
                b"id,outlet,date,text\n1,A,2022-02-03\n2,A,2022-02-03,Two.\n",
                &["2|A|2022-02-03||Two.", "!field-count"],
                "3 fields where the header has 4, line 2",
            ),
            (
                "too many fields",
                b"id,outlet,date,text\n1,A,2022-02-03,One, two.\n2,A,2022-02-03,Two.\n",
                &["2|A|2022-02-03||Two.", "!field-count"],
                "5 fields where the header has 4, line 2",
            ),
            (
                "a NUL",
                b"id,outlet,date,text\n1,A,2022-02-03,O\0ne.\n2,A,2022-02-03,Two.\n",
                &["2|A|2022-02-03||Two.", "!malformed"],
                "NUL byte in line 2",
            ),
            (
                "never closed",
                b"id,outlet,date,text\n1,A,2022-02-03,One.\n2,A,2022-02-03,\"Two.\n3,A,2022-02-03,Three.\n",
                &["1|A|2022-02-03||One.", "!malformed"],
                "opened in line 3 is never closed; all up to the end, line 4",
            ),
            (
                "closed by another record's",
                b"id,outlet,date,text\n1,A,2022-02-03,\"One.\n2,A,2022-02-03,\"Two.\"\n3,A,2022-02-03,Three.\n",
                &["3|A|2022-02-03||Three.", "!malformed"],
                "opened in line 2 is closed in the middle of a field in line 3",
            ),
            (
                "a bad byte among UTF-8",
                "id,outlet,date,text\n1,A,2022-02-03,Çok çağrı şöyle ğüşıöç ığüşöçÇĞÜŞÖİ\n"
                    .as_bytes()
                    .iter()
                    .copied()
                    .chain(*b"2,A,2022-02-03,caf\xe9\n3,A,2022-02-03,Three.\n")
                    .collect::<Vec<u8>>()
                    .as_slice(),
                &["1|A|2022-02-03||Çok çağrı şöyle ğüşıöç ığüşöçÇĞÜŞÖİ", "3|A|2022-02-03||Three.", "!undecodable"],
                "byte 113 (line 3), 0xE9",
            ),
            (
                "an open quotation mark at the very end",
                b"id,outlet,date,text\n1,A,2022-02-03,\"",
                &["!malformed"],
                "line 2",
            ),
        ],
    );
}

#[test]
fn unusable_csv_headers_stop_the_run() {
    check(
        "a.csv",
        true,
        &[
            ("twins", b"id,outlet,date,text,text\n", &["error"], "a.csv: two columns are called \"text\" (line 1)"),
            (
                "no outlet",
                b"id,Outlets,date,text\n1,A,2022-02-03,One.\n",
                &["error"],
                "a.csv: no column \"outlet\"; its columns are Outlets, date, id, text; say columns = { outlet = \"Outlets\" } or set = { outlet = \"...\" }",
            ),
            ("no date", b"id,outlet,text\n", &["error"], "no column \"date\""),
            ("no text", b"id,outlet,date,body\n", &["error"], "say columns = { text = \"...\" }"),
            (
                "not closed",
                b"id,\"outlet,date,text\n1,A,2022-02-03,One.\n",
                &["error"],
                "the header (line 1) is not closed",
            ),
            ("a binary file", b"PK\x03\x04\0\0\n\0\0,x", &["error"], "NUL"),
        ],
    );
}

#[test]
fn json_lines_are_read_as_they_are_written() {
    check("a.jsonl", true, &[
        ("plain", b"{\"id\":\"1\",\"outlet\":\"A\",\"date\":\"2022-02-03\",\"text\":\"One.\"}\n", &["1|A|2022-02-03||One."], ""),
        ("numbers and truth", b"{\"id\":12345678901234567890123,\"outlet\":true,\"date\":20220203,\"text\":1.50}", &["12345678901234567890123|true|2022-02-03||1.50"], ""),
        ("escapes", br#"{"id":"1","outlet":"A","date":"2022-02-03","text":"a\n\"b\" \u00e9 \ud83d\ude00"}"#, &["1|A|2022-02-03||a\n\"b\" é 😀"], ""),
        ("blank lines and carriage returns", b"\r\n\n{\"id\":1,\"outlet\":\"A\",\"date\":\"2022-02-03\",\"text\":\"One.\"}\r\n  \r\n", &["1|A|2022-02-03||One."], ""),
        ("an id made up", b"{\"id\":null,\"outlet\":\"A\",\"date\":\"2022-02-03\",\"text\":\"One.\"}", &["a-000001|A|2022-02-03||One."], ""),
        ("no text", b"{\"outlet\":\"A\",\"date\":\"2022-02-03\",\"text\":\"One.\"}\n{\"outlet\":\"A\",\"date\":\"2022-02-03\",\"text\":null}", &["a-000001|A|2022-02-03||One.", "!missing-text"], ""),
        ("broken", b"{\"outlet\":\"A\",\"date\":\"2022-02-03\",\"text\":\"One.\"}\n{\"outlet\":\"A\"\n{\"outlet\":\"B\",\"date\":\"2022-02-03\",\"text\":\"Two.\"}", &["a-000001|A|2022-02-03||One.", "a-000003|B|2022-02-03||Two.", "!malformed"], "line 2, column 13"),
        ("half a pair", br#"{"outlet":"A","text":"a \ud83d b"}"#, &["!malformed"], "\"text\": "),
        ("a name with half a pair", br#"{"outlet\ud83d":"A","text":"a b"}"#, &["!malformed"], "line 1"),
        ("twin names", br#"{"outlet":"A","text":"a","text":"b"}"#, &["!malformed"], "two values for \"text\""),
        ("a list", b"[1, 2]\n", &["!malformed"], "expected one JSON object"),
        ("a text", b"\"word\"\n", &["!malformed"], "expected one JSON object"),
        ("two objects", b"{} {}\n", &["!malformed"], "line 1, column 4"),
        ("a NUL", b"{\"outlet\":\"A\0\"}\n", &["!malformed"], "NUL byte in line 1, column 13"),
        ("deep", "[".repeat(100_000).as_bytes(), &["!malformed"], "line 1"),
        ("a deep value", format!("{{\"x\":{}", "[".repeat(100_000)).as_bytes(), &["!malformed"], "line 1"),
        ("1252", b"{\"outlet\":\"A\",\"date\":\"2022-02-03\",\"text\":\"caf\xe9 and more words\"}\n", &["a-000001|A|2022-02-03||café and more words"], "windows-1252"),
        ("no outlet anywhere", b"{\"source\":\"A\",\"date\":\"2022-02-03\",\"text\":\"One.\"}\n", &["error"], "no column \"outlet\"; its columns are date, source, text"),
        ("empty", b"", &[], ""),
    ]);
}

#[test]
fn plain_text_is_one_document_a_file() {
    check(
        "texts/one.txt",
        false,
        &[
            (
                "front matter",
                b"---\noutlet: A\ndate: 2022-02-03\ntitle: Head\n---\nOne.\n",
                &["one|A|2022-02-03|Head|One.\n"],
                "",
            ),
            ("no outlet", b"One.\n", &["!missing-outlet"], ""),
            ("empty", b"", &["!missing-text"], ""),
            ("broken front matter", b"---\noutlet\n---\nOne.\n", &["!malformed"], "line 2"),
            ("a NUL", b"One.\nT\0wo", &["!malformed"], "line 2"),
            ("1252", b"---\noutlet: A\n---\nThe caf\xe9 was open.", &["one|A|||The café was open."], "windows-1252"),
            (
                "undecodable",
                "---\noutlet: A\n---\nÇağrı şöyleğüşıöç"
                    .as_bytes()
                    .iter()
                    .copied()
                    .chain([0xe9])
                    .collect::<Vec<u8>>()
                    .as_slice(),
                &["!undecodable"],
                "line 4",
            ),
        ],
    );
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn encodings_are_recognised_and_said() {
    let csv = "id,outlet,date,text\n1,A,2022-02-03,Café “naïve” 😀\n";
    let marked = format!("\u{feff}{csv}");
    let read = "1|A|2022-02-03||Café “naïve” 😀";
    let mut lone = utf16("id,outlet,text\n1,A,x", u16::to_le_bytes);
    lone.extend([0x00, 0xd8]);
    lone.extend(utf16("\n2,A,y\n", u16::to_le_bytes));
    check("a.csv", false, &[
        ("UTF-8", csv.as_bytes(), &[read], ""),
        ("UTF-16LE", &utf16(csv, u16::to_le_bytes), &[read], "read as utf-16le"),
        ("UTF-16BE", &utf16(csv, u16::to_be_bytes), &[read], "read as utf-16be"),
        ("UTF-16LE with mark", &utf16(&marked, u16::to_le_bytes), &[read], "read as utf-16le"),
        ("UTF-16BE with mark", &utf16(&marked, u16::to_be_bytes), &[read], "read as utf-16be"),
        ("UTF-16 with half a pair", &lone, &["2|A|||y", "!undecodable"], "byte 40 (line 2) is half a character"),
        ("Windows-1252", b"id,outlet,text\n1,A,Caf\xe9 \x93na\xefve\x94 \x80 5\n", &["1|A|||Café “naïve” € 5"], "read as windows-1252"),
        ("an undefined byte", b"id,outlet,text\n1,A,Caf\xe9 na\xefve d\xe9j\xe0 vu r\xe9sum\xe9 \xe9t\xe9 \xe9l\xe8ve p\xe2t\xe9 cr\xe8me br\xfbl\xe9e fa\xe7ade \xe9lan\xe9lan\xe9lan and many more words that are not accented at all\n2,A,a\x81b\n", &["1|A|||Café naïve déjà vu résumé été élève pâté crème brûlée façade élanélanélan and many more words that are not accented at all", "!undecodable"], "(line 3) stands for no character of windows-1252"),
        ("Windows-1251", b"id,outlet,text\n1,A,\xcf\xf0\xe5\xe7\xe8\xe4\xe5\xed\xf2 \xf1\xea\xe0\xe7\xe0\xeb \xed\xe5\xf2\n", &["!undecodable"], "0xCF, is not UTF-8; save the file as UTF-8"),
    ]);
}

#[test]
fn the_encoding_may_show_late() {
    for (name, late, reason) in
        [("UTF-8", "1,A,café\n".as_bytes(), None), ("Windows-1252", &b"1,A,caf\xe9\n"[..], None)]
    {
        let mut csv = b"id,outlet,text\n".to_vec();
        for number in 0..60_000 {
            csv.extend(format!("n{number},A,Nothing but plain words.\n").bytes());
        }
        csv.extend(late);
        let folder = folder(&[("a.csv", &csv)]);
        let all = read_all(folder.path(), &[at("a.csv")], needs(false)).unwrap();
        assert_eq!(all.excluded.first().map(|row| row.reason), reason, "{name}");
        assert_eq!(all.documents.last().unwrap().text(), "café", "{name}");
    }
}

#[test]
fn records_too_long_are_left_out_and_reading_goes_on() {
    let long = "word ".repeat(4 << 20);
    for (name, file, bytes, last, part) in [
        (
            "CSV",
            "a.csv",
            format!("id,outlet,text\n1,A,One.\n2,A,\"{long}\n\"\n3,A,Three.\n"),
            "3",
            "begins in line 3; it ends in line",
        ),
        (
            "CSV never closed",
            "a.csv",
            format!("id,outlet,text\n1,A,One.\n2,A,\"{long}\n\n3,A,Three.\n"),
            "1",
            "is never closed, and all up to the end",
        ),
        ("CSV at the end", "a.csv", format!("id,outlet,text\n1,A,One.\n2,A,{long}"), "1", "line 3"),
        (
            "JSON Lines",
            "a.jsonl",
            format!(
                "{{\"id\":1,\"outlet\":\"A\",\"text\":\"One.\"}}\n{{\"text\":\"{long}\"}}\n{{\"id\":3,\"outlet\":\"A\",\"text\":\"Three.\"}}"
            ),
            "3",
            "over 16 MiB in line 2",
        ),
    ] {
        let folder = folder(&[(file, bytes.as_bytes())]);
        let all = read_all(folder.path(), &[at(file)], needs(false)).unwrap();
        let (_, details) = summary(&Ok(all));
        let all = read_all(folder.path(), &[at(file)], needs(false)).unwrap();
        let reasons: Vec<&str> = all.excluded.iter().map(|row| row.reason.as_str()).collect();
        assert_eq!(reasons, ["too-long"], "{name}: {details}");
        assert_eq!(all.documents.last().unwrap().id, last, "{name}");
        assert!(details.contains(part), "{name}: {details}");
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn every_reader_reads_its_extensions_plain_and_compressed() {
    for reader in READERS {
        for extension in reader.extensions {
            let content = fixture(reader.name);
            for (suffix, bytes) in
                [("", content.clone()), (".gz", gzip(&content)), (".zst", zstd::encode_all(&content[..], 3).unwrap())]
            {
                let file = format!("one.{extension}{suffix}");
                let folder = folder(&[(&file, &bytes)]);
                let (found, details) = summary(&read_all(folder.path(), &[at(&file)], needs(true)));
                assert_eq!(found.len(), 1, "{file}: {details}");
                assert!(found[0].ends_with("|A|2022-02-03|Head|One."), "{file}: {found:?} {details}");
            }
        }
    }
}

fn fixture(reader: &str) -> Vec<u8> {
    let fixture: &[u8] = match reader {
        "CSV" => b"id,outlet,date,title,text\n1,A,2022-02-03,Head,One.\n",
        "TSV" => b"id\toutlet\tdate\ttitle\ttext\n1\tA\t2022-02-03\tHead\tOne.\n",
        "JSON Lines" => br#"{"id":1,"outlet":"A","date":"2022-02-03","title":"Head","text":"One."}"#,
        "plain text" => b"---\noutlet: A\ndate: 2022-02-03\ntitle: Head\n---\nOne.",
        other => panic!("write a fixture for {other}"),
    };
    fixture.to_vec()
}

#[test]
fn compressed_files_of_several_parts_are_read_whole_and_damaged_ones_stop_the_run() {
    let (head, tail) = (&b"id,outlet,text\n1,A,One.\n"[..], &b"2,A,Two.\n"[..]);
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 3).unwrap();
    let whole = ["1|A|||One.", "2|A|||Two."];
    let mut cut_gzip = gzip(&[head, tail].concat());
    cut_gzip.truncate(cut_gzip.len() - 9);
    let mut cut_zstd = zstd(&[head, tail].concat());
    cut_zstd.truncate(cut_zstd.len() - 3);
    check(
        "a.csv.gz",
        false,
        &[
            ("two parts", &[gzip(head), gzip(tail)].concat(), &whole, ""),
            ("cut off", &cut_gzip, &["error"], "a.csv.gz: the compressed data end early"),
            ("not compressed", head, &["error"], "a.csv.gz: the compressed data"),
        ],
    );
    check(
        "a.csv.zst",
        false,
        &[
            ("two parts", &[zstd(head), zstd(tail)].concat(), &whole, ""),
            ("cut off", &cut_zstd, &["error"], "a.csv.zst: the compressed data end early"),
            ("not compressed", head, &["error"], "a.csv.zst: the compressed data"),
        ],
    );
}

const ONE: &[u8] = b"id,outlet,text\n1,A,One.\n";
const TWO: &[u8] = b"id,outlet,text\n2,B,Two.\n";

#[test]
fn files_are_found_in_the_order_of_their_names() {
    let folder = folder(&[
        ("b/two.csv", TWO),
        ("a/one.csv", ONE),
        ("a/.hidden.csv", TWO),
        ("a/.git/x.csv", TWO),
        ("a/notes.docx", b"x"),
        ("[1]/three.csv", b"id,outlet,text\n3,C,Three.\n"),
    ]);
    for (name, paths, expected) in [
        ("folder", &["a"][..], &["a/one.csv"][..]),
        ("folder with slash", &["a/"], &["a/one.csv"]),
        ("dot", &["."], &["[1]/three.csv", "a/one.csv", "b/two.csv"]),
        ("glob", &["*/*.csv"], &["[1]/three.csv", "a/one.csv", "b/two.csv"]),
        ("deep glob", &["**/*.csv"], &["[1]/three.csv", "a/one.csv", "b/two.csv"]),
        ("any order", &["b/*.csv", "./a/one.csv"], &["a/one.csv", "b/two.csv"]),
        ("the same twice", &["a/*.csv", "a/one.csv"], &["a/one.csv"]),
        ("brackets in a name", &["[1]/three.csv"], &["[1]/three.csv"]),
    ] {
        let settings: Vec<CorpusSettings> = paths.iter().map(|path| at(path)).collect();
        let all = read_all(folder.path(), &settings, needs(false)).unwrap();
        let files: Vec<&str> = all.files.iter().map(|file| &file.file[..]).collect();
        assert_eq!(files, expected, "{name}");
    }
}

#[test]
fn trouble_with_paths_names_them_and_the_remedy() {
    let folder = folder(&[("a/one.csv", ONE), ("notes.docx", b"x"), ("empty/readme.pdf", b"x")]);
    let other = CorpusSettings { set: pairs(&[("language", "en")]), ..at("a/*.csv") };
    for (name, settings, part) in [
        ("absent", vec![at("b.csv")], "b.csv: no such file or folder"),
        ("no match", vec![at("b/*.csv")], "b/*.csv: no file to read there"),
        ("nothing to read", vec![at("empty")], "empty: no file to read there; supported are .csv .tsv"),
        ("unknown", vec![at("notes.docx")], "notes.docx: cannot read this kind of file; supported are .csv"),
        ("unknown in a glob", vec![at("*.docx")], "notes.docx: cannot read"),
        ("bad pattern", vec![at("a/***.csv")], "a/***.csv: not a valid pattern"),
        ("at odds", vec![at("a/one.csv"), other], "a/one.csv: two [[corpus]] tables read this file"),
    ] {
        let error = read_all(folder.path(), &settings, needs(false)).unwrap_err();
        assert!(error.contains(part), "{name}: {error}");
        assert!(!error.contains(&*folder.path().to_string_lossy()), "{name}: {error}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_once() {
    let folder = folder(&[("a/one.csv", ONE)]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/up")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("a/one.csv"), folder.path().join("a/same.csv")).unwrap();
    let all = read_all(folder.path(), &[at(".")], needs(false)).unwrap();
    assert_eq!((all.documents.len(), all.excluded.len()), (1, 0));
}

#[test]
fn columns_and_constants_are_mapped() {
    let csv = b"key,source,published,language,outlet\n7,A,03.02.2022,de,hidden\n";
    let folder = folder(&[("a.csv", csv)]);
    let settings = CorpusSettings {
        columns: pairs(&[("id", "key"), ("outlet", "source"), ("date", "published"), ("title", "source")]),
        set: pairs(&[("language", "en"), ("side", "west")]),
        date_format: Some("%d.%m.%Y".to_owned()),
        ..at("a.csv")
    };
    let all = read_all(folder.path(), &[settings.clone()], needs(true)).unwrap();
    assert_eq!(summary(&Ok(all)).0, ["7|A|2022-02-03|A|"]);
    let all = read_all(folder.path(), &[settings.clone()], Needs { by: "side".to_owned(), date: true }).unwrap();
    assert_eq!(all.documents[0].extra, pairs(&[("language", "en"), ("side", "west")]));
    let wrong = CorpusSettings { columns: pairs(&[("outlet", "Source")]), ..settings };
    let error = read_all(folder.path(), &[wrong], needs(true)).unwrap_err();
    let expected = "a.csv: no column \"Source\", which \"columns\" maps to outlet; did you mean \"source\"? \
                    its columns are key, language, outlet, published, source";
    assert_eq!(error, expected);
}

#[test]
fn json_keeps_lists_and_numbers_as_they_are() {
    let json = br#"{"outlet":"A","text":"One.","tags":[ "a b", {"n": 1.50} ],"score":1e400,"none":null}"#;
    let folder = folder(&[("a.jsonl", json)]);
    let all = read_all(folder.path(), &[at("a.jsonl")], needs(false)).unwrap();
    assert_eq!(all.documents[0].extra, pairs(&[("tags", r#"["a b",{"n":1.50}]"#), ("score", "1e400")]));
}

#[test]
fn made_up_ids_differ_between_files_of_one_stem() {
    let text = b"outlet,text\nA,One.\n";
    let folder = folder(&[("a/x.csv", text), ("b/x.csv", text), ("y.csv", text)]);
    let all = read_all(folder.path(), &[at("**/*.csv")], needs(false)).unwrap();
    let ids: Vec<&str> = all.documents.iter().map(|document| &document.id[..]).collect();
    assert_eq!(ids, ["a/x.csv-000001", "b/x.csv-000001", "y-000001"]);
}

#[test]
fn a_tally_names_size_and_checksum_of_the_file_as_it_lies_there() {
    let folder = folder(&[("a.csv", b"id,outlet,text\n")]);
    let all = read_all(folder.path(), &[at("a.csv")], needs(false)).unwrap();
    assert_eq!(all.files[0].size, 15);
    assert_eq!(all.files[0].sha256, "f077a96df427bd0de9b2bf6b5bd3cbba9680ad2b6c68dcc805c234bc52ed47c5");
}

#[test]
fn an_error_ends_the_corpus() {
    let folder = folder(&[("a.csv", b"id,text\n1,One.\n")]);
    let mut corpus = corpus::open(folder.path(), &[at("a.csv")], needs(false)).unwrap();
    assert!(corpus.next().unwrap().is_err());
    assert!(corpus.next().is_none());
}

#[test]
fn a_corpus_can_go_to_another_thread() {
    fn is_send<T: Send>() {}
    is_send::<corpus::Corpus>();
}

#[test]
fn study_files_are_read_without_their_mark_or_said_not_to_be_utf8() {
    let folder = folder(&[("a.toml", b"\xef\xbb\xbftitle = 1"), ("b.toml", b"x = 1\ny = \"\xe9\"")]);
    assert_eq!(corpus::read_text(&folder.path().join("a.toml")).unwrap(), "title = 1");
    let trouble = |name: &str| corpus::read_text(&folder.path().join(name)).unwrap_err().to_string();
    assert!(trouble("b.toml").ends_with("b.toml:2: not UTF-8 (byte 11); save the file as UTF-8"));
    assert!(trouble("c.toml").ends_with("c.toml: no such file"));
}

/// Bytes that meet the readers' turning points more often than chance would.
fn torn() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"id,outlet,text\n".to_vec()),
        Just(b"{\"outlet\":\"A\",\"text\":\"".to_vec()),
        prop::sample::select(&b"\"\",,\n\r{}:[]\\x\0\xe9\xff\xc3"[..]).prop_map(|byte| vec![byte]),
        "[a-zà-ÿ ]{0,9}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..9),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in torn(), file in prop::sample::select(vec!["a.csv", "a.tsv", "a.jsonl", "a.txt"])) {
        let with_header = [b"id,outlet,text\n", &bytes[..]].concat();
        for content in [&bytes, &with_header] {
            let folder = folder(&[(file, content)]);
            let _ = read_all(folder.path(), &[at(file)], needs(false));
        }
    }

    #[test]
    fn fields_are_cut_as_the_csv_crate_cuts_them(cells in "[a,\"\n\r é;]{0,40}") {
        let content = format!("id,outlet,text\n{cells}");
        let folder = folder(&[("a.csv", content.as_bytes())]);
        let all = read_all(folder.path(), &[at("a.csv")], needs(false)).unwrap();
        let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(cells.as_bytes());
        let expected: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert!(all.files[0].read <= expected.len() as u64);
        let whole = all.excluded.iter().all(|row| row.reason.as_str() != "malformed");
        prop_assert!(!whole || all.files[0].read == expected.len() as u64, "{expected:?} {all:?}");
        for document in all.documents {
            let record = &expected[usize::try_from(document.origin.record).unwrap() - 1];
            prop_assert_eq!(document.text(), &record[2]);
            prop_assert_eq!(&document.outlet[..], record[1].trim());
        }
    }
}
