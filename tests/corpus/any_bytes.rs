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
    fn any_bytes_are_read_or_refused(bytes in torn(), file in prop::sample::select(vec!["a.csv", "a.tsv", "a.jsonl", "a.json", "a.txt"])) {
        let with_header = [b"id,outlet,text\n", &bytes[..]].concat();
        for content in [&bytes, &with_header] {
            let folder = folder(&[(file, content)]);
            let _ = read_all(folder.path(), &[at(file)], needs(false));
        }
    }

    #[test]
    fn what_the_csv_crate_writes_is_read_back(
        cells in prop::collection::vec(prop::collection::vec("[a,\"\n\r é;\\\\|]{0,8}", 2), 1..6),
        always in any::<bool>(),
    ) {
        let style = if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let mut writer = csv::WriterBuilder::new().quote_style(style).from_writer(Vec::new());
        writer.write_record(["id", "outlet", "title", "text"]).unwrap();
        for (number, row) in cells.iter().enumerate() {
            writer.write_record([&number.to_string(), "A", &row[0], &row[1]]).unwrap();
        }
        let folder = folder(&[("a.csv", &writer.into_inner().unwrap())]);
        let all = read_all(folder.path(), &[at("a.csv")], needs(false)).unwrap();
        prop_assert_eq!(all.files[0].read, cells.len() as u64);
        for document in all.documents {
            let row = &cells[document.id.parse::<usize>().unwrap()];
            prop_assert_eq!([document.title(), document.text()], [&row[0][..], &row[1][..]]);
        }
    }
}
