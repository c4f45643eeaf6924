//! Files and folders: how they are found, decompressed and accounted for.

use std::io::Write;

use parallax::{
    corpus::{self, READERS},
    model::{CorpusSettings, FileFormat},
};

use crate::{at, check, folder, needs, pairs, read_all, summary};

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
                // The outlet of a page is the host of its address, in small letters.
                let end = found[0].to_lowercase();
                assert!(end.ends_with("|a|2022-02-03|head|one."), "{file}: {found:?} {details}");
            }
        }
    }
}

#[test]
fn a_format_that_is_named_is_read_whatever_the_ending() {
    let csv = b"id,outlet,date,title,text\n1,A,2022-02-03,Head,One.\n";
    for (file, bytes) in [("export", csv.to_vec()), ("a.warc", gzip(csv)), ("a.csv.gz.bad", gzip(csv))] {
        let folder = folder(&[(&format!("in/{file}"), &bytes)]);
        for path in ["in", &format!("in/{file}")] {
            let settings = CorpusSettings { format: Some(FileFormat::Csv), ..at(path) };
            let (found, details) = summary(&read_all(folder.path(), &[settings], needs(true)));
            assert_eq!(found, ["1|A|2022-02-03|Head|One."], "{file}: {details}");
        }
    }
}

fn fixture(reader: &str) -> Vec<u8> {
    let fixture: &[u8] = match reader {
        "CSV" => b"id,outlet,date,title,text\n1,A,2022-02-03,Head,One.\n",
        "TSV" => b"id\toutlet\tdate\ttitle\ttext\n1\tA\t2022-02-03\tHead\tOne.\n",
        "JSON Lines" => br#"{"id":1,"outlet":"A","date":"2022-02-03","title":"Head","text":"One."}"#,
        "JSON" => br#"[{"id":1,"outlet":"A","date":"2022-02-03","title":"Head","text":"One."}]"#,
        "plain text" => b"---\noutlet: A\ndate: 2022-02-03\ntitle: Head\n---\nOne.",
        "spreadsheet" => return spreadsheet(),
        "Nexis Uni (Word)" => return word_file(),
        "ZIP of downloads" => return archive(&[("Files (1)/one.DOCX", &word_file())]),
        "Factiva (XML)" => {
            b"<r><article><accessionNo>1</accessionNo><headline>Head</headline><sourceName>A</sourceName><publicationDate>\
              2022-02-03</publicationDate><leadParagraph>One.</leadParagraph></article></r>"
        }
        "APA or Nexis (rich text)" => br#"{\rtf1 "A" vom 03.02.2022\par\par Head\par\par One.\par}"#,
        "web archive (WARC)" => return web_archive(&[("http://www.a/1", ARTICLE)]),
        "HTML" => {
            b"<div class='article enArticle'><div id='hd'><span class='enHeadline'>Head</span></div><div>1 words</div>\
              <div>3 February 2022</div><div>A</div><div>AAA</div><p class='articleParagraph'>One.</p></div>"
        }
        other => panic!("write a fixture for {other}"),
    };
    fixture.to_vec()
}

const ARTICLE: &str =
    "<html><meta property='article:published_time' content='2022-02-03'><h1>Head</h1><p>One.</p></html>";

/// Each page with a request before it, as crawlers write them.
fn web_archive(pages: &[(&str, &str)]) -> Vec<u8> {
    let record = |kind: &str, url: &str, block: &str| {
        let length = block.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{url}>\r\nWARC-Target-URI: {url}\r\n\
             Content-Type: application/http; msgtype={kind}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    };
    let pages = pages.iter().map(|(url, page)| {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
        record("request", url, "GET / HTTP/1.1\r\n\r\n") + &record("response", url, &answer)
    });
    pages.collect::<String>().into_bytes()
}

#[test]
fn damaged_records_of_a_web_archive_are_left_out_alone() {
    let [one, two, three] = ["http://a/1", "http://a/2", "http://a/3"].map(|url| web_archive(&[(url, ARTICLE)]));
    let mut damaged = gzip(&two);
    let middle = damaged.len() / 2;
    damaged[middle..middle + 8].fill(0x55);
    let cut = &two[..two.len() - 40];
    let longer = String::from_utf8(two.clone())
        .unwrap()
        .replace("response\r\nContent-Length: 1", "response\r\nContent-Length: 2")
        .into_bytes();
    for (name, file, bytes) in [
        ("a damaged member", "a.warc.gz", [&gzip(&one)[..], &damaged, &gzip(&three)].concat()),
        ("a wrong length", "a.warc", [&one[..], &longer, &three].concat()),
        ("a record that is cut off", "a.warc", [&one[..], &three, cut].concat()),
        ("bytes between records", "a.warc", [&one[..], b"nonsense\r\n\r\n", &three].concat()),
    ] {
        let folder = folder(&[(file, &bytes)]);
        let (found, details) = summary(&read_all(folder.path(), &[at(file)], needs(true)));
        let kept: Vec<&str> = found.iter().filter(|row| !row.starts_with('!')).map(|row| &row[..10]).collect();
        assert_eq!(kept, ["http://a/1", "http://a/3"], "{name}: {found:?} {details}");
        assert_eq!(found.len(), 3, "{name}: {found:?} {details}");
        assert!(details.contains("byte"), "{name}: {details}");
    }
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A Word file as Nexis Uni writes it, with one article.
fn word_file() -> Vec<u8> {
    let lines = [
        "Head",
        "A",
        "February 3, 2022 Thursday",
        "Copyright 2022 A",
        "Length: 1 words",
        "Body",
        "One.",
        "Classification",
        "Load-Date: February 4, 2022",
        "End of Document",
    ];
    word_of(&lines)
}

fn word_of(lines: &[&str]) -> Vec<u8> {
    let paragraphs: Vec<String> = lines.iter().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>", paragraphs.concat());
    archive(&[("word/document.xml", xml.as_bytes())])
}

#[test]
fn an_archive_is_read_whatever_downloads_it_holds() {
    let list = word_of(&["Documents (2)", "1. Head", "2. Head"]);
    let rich = r#"{\rtf1 "A" vom 03.02.2022\par\par Head\par\par One.\par}"#;
    let page = ARTICLE.replace("<html>", "<html><link rel=canonical href='http://a/1'>");
    let old = b"Dokument 1 von 1\r\rA\r\rFebruary 3, 2022\r\rHead\r\rLENGTH: 1 words\r\rOne.\r\rLOAD-DATE: February 4, 2022\r";
    let bytes = archive(&[
        ("list.docx", &list),
        ("letter.docx", &word_of(&["Dear A,"])),
        ("one.docx", &word_file()),
        ("one.html", page.as_bytes()),
        ("one.rtf", rich.as_bytes()),
        ("old.TXT", old),
        ("readme.txt", b"Read me."),
        ("cover.pdf", b"%PDF"),
    ]);
    let folder = folder(&[("a.zip", &bytes)]);
    let (found, details) = summary(&read_all(folder.path(), &[at("a.zip")], needs(true)));
    let kept: Vec<String> = found.iter().filter_map(|row| Some(row.split_once('|')?.1.to_lowercase())).collect();
    assert_eq!(kept, vec!["a|2022-02-03|head|one."; 4], "{found:?} {details}");
    assert_eq!(found[4..], ["!malformed"], "{details}");
    for part in [
        "letter.docx in it: no \"End of Document\"",
        "list.docx: a list of the documents",
        "2 files in it that are no downloads",
    ] {
        assert!(details.contains(part), "{part}: {details}");
    }
}

/// A workbook with a title above its table, and a day as a number.
fn spreadsheet() -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let row = |cells: &[&str]| {
        let cells = cells.iter().zip('A'..).map(|(text, _)| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"));
        format!("<row>{}</row>", cells.collect::<Vec<_>>().concat())
    };
    let rows = row(&["A table of articles"])
        + &row(&["Searched", "tram"])
        + &row(&["Found", "1"])
        + &row(&["id", "outlet", "date", "title", "text"])
        + &row(&["1", "A", "2022-02-03", "Head", "One."])
        + &row(&["", "", "", "", ""]);
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>");
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relations = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/s.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    archive(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/s.xml", sheet.as_bytes()),
    ])
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
    let noted = [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, b'h', b'i'];
    let mut checked = zstd::Encoder::new(Vec::new(), 3).unwrap();
    checked.include_checksum(true).unwrap();
    checked.write_all(&[head, tail].concat()).unwrap();
    let checked = checked.finish().unwrap();
    let damaged: Vec<u8> =
        checked.iter().take(checked.len() - 1).copied().chain([!checked[checked.len() - 1]]).collect();
    check(
        "a.csv.gz",
        false,
        &[
            ("two parts", &[gzip(head), gzip(tail)].concat(), &whole, ""),
            ("padded with zeros", &[gzip(head), gzip(tail), vec![0; 70_000]].concat(), &whole, ""),
            ("zeros between parts", &[gzip(head), vec![0; 512], gzip(tail)].concat(), &whole, ""),
            ("rubbish behind it", &[&gzip(head)[..], b"rubbish"].concat(), &["error"], "a.csv.gz: the compressed data"),
            ("cut off", &cut_gzip, &["error"], "a.csv.gz: the compressed data end early"),
            ("not compressed", head, &["error"], "a.csv.gz: the compressed data"),
        ],
    );
    check(
        "a.csv.zst",
        false,
        &[
            ("two parts", &[zstd(head), zstd(tail)].concat(), &whole, ""),
            ("a part to skip", &[&zstd(head)[..], &noted, &zstd(tail)].concat(), &whole, ""),
            ("with a checksum", &checked, &whole, ""),
            ("with another checksum", &damaged, &["error"], "a.csv.zst: the compressed data"),
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
        ("a/notes.pdf", b"x"),
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
        ("above and down again", &["a/../b/*.csv"], &["a/../b/two.csv"]),
        ("above, and the same twice", &["a/../b/two.csv", "b/two.csv"], &["a/../b/two.csv"]),
        ("brackets in a name", &["[1]/three.csv"], &["[1]/three.csv"]),
    ] {
        let settings: Vec<CorpusSettings> = paths.iter().map(|path| at(path)).collect();
        let all = read_all(folder.path(), &settings, needs(false)).unwrap();
        let files: Vec<&str> = all.files.iter().map(|file| &file.file[..]).collect();
        assert_eq!(files, expected, "{name}");
    }
}

#[test]
fn files_of_other_kinds_beside_articles_are_told() {
    let folder = folder(&[
        ("a/one.txt", b"One."),
        ("a/x.pdf", b"%PDF"),
        ("a/deep/y.docm", b"PK"),
        ("a/study.toml", b""),
        ("a/.DS_Store", b""),
    ]);
    let told =
        |settings: &[CorpusSettings]| corpus::open(folder.path(), settings, needs(false)).unwrap().files_left_alone();
    let of = |format: FileFormat, path: &str| CorpusSettings { format: Some(format), ..at(path) };
    let both = "2 files of other kinds left alone, the first is a/deep/y.docm";
    for (name, settings, expected) in [
        ("a folder", vec![at("a")], Some(both)),
        ("twice", vec![at("a"), at("./a")], Some(both)),
        (
            "one is read as the study says",
            vec![at("a"), of(FileFormat::Text, "a/x.pdf")],
            Some("1 file of another kind left alone: a/deep/y.docm"),
        ),
        ("a pattern", vec![at("a/*.txt")], None),
        ("a file", vec![at("a/one.txt")], None),
    ] {
        assert_eq!(told(&settings).as_deref(), expected, "{name}");
    }
}

#[test]
fn trouble_with_paths_names_them_and_the_remedy() {
    let folder = folder(&[("a/one.csv", ONE), ("notes.pdf", b"x"), ("empty/readme.pdf", b"x")]);
    let other = CorpusSettings { set: pairs(&[("language", "en")]), ..at("a/*.csv") };
    for (name, settings, part) in [
        ("absent", vec![at("b.csv")], "b.csv: no such file or folder"),
        ("no match", vec![at("b/*.csv")], "b/*.csv: no file to read there"),
        ("nothing to read", vec![at("empty")], "empty: no file to read there; supported are .csv .tsv"),
        ("unknown", vec![at("notes.pdf")], "notes.pdf: cannot read this kind of file; supported are .csv"),
        #[cfg(not(feature = "parquet"))]
        ("left out of the build", vec![at("notes.pdf")], "; .parquet by a program built with --features parquet"),
        ("unknown in a glob", vec![at("*.pdf")], "notes.pdf: cannot read"),
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

#[test]
fn results_know_a_file_by_no_path_of_the_machine() {
    let folder = folder(&[("a/x.csv", ONE), ("b/a/x.csv", TWO), ("b/y.csv", b"id,outlet,text\n3,B,Three.\n")]);
    let absolute = |file: &str| at(&folder.path().join(file).display().to_string());
    let names = |files: &[&str]| -> Vec<String> {
        let settings: Vec<CorpusSettings> = files.iter().map(|file| absolute(file)).collect();
        let mut corpus = corpus::open(&folder.path().join("b/a"), &settings, needs(false)).unwrap();
        while corpus.next_record().unwrap().is_some() {}
        corpus.files().iter().map(|tally| tally.file.clone()).collect()
    };
    assert_eq!(names(&["a/x.csv"]), ["x.csv"]);
    assert_eq!(names(&["b/*.csv"]), ["y.csv"]);
    let both = names(&["a/x.csv", "b/a/x.csv", "b/y.csv"]);
    assert!(both[0].ends_with("a/x.csv") && both[1..] == ["b/a/x.csv", "y.csv"], "{both:?}");
    assert!(!both[0].starts_with('/'), "{both:?}");
}
