//! Keys of `[[corpus]]` that mend what exports did to texts, dates and names.

use parallax::model::{CorpusSettings, Document, TextEncoding};

use crate::{at, folder, needs, pairs, read_all, summary};

type Setting = fn(CorpusSettings) -> CorpusSettings;

fn formats(formats: &[&str]) -> Vec<String> {
    formats.iter().map(|format| (*format).to_owned()).collect()
}

fn encoding(name: &str) -> TextEncoding {
    TextEncoding::Named(name.to_owned())
}

/// A name for messages, what the study says, the bytes of a file, what it yields, and a part of the details or notes.
type Case<'a> = (&'a str, Setting, &'a [u8], &'a [&'a str], &'a str);

fn check(cases: &[Case<'_>]) {
    for (name, setting, bytes, expected, part) in cases {
        let folder = folder(&[("a.csv", bytes)]);
        let (found, details) = summary(&read_all(folder.path(), &[setting(at("a.csv"))], needs(true)));
        assert_eq!(found, *expected, "{name}: {details}");
        assert!(details.contains(part), "{name}: {details:?} should have {part:?}");
    }
}

#[test]
fn texts_are_mended_as_the_study_asks() {
    check(&[
        (
            "HTML",
            |settings| CorpusSettings { strip_html: true, ..settings },
            b"id,outlet,date,title,text\n1,A,2022-02-03,R&amp;D,<p>&ldquo;Lost&rdquo;</p><p>Two.</p>\n",
            &["1|A|2022-02-03|R&D|“Lost”\n\nTwo."],
            "",
        ),
        (
            "HTML without text",
            |settings| CorpusSettings { strip_html: true, ..settings },
            b"id,outlet,date,title,text\n1,A,2022-02-03,<b></b>,<p>&nbsp;</p>\n",
            &["!missing-text"],
            "",
        ),
        (
            "a repeated title",
            |settings| CorpusSettings { drop_repeated_title: true, ..settings },
            b"id,outlet,date,title,text\n1,A,2022-02-03,War ends,\"War ends\nIt ended.\"\n2,A,2022-02-03,War,War ended.\n",
            &["1|A|2022-02-03|War ends|It ended.", "2|A|2022-02-03|War|War ended."],
            "",
        ),
        (
            "both, where the title is marked up in one place only",
            |settings| CorpusSettings { strip_html: true, drop_repeated_title: true, ..settings },
            b"id,outlet,date,title,text\n1,A,2022-02-03,War &amp; peace,<h1>War & Peace</h1><p>It ended.</p>\n",
            &["1|A|2022-02-03|War & peace|It ended."],
            "",
        ),
        (
            "text decoded twice",
            |settings| CorpusSettings { encoding: TextEncoding::Utf8Twice, ..settings },
            "id,outlet,date,title,text\n1,LibÃ©ration,2022-02-03,CafÃ©,Itâ€™s déjà lost.\n".as_bytes(),
            &["1|Libération|2022-02-03|Café|It’s déjà lost."],
            "",
        ),
        (
            "an outlet in two spellings",
            |settings| CorpusSettings { rename: pairs(&[("YARD  times", "x"), ("YARD times", "Yard Times")]), ..settings },
            b"id,outlet,date,title,text\n1,YARD  times,2022-02-03,T,One.\n2,Yard Times,2022-02-03,T,Two.\n",
            &["1|Yard Times|2022-02-03|T|One.", "2|Yard Times|2022-02-03|T|Two."],
            "",
        ),
    ]);
}

#[test]
fn a_named_encoding_is_read_by_its_name() {
    let (russian, _, _) = encoding_rs::WINDOWS_1251.encode("id,outlet,date,title,text\n1,Правда,2022-02-03,Нет,Да.\n");
    let (koi8, _, _) = encoding_rs::KOI8_R.encode("id,outlet,date,title,text\n1,Правда,2022-02-03,Нет,Да.\n");
    let (czech, _, _) = encoding_rs::ISO_8859_2.encode("id,outlet,date,title,text\n1,Právo,2022-02-03,Ne,Čas.\n");
    let (japanese, _, _) = encoding_rs::SHIFT_JIS.encode("id,outlet,date,title,text\n1,朝日,2022-02-03,表,ソース。\n");
    let mut torn = japanese.to_vec();
    torn.extend(b"2,A,2022-02-03,T,\xff\xff\n3,A,2022-02-03,T,Three.\n");
    check(&[
        (
            "1251",
            |settings| CorpusSettings { encoding: encoding("windows-1251"), ..settings },
            &russian,
            &["1|Правда|2022-02-03|Нет|Да."],
            "",
        ),
        (
            "KOI8",
            |settings| CorpusSettings { encoding: encoding("koi8-r"), ..settings },
            &koi8,
            &["1|Правда|2022-02-03|Нет|Да."],
            "",
        ),
        (
            "8859-2",
            |settings| CorpusSettings { encoding: encoding("iso-8859-2"), ..settings },
            &czech,
            &["1|Právo|2022-02-03|Ne|Čas."],
            "",
        ),
        (
            "Shift JIS",
            |settings| CorpusSettings { encoding: encoding("shift_jis"), ..settings },
            &japanese,
            &["1|朝日|2022-02-03|表|ソース。"],
            "",
        ),
        (
            "a line that is none",
            |settings| CorpusSettings { encoding: encoding("shift_jis"), ..settings },
            &torn,
            &["1|朝日|2022-02-03|表|ソース。", "3|A|2022-02-03|T|Three.", "!undecodable"],
            "is no shift_jis",
        ),
        ("not named", |settings| settings, &russian, &["!undecodable"], "encoding = \"windows-1251\""),
    ]);
    let late =
        ["id,outlet,date,title,text\n", &"1,A,2022-02-03,T,plain\n".repeat(30_000), "2,A,2022-02-03,T,Ж\n"].concat();
    let (late, _, _) = encoding_rs::WINDOWS_1251.encode(&late);
    let folder = folder(&[("a.csv", &late)]);
    let settings = CorpusSettings { encoding: encoding("windows-1251"), ..at("a.csv") };
    let all = read_all(folder.path(), &[settings], needs(true)).unwrap();
    assert_eq!(all.documents.last().map(Document::text), Some("Ж"));
}

#[test]
fn dates_are_read_by_lists_of_formats_and_names_of_months() {
    let written = "id,outlet,date,text\n1,A,\"Feb. 5, 2024\",x\n2,A,\"Sept. 2, 2024\",x\n3,A,\"March 8, 2024 Friday 10:27 AM GMT\",x\n\
                   4,A,5. März 2024,x\n5,A,2024-02-05,x\n6,A,05/02/2024,x\n";
    let day_first = "id,outlet,date,text\n1,A,02/01/2024,x\n2,A,13/01/2024,x\n3,A,14/01/2024,x\n4,A,15/01/2024,x\n5,A,03/01/2024,x\n";
    check(&[
        (
            "names of months",
            |settings| settings,
            written.as_bytes(),
            &[
                "1|A|2024-02-05||x",
                "2|A|2024-09-02||x",
                "3|A|2024-03-08||x",
                "4|A|2024-03-05||x",
                "5|A|2024-02-05||x",
                "!bad-date",
            ],
            "\"05/02/2024\" is no date",
        ),
        (
            "a list of formats",
            |settings| CorpusSettings { date_format: formats(&["%d/%m/%Y", "%d.%m.%Y"]), ..settings },
            b"id,outlet,date,text\n1,A,05/02/2024,x\n2,A,05.02.2024,x\n3,A,5 Feb 2024,x\n4,A,soon,x\n",
            &["1|A|2024-02-05||x", "2|A|2024-02-05||x", "3|A|2024-02-05||x", "!bad-date"],
            "expected one of the date_format from %d/%m/%Y to %d.%m.%Y",
        ),
        (
            "day and month the other way round",
            |settings| CorpusSettings { date_format: formats(&["%m/%d/%Y"]), ..settings },
            day_first.as_bytes(),
            &["1|A|2024-02-01||x", "5|A|2024-03-01||x", "!bad-date", "!bad-date", "!bad-date"],
            "3 of 5 dates do not fit date_format = \"%m/%d/%Y\", and 3 of these fit \"%d/%m/%Y\": if days and months are swapped, the other 2 are read wrongly",
        ),
    ]);
}

fn inside(settings: CorpusSettings) -> CorpusSettings {
    CorpusSettings { columns: pairs(&[("outlet", "source.name"), ("text", "content")]), ..settings }
}

/// A name for messages, what the study says, a line of JSON, what it yields, and a part of the details.
type Line<'a> = (&'a str, Setting, &'a [u8], &'a str, &'a str);

#[test]
fn values_inside_values_are_named_and_never_taken_whole() {
    let nested =
        br#"{"id":"1","source":{"id":null,"name":"BBC News"},"date":"2022-02-03","title":"T","content":"One."}"#;
    let bare = br#"{"id":"1","outlet":{"id":null,"name":"BBC News"},"date":"2022-02-03","title":"T","text":"One."}"#;
    let list = br#"{"id":"1","outlet":"A","date":"2022-02-03","title":"T","text":["One.","Two."]}"#;
    let database = br#"{"id":{"$oid":"65ab"},"outlet":"A","date":"2022-02-03","title":"T","text":"One."}"#;
    let lines: [Line<'_>; 4] = [
        ("NewsAPI", inside, nested, "1|BBC News|2022-02-03|T|One.", ""),
        ("an object for a name", |settings| settings, bare, "!malformed", "columns = { outlet = \"outlet.name\" }"),
        ("a list for a text", |settings| settings, list, "!malformed", "write it as one text"),
        ("an id of MongoDB", |settings| settings, database, "!malformed", "columns = { id = \"id.$oid\" }"),
    ];
    for (name, setting, bytes, expected, part) in lines {
        let folder = folder(&[("a.jsonl", bytes)]);
        let (found, details) = summary(&read_all(folder.path(), &[setting(at("a.jsonl"))], needs(true)));
        assert_eq!(found, [expected], "{name}: {details}");
        assert!(details.contains(part), "{name}: {details:?} should have {part:?}");
    }
}
