//! A stream of Arrow over a pipe: the answers are the rows of the tables, and a torn stream is none.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, LargeStringArray, RecordBatch, StringArray, StringViewArray, StructArray};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::DataType;

use crate::folder::{ARTICLES, Folder, Said};

/// A table as a program would read it: by column, `None` for an empty cell.
type Columns = BTreeMap<String, Vec<Option<String>>>;

/// A row of it, by column.
type Cells = BTreeMap<String, Option<String>>;

/// How cells are held as a column.
type Hold = fn(&[Option<String>]) -> ArrayRef;

fn table(csv: &str) -> Columns {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let mut columns: Columns = names.iter().map(|name| (name.clone(), Vec::new())).collect();
    for row in reader.records() {
        for (name, cell) in names.iter().zip(&row.unwrap()) {
            columns.get_mut(name).unwrap().push((!cell.is_empty()).then(|| cell.to_owned()));
        }
    }
    columns
}

/// The articles as columns, texts held as `hold` holds them.
fn batch(articles: &Columns, hold: impl Fn(&[Option<String>]) -> ArrayRef) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(articles.iter().map(|(name, cells)| (name, hold(cells), true))).unwrap()
}

/// The bytes of a stream of these batches.
fn stream(batches: &[RecordBatch]) -> Vec<u8> {
    let mut writer = StreamWriter::try_new(Vec::new(), &batches[0].schema()).unwrap();
    for batch in batches {
        writer.write(batch).unwrap();
    }
    writer.finish().unwrap();
    writer.into_inner().unwrap()
}

fn sent(folder: &Folder, bytes: &[u8], more: &[&str]) -> (Said, Vec<u8>) {
    let words = [&["code", "study.plx", "--arrow", "--quiet"], more].concat();
    let mut output = folder.command(&words).write_stdin(bytes).output().unwrap();
    // Answers are no text.
    let answers = std::mem::take(&mut output.stdout);
    (Said::of(&output), answers)
}

fn answers(bytes: Vec<u8>) -> Vec<RecordBatch> {
    StreamReader::try_new(Cursor::new(bytes), None).unwrap().map(Result::unwrap).collect()
}

fn cell(values: &dyn Array, row: usize) -> Option<String> {
    if values.is_null(row) {
        return None;
    }
    Some(match values.data_type() {
        DataType::Utf8 => values.as_string::<i32>().value(row).to_owned(),
        DataType::Int64 => values.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Float64 => format!("{:.6}", values.as_primitive::<Float64Type>().value(row)),
        DataType::Boolean => values.as_boolean().value(row).to_string(),
        DataType::Date32 => values.as_primitive::<Date32Type>().value_as_date(row).unwrap().to_string(),
        other => panic!("{other}"),
    })
}

/// The rows of a list of all documents, sorted as the table of that name is, with what the answer says once of each document.
fn unnested(answers: &[RecordBatch], list: &str) -> Columns {
    let mut documents: Vec<(String, Vec<Cells>)> = Vec::new();
    for answer in answers {
        let lists = answer.column_by_name(list).unwrap().as_list::<i32>();
        for at in (0..answer.num_rows()).filter(|at| !lists.is_null(*at)) {
            let once = ["document", "outlet", "date", "period", "group", "sentences"];
            let once = once.map(|name| (name.to_owned(), cell(answer.column_by_name(name).unwrap(), at)));
            let rows = lists.value(at);
            let rows: &StructArray = rows.as_struct();
            let row = |row: usize| {
                let cells = rows.column_names().into_iter().zip(rows.columns());
                once.clone()
                    .into_iter()
                    .chain(cells.map(|(name, values)| (name.to_owned(), cell(values, row))))
                    .collect()
            };
            documents.push((once[0].1.clone().unwrap(), (0..rows.len()).map(row).collect()));
        }
    }
    documents.sort_by(|a, b| a.0.cmp(&b.0));
    let mut columns = Columns::new();
    for (name, value) in documents.into_iter().flat_map(|(_, rows)| rows).flatten() {
        columns.entry(name).or_default().push(value);
    }
    columns
}

#[test]
fn answers_are_the_rows_of_the_tables_whatever_holds_the_texts() {
    let folder = Folder::new();
    // One without a date, which the study needs.
    folder.append("articles.csv", "l-3,Lighthouse,,No day,The tram shortens the way.\n");
    folder.done(&["bundle", "study.toml"]);
    folder.done(&["run", "study.toml", "--output", "results"]);
    let articles = table(&folder.text("articles.csv"));
    let holds: [Hold; 3] = [
        |cells| Arc::new(StringArray::from(cells.to_vec())),
        |cells| Arc::new(LargeStringArray::from(cells.to_vec())),
        |cells| Arc::new(cells.iter().map(Option::as_deref).collect::<StringViewArray>()),
    ];
    for hold in holds {
        let whole = batch(&articles, hold);
        let kind = whole.column(0).data_type().to_string();
        let batches = [whole.slice(0, 2), whole.slice(0, 0), whole.slice(2, 3)];
        let (said, out) = sent(&folder, &stream(&batches), &[]);
        assert_eq!((said.code, &said.errors[..]), (Some(0), ""), "{kind}");
        let answers = answers(out);
        assert_eq!(answers.iter().map(RecordBatch::num_rows).collect::<Vec<_>>(), [2, 0, 3], "{kind}: batch by batch");
        for (list, file) in
            [("counts", "documents.csv"), ("codings", "codings.csv"), ("attributions", "attributions.csv")]
        {
            let expected = table(&folder.text(&format!("results/{file}")));
            assert!(expected["document"].len() >= 2, "{file} is worth comparing");
            let found = unnested(&answers, list);
            // Which documents are copies of each other no single one knows.
            for (name, cells) in expected.iter().filter(|(name, _)| *name != "cluster") {
                assert_eq!(&found[name], cells, "{kind}: {file}, {name}");
            }
        }
        let excluded = answers[2].column_by_name("excluded").unwrap();
        assert_eq!(cell(excluded, 2).as_deref(), Some("missing-date"), "{kind}");
        assert_eq!(cell(excluded, 1), None, "{kind}");
    }
}

#[test]
fn streams_become_parts_that_merge_to_the_bytes_of_a_single_run() {
    let folder = Folder::new();
    folder.done(&["bundle", "study.toml"]);
    folder.done(&["run", "study.toml", "--output", "single"]);
    let whole = batch(&table(ARTICLES), |cells| Arc::new(StringArray::from(cells.to_vec())));
    for (part, rows) in [("00", whole.slice(2, 2)), ("01", whole.slice(0, 2))] {
        let (said, _) = sent(&folder, &stream(&[rows]), &["--output", &format!("parts/{part}")]);
        assert_eq!(said.code, Some(0), "{}", said.errors);
    }
    folder.done(&["merge", "study.plx", "parts/00", "parts/01", "--expect", "2", "--output", "merged"]);
    let named = ["manifest.json", "ro-crate-metadata.json"];
    let results = |folder: &Folder, name: &str| -> BTreeMap<String, Vec<u8>> {
        let files = folder.files().into_iter();
        let inside =
            files.filter_map(|(path, bytes)| Some((path.strip_prefix(name).ok()?.display().to_string(), bytes)));
        inside.filter(|(path, _)| !named.contains(&&path[..])).collect()
    };
    let (single, merged) = (results(&folder, "single"), results(&folder, "merged"));
    assert!(single.len() > 30 && single.keys().eq(merged.keys()));
    let differing: Vec<&String> = single.keys().filter(|name| single[*name] != merged[*name]).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[test]
fn a_stream_that_breaks_off_or_is_none_is_refused_and_leaves_no_part() {
    let folder = Folder::new();
    folder.done(&["bundle", "study.toml"]);
    let articles = table(ARTICLES);
    let whole = batch(&articles, |cells| Arc::new(StringArray::from(cells.to_vec())));
    let sound = stream(std::slice::from_ref(&whole));
    let mut lacking = articles;
    lacking.remove("outlet");
    let lacking = batch(&lacking, |cells| Arc::new(StringArray::from(cells.to_vec())));
    for (bytes, message) in [
        (&b"id,outlet,date,title,text\n"[..], "no stream of Arrow"),
        (b"", "no stream of Arrow"),
        (&sound[..sound.len() - 60], "breaks off or is damaged after 0 records"),
        // Between two batches, where nothing but the missing end tells it.
        (&sound[..sound.len() - 8], "breaks off after 4 records"),
        (&stream(&[lacking]), "no column \"outlet\""),
    ] {
        let (said, _) = sent(&folder, bytes, &["--output", "part"]);
        assert_eq!(said.code, Some(2), "{message}: {}", said.errors);
        assert!(
            said.errors.starts_with("parallax: standard input: ") && said.errors.contains(message),
            "{}",
            said.errors
        );
        assert_eq!(said.errors.lines().count(), 1, "{}", said.errors);
        assert!(!folder.path().join("part").exists(), "{message}");
    }
    let said = folder.parallax(&["code", "study.toml", "--arrow"]);
    assert!(said.code == Some(2) && said.errors.contains("parallax bundle study.toml"), "{}", said.errors);
}
