//! Brings the codings of several files together: ids that one of them spells otherwise, what one coder said twice, and
//! what was settled after the sample was drawn.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::codings::HandCodings;
use crate::model::{Excluded, Exclusion, HandCoding, UnitKey, comparable_id};

/// Makes the codings of all files those of one study. Of labels from outside that contradict each other none is kept: a
/// coder's first word stands, a machine's is no better than its second.
pub(super) fn join(found: &mut HandCodings, is_external: bool) {
    mend_ids(found);
    if is_external {
        leave_out_contradictions(found);
    }
    leave_out_doubles(found);
    count_lost_records(found);
}

/// Gives an id one spelling where files differ in it only by what a spreadsheet does to numbers: the longest without
/// decimals. Ids that one file itself tells apart stay apart.
fn mend_ids(found: &mut HandCodings) {
    let mut spellings: BTreeMap<String, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for coding in &found.codings {
        let files = spellings.entry(comparable_id(&coding.document)).or_default();
        files.entry(&coding.origin.file).or_default().insert(&coding.document);
    }
    let mut mended: BTreeMap<String, String> = BTreeMap::new();
    for files in spellings.values() {
        let all: BTreeSet<&str> = files.values().flatten().copied().collect();
        if all.len() < 2 || files.values().any(|of_file| of_file.len() > 1) {
            continue;
        }
        let digits = |id: &&&str| id.bytes().take_while(u8::is_ascii_digit).count();
        if let Some(best) = all.iter().max_by_key(digits).map(|best| best.trim_end_matches(".0").trim_end_matches(",0"))
        {
            mended.extend(all.iter().filter(|id| **id != best).map(|id| ((*id).to_owned(), best.to_owned())));
        }
    }
    if let Some((from, to)) = mended.first_key_value() {
        found.notes.push(format!(
            "ids spelt as numbers in one file are those of the other: {}, the first {from} as {to}",
            mended.len()
        ));
    }
    for coding in &mut found.codings {
        if let Some(id) = mended.get(&coding.document) {
            coding.document.clone_from(id);
        }
    }
}

/// What one coder has one word on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Judgement<'a> {
    unit: UnitKey<'a>,
    /// Of what names no sentence, its words: they may be those of one.
    words: &'a str,
    frame: &'a str,
    coder: &'a str,
}

impl<'a> Judgement<'a> {
    fn of(coding: &'a HandCoding) -> Self {
        let words = if coding.sentence.is_none() { coding.text.trim() } else { "" };
        Self { unit: coding.unit(), words, frame: &coding.frame, coder: &coding.coder }
    }
}

/// Leaves out every label of a judgement that was made twice and otherwise.
fn leave_out_contradictions(found: &mut HandCodings) {
    let codings = std::mem::take(&mut found.codings);
    let mut first: BTreeMap<Judgement<'_>, &HandCoding> = BTreeMap::new();
    let mut split: BTreeSet<Judgement<'_>> = BTreeSet::new();
    for coding in &codings {
        let known = *first.entry(Judgement::of(coding)).or_insert(coding);
        if known.value != coding.value || known.probability != coding.probability {
            split.insert(Judgement::of(coding));
        }
    }
    for coding in &codings {
        if split.contains(&Judgement::of(coding)) {
            let HandCoding { frame, origin, .. } = coding;
            let detail = format!("\"{frame}\" has another label here in another record; none of them is used");
            found.excluded.push(Excluded { origin: origin.clone(), reason: Exclusion::DuplicateId, detail });
        } else {
            found.codings.push(coding.clone());
        }
    }
}

fn leave_out_doubles(found: &mut HandCodings) {
    let codings = std::mem::take(&mut found.codings);
    let mut seen: BTreeMap<Judgement<'_>, &HandCoding> = BTreeMap::new();
    let mut contradictions = 0;
    for coding in &codings {
        let HandCoding { frame, coder, origin, .. } = coding;
        let judgement = Judgement::of(coding);
        if let Some(first) = seen.get(&judgement) {
            contradictions += u64::from(first.value != coding.value);
            let file = if first.origin.file == origin.file { "" } else { &first.origin.file };
            let place = format!("in {file}{}record {}", if file.is_empty() { "" } else { ", " }, first.origin.record);
            let detail = format!("coder \"{coder}\" coded \"{frame}\" here before, {place}");
            found.excluded.push(Excluded { origin: origin.clone(), reason: Exclusion::DuplicateId, detail });
        } else {
            seen.insert(judgement, coding);
            found.codings.push(coding.clone());
        }
    }
    if contradictions > 0 {
        let note = format!(
            "the first counts where a coder coded a unit twice; {} the second says otherwise",
            times(contradictions)
        );
        found.notes.push(note);
    }
    let place = |file: &str| found.files.iter().position(|known| known.path.display().to_string() == file);
    found.excluded.sort_by_key(|excluded| (place(&excluded.origin.file), excluded.origin.record));
}

fn times(count: u64) -> String {
    if count == 1 { "1 time".to_owned() } else { format!("{count} times") }
}

/// Counts, for each file, the records that gave nothing since something was wrong with them.
fn count_lost_records(found: &mut HandCodings) {
    let used: BTreeSet<_> = found.codings.iter().map(|coding| &coding.origin).collect();
    let lost: BTreeSet<_> =
        found.excluded.iter().map(|it| &it.origin).filter(|origin| !used.contains(origin)).collect();
    for file in &mut found.files {
        let name = file.path.display().to_string();
        file.excluded = lost.iter().filter(|origin| origin.file == name).count() as u64;
    }
}

/// A coding that does not say with which probability its unit was drawn has that of other codings of the unit: what was
/// adjudicated afterwards belongs to the same draw.
pub(super) fn inherit_inclusion(codings: &mut [HandCoding]) {
    let mut known: BTreeMap<UnitKey<'_>, f64> = BTreeMap::new();
    for coding in &*codings {
        if let Some(inclusion) = coding.inclusion {
            known.entry(coding.unit()).or_insert(inclusion);
        }
    }
    let inclusion = |coding: &HandCoding| coding.inclusion.or_else(|| known.get(&coding.unit()).copied());
    let inclusions: Vec<Option<f64>> = codings.iter().map(inclusion).collect();
    codings.iter_mut().zip(inclusions).for_each(|(coding, inclusion)| coding.inclusion = inclusion);
}
