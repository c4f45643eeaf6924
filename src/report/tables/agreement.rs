//! What `parallax agree` finds: `agreement.csv`, `disagreements.csv`, and all codings in one file for a study.

use crate::model::{HandCoding, Voice};
use crate::report::columns;
use crate::report::{Column, Kind, ReportError, Rows, Staging, Table};
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
    columns: &[
        columns::FRAME_OR_ALL,
        Column::required(
            "aspect",
            Kind::Choice(&["value", "voice", "stance"]),
            "What is compared: whether the frame is there, or of frames that both coders see who speaks, or with which stance.",
        ),
        Column::required("scope", Kind::Choice(&["all", "pair", "coder", "document"]), "Whose codings are compared."),
        Column::optional("coder_a", Kind::Text, "The coder, or the first of the pair."),
        Column::optional("coder_b", Kind::Text, "The second of the pair."),
        Column::optional("document", Kind::Text, "Id of the document."),
        Column::required("units", Kind::Count, "Units compared: sentences coded by two coders or more."),
        Column::required("documents", Kind::Count, "Documents they are in."),
        Column::optional("percent_agreement", Kind::Share, "Share of pairs of ratings that agree."),
        Column::optional("cohen_kappa", Kind::Number, "Cohen's kappa, of two coders or of one with the others."),
        Column::optional("fleiss_kappa", Kind::Number, "Fleiss' kappa over the units that all coders coded."),
        Column::optional("alpha_nominal", Kind::Number, "Krippendorff's alpha, values equal or not."),
        Column::optional(
            "alpha_nominal_low",
            Kind::Number,
            "Lower end of its 95 % interval, by leaving out one document at a time.",
        ),
        Column::optional("alpha_nominal_high", Kind::Number, "Upper end."),
        Column::optional("alpha_ordinal", Kind::Number, "Krippendorff's alpha, values ranked; of numbers only."),
        Column::optional("alpha_ordinal_low", Kind::Number, "Lower end of its 95 % interval."),
        Column::optional("alpha_ordinal_high", Kind::Number, "Upper end."),
        Column::optional("alpha_interval", Kind::Number, "Krippendorff's alpha, values as numbers; of numbers only."),
        Column::optional("alpha_interval_low", Kind::Number, "Lower end of its 95 % interval."),
        Column::optional("alpha_interval_high", Kind::Number, "Upper end."),
        Column::optional("note", Kind::Text, "What a reader must know of this row."),
    ],
};

/// The description of `agreement-confusion.csv`.
static AGREEMENT_CONFUSION: Table = Table {
    file: "agreement-confusion.csv",
    row: "Two values that two coders gave to one unit. Sorted as agreement.csv, then by value.",
    key: &["frame", "aspect", "value_a", "value_b"],
    columns: &[
        columns::FRAME,
        Column::required("aspect", Kind::Choice(&["value", "voice", "stance"]), "What is compared."),
        Column::required("value_a", Kind::Text, "The value of one coder; of two that differ the one that sorts first."),
        Column::required("value_b", Kind::Text, "The value of the other."),
        Column::required("pairs", Kind::Count, "Pairs of ratings."),
    ],
};

/// The description of `disagreements.csv`.
static DISAGREEMENTS: Table = Table {
    file: "disagreements.csv",
    row: "A unit and a frame on which coders differ, to be adjudicated. Sorted by document, sentence and frame. With its \
          values filled in, the file can be read as codings.",
    key: &["document", "sentence", "frame"],
    columns: &[
        columns::DOCUMENT,
        columns::SENTENCE_OR_DOCUMENT,
        columns::FRAME,
        Column::required("codings", Kind::Text, "Each coder and value, joined by \"; \"."),
        Column::optional("value", Kind::Text, "Empty: what the coders agree on in the end."),
        Column::required("coder", Kind::Text, "Always \"adjudicated\"."),
        Column::optional("inclusion_probability", Kind::Number, "With which the unit was drawn to be coded."),
        Column::optional("text", Kind::Text, "The words that were coded, as far as the codings have them."),
    ],
};

/// The description of all coders' codings in one file.
pub static ALL_CODINGS: Table = Table {
    file: "all-codings.csv",
    row: "A coding of one coder, from all files compared. A study reads it as its codings.",
    key: &["document", "sentence", "frame", "coder"],
    columns: &[
        columns::DOCUMENT,
        columns::SENTENCE_OR_DOCUMENT,
        columns::FRAME,
        Column::required("value", Kind::Text, "The value as the coder gave it: 1 the frame is there, 0 it is not."),
        Column::required("coder", Kind::Text, "The coder; \"adjudicated\" where all agreed in the end."),
        Column::optional("voice", Kind::Text, "own or attributed."),
        Column::optional("stance", Kind::Text, "favor, against or neutral."),
        Column::optional("inclusion_probability", Kind::Number, "With which the sentence was drawn to be coded."),
    ],
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
