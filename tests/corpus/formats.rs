//! JSON Lines, plain text, encodings, mapped columns.

use parallax::{corpus::Needs, model::CorpusSettings};

use crate::{at, check, folder, needs, pairs, read_all, summary};

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
        ("half a pair", br#"{"outlet":"A","date":"2022-02-03","text":"a \ud83d b"}"#, &["!malformed"], "\"text\": half a character"),
        ("half a pair elsewhere", br#"{"id":"1","outlet":"A","date":"2022-02-03","text":"a","user":"b \udc4d c"}"#, &["1|A|2022-02-03||a"], "1 value has half a character"),
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

#[test]
fn columns_and_constants_are_mapped() {
    let csv = b"key,source,published,language,outlet\n7,A,03.02.2022,de,hidden\n";
    let folder = folder(&[("a.csv", csv)]);
    let settings = CorpusSettings {
        columns: pairs(&[("id", "key"), ("outlet", "source"), ("date", "published"), ("title", "source")]),
        set: pairs(&[("language", "en"), ("side", "west")]),
        date_format: vec!["%d.%m.%Y".to_owned()],
        ..at("a.csv")
    };
    let all = read_all(folder.path(), std::slice::from_ref(&settings), needs(true)).unwrap();
    assert_eq!(summary(&Ok(all)).0, ["7|A|2022-02-03|A|"]);
    let all = read_all(
        folder.path(),
        std::slice::from_ref(&settings),
        Needs { by: "side".to_owned(), date: true, columns: Vec::new(), within: None },
    )
    .unwrap();
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
