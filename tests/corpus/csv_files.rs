//! CSV: what is read as it is written, what is left out, and what stops the run.

use crate::{Case, check};

const WHOLE: &[Case<'_>] = &[
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
    ("blank ids are made up", b"id,outlet,date,text\n ,A,2022-02-03,One.\n", &["a-000001|A|2022-02-03||One."], ""),
    (
        "a quoted word begins a field",
        b"id,outlet,date,text\n1,A,2022-02-03,\"Free\" speech\n",
        &["1|A|2022-02-03||\"Free\" speech"],
        "in 1 record (line 2) a quotation mark that does not enclose its field is taken for a character",
    ),
    (
        "quotation marks inside a plain field",
        b"id,outlet,date,text\n1,A,2022-02-03,say \"no\" now\n",
        &["1|A|2022-02-03||say \"no\" now"],
        "",
    ),
    ("semicolons", b"id;outlet;date;text\n1;A;2022-02-03;One, two.\n", &["1|A|2022-02-03||One, two."], "semicolons"),
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
];

#[test]
fn csv_is_read_as_it_is_written() {
    check("a.csv", true, WHOLE);
}

const BROKEN: &[Case<'_>] = &[
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
        "the header again, behind a byte order mark",
        b"id,outlet,date,text\n1,A,2022-02-03,One.\n\xef\xbb\xbfid,outlet,date,text\n2,A,2022-02-03,Two.\n",
        &["1|A|2022-02-03||One.", "2|A|2022-02-03||Two.", "!malformed"],
        "the header again in line 3",
    ),
    (
        "a NUL",
        b"id,outlet,date,text\n1,A,2022-02-03,O\0ne.\n2,A,2022-02-03,Two.\n",
        &["2|A|2022-02-03||Two.", "!malformed"],
        "NUL byte in line 2",
    ),
    (
        "never closed",
        b"id,outlet,date,text\n1,A,2022-02-03,One.\n2,A,2022-02-03,\"Two.\nThree, and four.\n",
        &["1|A|2022-02-03||One.", "!malformed"],
        "opened in line 3 is never closed; all up to the end, line 4",
    ),
    (
        "closed by another record's",
        b"id,outlet,date,text\n1,A,2022-02-03,\"One.\n2,A,\"Two.\"\n3,A,2022-02-03,Three.\n",
        &["3|A|2022-02-03||Three.", "!malformed"],
        "opened in line 2 is closed in the middle of a field in line 3",
    ),
    ("an open quotation mark at the very end", b"id,outlet,date,text\n1,A,2022-02-03,\"", &["!malformed"], "line 2"),
];

#[test]
fn broken_csv_records_are_left_out_and_reading_goes_on() {
    check("a.csv", true, BROKEN);
    let mut bytes = "id,outlet,text\n1,A,Çok çağrı şöyle ğüşıöç ığüşöçÇĞÜŞÖİ\n".as_bytes().to_vec();
    bytes.extend(b"2,A,caf\xe9\n3,A,Three.\n");
    let expected = ["1|A|||Çok çağrı şöyle ğüşıöç ığüşöçÇĞÜŞÖİ", "3|A|||Three.", "!undecodable"];
    check("a.csv", false, &[("a bad byte among UTF-8", &bytes, &expected, "byte 86 (line 3), 0xE9")]);
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
            ("no text", b"id,outlet,date,words\n", &["error"], "say columns = { text = \"...\" }"),
            (
                "not closed",
                b"id,\"outlet,date,text\n1,A,2022-02-03,One.\n",
                &["error"],
                "the header (line 1) is not closed",
            ),
            ("a binary file", b"PK\x03\x04\0\0\n\0\0,x", &["error"], "NUL"),
            (
                "lines above the header",
                b"Export of a database\nfrom 2024\n\nid,outlet,date,text\n1,A,2022-02-03,One.\n",
                &["error"],
                "a.csv: the header seems to be line 4; delete the lines above it",
            ),
            (
                "a title row of a spreadsheet",
                b"Articles;;;\nid;outlet;date;text\n1;A;2022-02-03;One.\n",
                &["error"],
                "the header seems to be line 2; delete the lines above it",
            ),
            (
                "a web page",
                b"\xef\xbb\xbf<!DOCTYPE html>\n<html><table><tr><td>id</td></tr></table></html>\n",
                &["error"],
                "a.csv: a web page (HTML), not a table; open it in a browser",
            ),
            ("a sheet as XML", b"<?xml version=\"1.0\"?>\n<Workbook/>\n", &["error"], "XML, not a table"),
            ("objects", b"{\"id\":\"1\",\"outlet\":\"A\"}\n", &["error"], "let its name end in .json or .jsonl"),
        ],
    );
}
