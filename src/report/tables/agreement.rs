//! What `parallax agree` finds: `agreement.csv`, `disagreements.csv`, and all codings in one file for a study.

use crate::model::{HandCoding, Voice};
use crate::report::columns::described_in;
use crate::report::{ReportError, Rows, Staging, Table};
use crate::validate::{Agreement, Confusion, Disagreement, Reliability, Scope};

/// The description of `agreement.csv`.
/// The tables of `agree`, in the order in which one reads them.
pub static AGREEMENTS: [&Table; 4] = [&AGREEMENT, &AGREEMENT_CONFUSION, &DISAGREEMENTS, &ALL_CODINGS];

static AGREEMENT: Table = Table {
    file: "agreement.csv",
    row: "A frame within a scope: all coders, two of them, one against the others, or one document with 20 units or more. \
          Sorted by what is compared (value, voice, stance), then by frame in the order of the codings, all frames together \
          last; after all these, each coder and all of them against the labels from outside that the study names.",
    key: &["frame", "aspect", "scope", "coder_a", "coder_b", "document"],
    columns: described_in!(
        "agreement.tsv",
        "aspect" => &["value", "voice", "stance"],
        "scope" => &["all", "pair", "coder", "document"],
    ),
};

/// The description of `agreement-confusion.csv`.
static AGREEMENT_CONFUSION: Table = Table {
    file: "agreement-confusion.csv",
    row: "Two values that two coders gave to one unit. Sorted as agreement.csv, then by value.",
    key: &["frame", "aspect", "value_a", "value_b"],
    columns: described_in!("agreement-confusion.tsv", "aspect" => &["value", "voice", "stance"]),
};

/// The description of `disagreements.csv`.
pub static DISAGREEMENTS: Table = Table {
    file: "disagreements.csv",
    row: "A unit and a frame on which coders differ, to be adjudicated. Sorted by document, sentence and frame. With its \
          values filled in, the file can be read as codings.",
    key: &["document", "sentence", "frame"],
    columns: described_in!("disagreements.tsv"),
};

/// The description of all coders' codings in one file.
pub static ALL_CODINGS: Table = Table {
    file: "all-codings.csv",
    row: "A coding of one coder, from all files compared. A study reads it as its codings.",
    key: &["document", "sentence", "frame", "coder"],
    columns: described_in!("all-codings.tsv"),
};

/// Writes the codings that were compared, in the order of the files.
///
/// # Errors
/// When the file cannot be written.
pub fn write_all_codings(staging: &mut Staging, codings: &[HandCoding]) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &ALL_CODINGS)?;
    for HandCoding { document, sentence, frame, value, coder, voice, stance, inclusion, .. } in codings {
        let voice = match voice {
            None | Some(Voice::Unknown) => "",
            Some(Voice::Own) => "own",
            Some(Voice::Source(_)) => "attributed",
        };
        rows.text(document).text(&sentence.map_or_else(String::new, |sentence| sentence.to_string())).text(frame);
        rows.text(value).text(coder).text(voice).text(stance.map_or("", |stance| stance.as_str()));
        rows.text(&shown(*inclusion)).end()?;
    }
    rows.finish(staging)
}

/// A probability with the nine decimals that samples have.
fn shown(inclusion: Option<f64>) -> String {
    inclusion.map_or_else(String::new, |inclusion| format!("{inclusion:.9}"))
}

/// Writes what the coders agree on, what they take for what, and what they differ in.
///
/// # Errors
/// When a file cannot be written.
pub fn write_reliability(staging: &mut Staging, found: &Reliability) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &AGREEMENT)?;
    for Agreement { frame, aspect, scope, units, documents, percent, cohen, fleiss, alphas, note } in &found.agreements
    {
        let [name, coder_a, coder_b, document] = match scope {
            Scope::All => ["all", "", "", ""],
            Scope::Pair(a, b) => ["pair", a, b, ""],
            Scope::Coder(coder) => ["coder", coder, "", ""],
            Scope::Document(document) => ["document", "", "", document],
        };
        rows.text(frame).text(aspect.as_str()).text(name).text(coder_a).text(coder_b).text(document);
        rows.count(*units as u64).count(*documents as u64).number(*percent).number(*cohen).number(*fleiss);
        for alpha in alphas {
            rows.number(alpha.map(|(estimate, _)| estimate)).interval(alpha.and_then(|(_, interval)| interval));
        }
        rows.text(note).end()?;
    }
    rows.finish(staging)?;
    write_confusions(staging, &found.confusions)?;
    write_disagreements(staging, &found.disagreements)
}

fn write_confusions(staging: &mut Staging, found: &[Confusion]) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &AGREEMENT_CONFUSION)?;
    for Confusion { frame, aspect, value_a, value_b, pairs } in found {
        rows.text(frame).text(aspect.as_str()).text(value_a).text(value_b).count(*pairs).end()?;
    }
    rows.finish(staging)
}

fn write_disagreements(staging: &mut Staging, found: &[Disagreement]) -> Result<(), ReportError> {
    let mut rows = Rows::create(staging, &DISAGREEMENTS)?;
    for Disagreement { document, sentence, frame, values, inclusion, text } in found {
        let codings: Vec<String> = values.iter().map(|(coder, value)| format!("{coder}={value}")).collect();
        rows.text(document).text(&sentence.map_or_else(String::new, |sentence| sentence.to_string())).text(frame);
        rows.text(&codings.join("; ")).text("").text("adjudicated").text(&shown(*inclusion)).text(text).end()?;
    }
    rows.finish(staging)
}
