//! `codings.csv`: every sentence that carries a frame or has a cue of one, with the evidence.

use crate::model::{CodedDocument, Coding, Document, Span, Stance, VerbClass, Voice};
use crate::report::code_points::CodePoints;
use crate::report::columns::{described_in, words_of};
use crate::report::{ReportError, Rows, Table};

/// Between rule ids in one cell.
const RULE_BREAK: &str = ";";
/// Between the texts of cues in one cell.
const CUE_BREAK: &str = " | ";

/// The description of `codings.csv`.
pub static CODINGS: Table = Table {
    file: "codings.csv",
    row: "A sentence and a frame: the sentence's probability reaches the frame's threshold, or it has a cue of the frame. \
          Sorted by document, then sentence, then the codebook's order of frames.",
    key: &["document", "sentence", "frame"],
    columns: described_in!(
        "codings.tsv",
        "voice" => &["own", "attributed"],
        "verb_class" => words_of!(VerbClass),
        "stance" => &STANCES,
    ),
};

const STANCES: [&str; 3] = [Stance::Favor.as_str(), Stance::Against.as_str(), Stance::Neutral.as_str()];

/// The rows of one document, encoded for [`SortedRows`](crate::report::SortedRows); empty where it has no codings.
/// `frames`, `rules` and `source_groups` are the codebook's ids, in its order.
///
/// # Errors
/// None but a bug can cause in memory.
pub fn coding_rows(
    document: &Document,
    coded: &CodedDocument,
    frames: &[String],
    rules: &[String],
    source_groups: &[String],
) -> Result<Vec<u8>, ReportError> {
    if coded.codings.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = Rows::encoded(&CODINGS);
    let (in_title, in_text) = (CodePoints::new(document.title()), CodePoints::new(document.text()));
    let base = document.text_span().start;
    for coding in &coded.codings {
        let (start, end) = if coding.sentence == 0 {
            in_title.of(coding.span)
        } else {
            in_text.of(Span::new(coding.span.start - base, coding.span.end - base))
        };
        rows.text(&document.id).text(&document.outlet).date(document.date);
        rows.count(coding.sentence as u64).count(start as u64).count(end as u64);
        rows.text(frames.get(coding.frame).map_or("", String::as_str)).millionths(coding.probability);
        rows.number(Some(coding.rule_score)).number(coding.model_score).boolean(coding.hit);
        let group = coded.source_group(document, coding).and_then(|group| source_groups.get(group));
        add_speaker(&mut rows, coding, group.map_or("", String::as_str));
        rows.text(&rule_ids(coding, rules)).words(&cue_texts(coding, document.content()));
        rows.words(coding.span.of(document.content())).end()?;
    }
    rows.into_bytes()
}

/// Voice, source, its group, verb, its class and stance.
fn add_speaker(rows: &mut Rows<Vec<u8>>, coding: &Coding, group: &str) {
    let speaker = &coding.speaker;
    let (voice, source) = match &speaker.voice {
        Voice::Own => ("own", ""),
        Voice::Source(source) => ("attributed", source.as_deref().unwrap_or_default()),
        Voice::Unknown => ("", ""),
    };
    rows.text(voice).words(source).text(group).words(speaker.verb.as_deref().unwrap_or_default());
    rows.text(speaker.verb_class.map_or("", VerbClass::as_str)).text(coding.stance.map_or("", Stance::as_str));
}

fn rule_ids(coding: &Coding, rules: &[String]) -> String {
    let mut ids: Vec<&str> = Vec::new();
    for rule in coding.cues.iter().filter_map(|cue| rules.get(cue.rule)) {
        if !ids.contains(&rule.as_str()) {
            ids.push(rule);
        }
    }
    ids.join(RULE_BREAK)
}

fn cue_texts(coding: &Coding, content: &str) -> String {
    coding.cues.iter().map(|cue| cue.span.of(content)).collect::<Vec<_>>().join(CUE_BREAK)
}
