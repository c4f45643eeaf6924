//! Whatever the study, an interval holds its estimate: every pair of `_low` and `_high` in every table that is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::folder::{CODEBOOK, Folder};

/// Numbers of a small generator, so that a case is named by its seed alone. Marsaglia (2003), xorshift.
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

const COST: [&str; 3] =
    ["The tram swallowed a million.", "Pia Lund said it exceeds the budget.", "It does not exceed the budget."];
const OTHER: [&str; 3] = ["It shortens the way.", "Nobody came to the opening.", "Rain fell on the rails."];

/// One sentence of a random study: document, number, whether it bears the frame.
type Unit = (usize, usize, bool);

/// A study whose cells are empty, full, tiny or decided by one long article, with two coders who err.
fn study(seed: u64) -> Folder {
    let mut draws = Draws(0x9e37_79b9_7f4a_7c15 ^ (seed + 1));
    // The first numbers of seeds that differ in a few bits are much alike.
    for _ in 0..20 {
        draws.below(2);
    }
    let folder = Folder::empty();
    let (documents, outlets) = (draws.one_of(&[5, 14, 30]), 2 + draws.below(3));
    let shares: Vec<usize> = (0..outlets).map(|_| draws.one_of(&[0, 2, 10, 30, 100])).collect();
    let (mut articles, mut units) = ("id,outlet,date,title,text\n".to_owned(), Vec::new());
    for document in 0..documents {
        let outlet = draws.below(outlets);
        let length = draws.one_of(&[1, 2, 5, 5, 30]);
        let mut text = Vec::new();
        for number in 1..=length {
            let is_cost = draws.below(100) < shares[outlet];
            text.push(if is_cost { draws.one_of(&COST) } else { draws.one_of(&OTHER) });
            units.push((document, number, is_cost));
        }
        let (month, day) = (1 + draws.below(2), 1 + draws.below(28));
        let text = text.join(" ");
        writeln!(articles, "d{document},O{outlet},2023-0{month}-{day:02},Rails {document},{text}").unwrap();
    }
    folder.write("articles.csv", articles).write("codebook.toml", CODEBOOK);
    folder.write("study.toml", settings(&mut draws));
    let coded = draws.one_of(&[8, 60, 300]);
    for coder in ["anna", "boris"] {
        folder.write(&format!("{coder}.csv"), codings(&units, coded, &mut draws));
    }
    folder
}

fn settings(draws: &mut Draws) -> String {
    let kinds = ["unit = \"document\"", "voice = \"own\"", "stance = \"favor\"", "", ""];
    format!(
        "title = \"t\"\ncodebook = \"codebook.toml\"\ncodings = [\"anna.csv\", \"boris.csv\"]\n[[corpus]]\n\
         path = \"articles.csv\"\n[compare]\nperiod = \"month\"\nperiod_pairs = true\nleast_documents = {}\n\
         contrasts = [[\"cost\", \"benefit\"]]\n{}\n",
        draws.one_of(&[1, 4]),
        draws.one_of(&kinds)
    )
}

/// What a coder says of the first `coded` sentences, right in nine of ten or in six.
fn codings(units: &[Unit], coded: usize, draws: &mut Draws) -> String {
    let right = draws.one_of(&[60, 90, 100]);
    let mut rows = "document,sentence,inclusion_probability,cost,benefit,cost voice,cost stance\n".to_owned();
    for (document, number, is_cost) in units.iter().take(coded) {
        let value = |is_there: bool, draws: &mut Draws| u8::from(is_there == (draws.below(100) < right));
        let (cost, benefit) = (value(*is_cost, draws), value(false, draws));
        let inclusion = ["0.05", "0.4", "1"][(document + number) % 3];
        let (voice, stance) = (draws.one_of(&["own", "attributed", ""]), draws.one_of(&["favor", "against", ""]));
        writeln!(rows, "d{document},{number},{inclusion},{cost},{benefit},{voice},{stance}").unwrap();
    }
    rows
}

/// The column that the interval of `low` is of: its own stem's, else the one before it and its standard error.
fn estimate_of(header: &[String], low: usize) -> usize {
    let stem = header[low].trim_end_matches("_low");
    let named = if stem == "bound" { "corrected" } else { stem };
    header
        .iter()
        .position(|name| name == named)
        .unwrap_or_else(|| low - 1 - usize::from(header[low - 1] == "std_error"))
}

/// Holds every interval of a table against its estimate; how many there are, by table and column.
fn check(case: &str, table: &str, text: &[u8], seen: &mut BTreeMap<String, u64>) {
    let mut reader = csv::Reader::from_reader(text);
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    // A bin's edges are no interval of anything, and days are no numbers.
    let is_low = |at: &usize| header[*at].ends_with("_low") && !["bin_low", "date_low"].contains(&&header[*at][..]);
    let lows: Vec<usize> = (0..header.len()).filter(is_low).collect();
    for record in reader.records() {
        let record = record.unwrap_or_else(|error| panic!("{case}: {table}: {error}"));
        for at in &lows {
            let name = header[*at].replace("_low", "_high");
            let high = header.iter().position(|column| *column == name).unwrap();
            let place = format!("{case}: {table}: {} of {record:?}", header[*at]);
            let number = |at: usize| record[at].parse::<f64>().unwrap_or_else(|_| panic!("{place}: no number"));
            // A log ratio whose corrected share may be 0 has a limit on one side only.
            let limit = |at: usize| (!record[at].is_empty()).then(|| number(at));
            let (low, high) = (limit(*at), limit(high));
            if low.or(high).is_some() {
                let estimate = number(estimate_of(&header, *at));
                let is_inside = low.is_none_or(|low| low <= estimate) && high.is_none_or(|high| estimate <= high);
                assert!(is_inside, "{place}: {estimate} is not in {low:?} to {high:?}");
                *seen.entry(format!("{table} {name}")).or_default() += 1;
            }
        }
    }
}

#[test]
fn every_interval_holds_its_estimate() {
    let mut seen = BTreeMap::new();
    for seed in 0..6 {
        let folder = study(seed);
        for words in [
            &["run", "study.toml"][..],
            &["evaluate", "study.toml", "--output", "evaluate"],
            &["agree", "anna.csv", "boris.csv", "--output", "agree"],
            &["plan", "study.toml", "--output", "plan"],
            &["plan", "study.toml", "--bounds", "--output", "bounds"],
        ] {
            let said = folder.parallax(words);
            // A draw may hold nothing to evaluate or plan with, which is told.
            assert!(said.code == Some(0) || words[0] != "run", "seed {seed}: {words:?}: {}", said.errors);
        }
        for (path, content) in folder.files() {
            if path.extension().is_some_and(|extension| extension == "csv") {
                check(&format!("seed {seed}"), &path.display().to_string(), &content, &mut seen);
            }
        }
    }
    for table in ["prevalence", "comparisons", "contrasts", "sources", "voices", "agreement", "evaluation", "bounds"] {
        assert!(seen.keys().any(|name| name.contains(table)), "no interval in {table}: {seen:?}");
    }
}
