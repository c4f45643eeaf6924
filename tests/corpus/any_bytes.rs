//! Properties of reading that hold for all bytes.

use proptest::prelude::*;

use crate::{at, folder, needs, read_all};

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
            let outlet = record[1].split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(&document.outlet, &outlet);
        }
    }
}
