//! Joins the codings of several samples: a sentence is in one of them with a probability that each of them has a part in.
//!
//! A unit that two samples might have drawn is among the codings with probability 1 - (1 - a)(1 - b), also where only one
//! drew it. What the other would have drawn it with is known by its stratum, as all of a stratum have one probability there.
//! Parts of one sample, which its key tells, are joined there already (`parallax sample --add-to`).

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::codings::HandCodings;
use crate::corpus::codings::entry::{Sheet, SheetRecord};
use crate::corpus::codings::key::Key;
use crate::model::UnitKey;

/// One sample, of which each coder may have a file.
#[derive(Debug, Default)]
struct SampleDraw<'a> {
    /// The sample by its key, where there is one.
    number: Option<usize>,
    items: BTreeSet<String>,
    /// Probabilities by stratum, in thousandths of millionths.
    design: BTreeMap<String, BTreeSet<u64>>,
    /// By unit.
    units: BTreeMap<UnitKey<'a>, DrawnUnit>,
}

/// What a file says of a unit that was drawn.
#[derive(Clone, Debug)]
struct DrawnUnit {
    item: String,
    probability: u64,
    stratum: String,
}

/// One, in the unit of probabilities here.
const CERTAIN: f64 = 1e9;

/// Gives every coding the probability that its unit is in one of the samples. Files without strata say nothing of how a
/// sample was drawn, and keep what they say.
pub(super) fn join(sheets: &[Sheet], key: &Key, found: &mut HandCodings) {
    let draws = distinct_draws(sheets, key, found);
    if draws.len() < 2 {
        return;
    }
    let mut unknown = BTreeSet::new();
    let mut inclusions = Vec::with_capacity(found.codings.len());
    for coding in &found.codings {
        let unit = coding.unit();
        let stratum = draws.iter().find_map(|draw| draw.units.get(&unit)).map(|drawn| &drawn.stratum);
        let inclusion = stratum.map_or(coding.inclusion, |stratum| joined(&draws, unit, stratum));
        if stratum.is_some() && inclusion.is_none() {
            unknown.insert(unit);
        }
        inclusions.push(inclusion);
    }
    let (count, unknown) = (draws.len(), unknown.len());
    found.codings.iter_mut().zip(inclusions).for_each(|(coding, inclusion)| coding.inclusion = inclusion);
    found.notes.push(format!("codings of {count} samples: each counts by the probability of being in one of them"));
    if unknown > 0 {
        found.notes.push(format!("that is not known of {unknown} units, as another sample has no such stratum"));
    }
}

/// The samples that the sheets are parts of.
fn distinct_draws<'a>(sheets: &[Sheet], key: &Key, found: &'a HandCodings) -> Vec<SampleDraw<'a>> {
    let mut draws: Vec<SampleDraw<'_>> = Vec::new();
    for draw in sheets.iter().filter_map(|sheet| SampleDraw::of(sheet, key, found)) {
        match draws.iter_mut().find(|known| known.is_the_same(&draw)) {
            Some(known) => known.take_in(draw),
            None => draws.push(draw),
        }
    }
    draws
}

/// The probability that a unit of `stratum` is in one of the samples; `None` where one does not tell.
fn joined(draws: &[SampleDraw<'_>], place: UnitKey<'_>, stratum: &str) -> Option<f64> {
    let without: Option<f64> =
        draws.iter().map(|draw| draw.probability(place, stratum).map(|share| 1.0 - share)).product();
    without.map(|without| 1.0 - without)
}

impl<'a> SampleDraw<'a> {
    /// The sample that a sheet is part of; `None` where it names no strata.
    fn of(sheet: &Sheet, key: &Key, found: &'a HandCodings) -> Option<Self> {
        let strata: BTreeMap<u64, &SheetRecord> =
            sheet.entries.iter().filter_map(|entry| Some((entry.record, key.unit(entry).ok()?))).collect();
        let mut draw = Self::default();
        for coding in found.codings.iter().filter(|coding| coding.origin.file == sheet.file) {
            let Some((unit, inclusion)) = strata.get(&coding.origin.record).zip(coding.inclusion) else { continue };
            if unit.stratum.is_empty() {
                continue;
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability is in (0, 1]")]
            let probability = (inclusion * CERTAIN).round() as u64;
            let (item, stratum) = (unit.item.clone(), unit.stratum.clone());
            draw.number = draw.number.or_else(|| key.sample(unit));
            draw.items.insert(item.clone());
            draw.design.entry(stratum.clone()).or_default().insert(probability);
            draw.units.insert(coding.unit(), DrawnUnit { item, probability, stratum });
        }
        (!draw.units.is_empty()).then_some(draw)
    }

    /// Whether another sheet is of this sample: their key says so, or they have items in common. Without a key two sheets of one
    /// design that share no item may be the halves of one sample; they count as one, unless a unit has another item in each,
    /// as it has in two draws.
    fn is_the_same(&self, other: &Self) -> bool {
        if let (Some(own), Some(others)) = (self.number, other.number) {
            return own == others;
        }
        let is_shared = self.items.iter().any(|item| !item.is_empty() && other.items.contains(item));
        if !is_shared && self.has_twins_in(other) {
            return false;
        }
        let mut common = self.design.iter().filter_map(|(stratum, known)| Some((known, other.design.get(stratum)?)));
        let agree = |(a, b): (&BTreeSet<u64>, &BTreeSet<u64>)| a.len() == 1 && a == b;
        is_shared || (common.clone().next().is_some() && common.all(agree))
    }

    /// Whether both have a unit by two items.
    fn has_twins_in(&self, other: &Self) -> bool {
        self.units.iter().any(|(place, unit)| {
            let twin = other.units.get(place).filter(|twin| !twin.item.is_empty() && !unit.item.is_empty());
            twin.is_some_and(|twin| twin.item != unit.item)
        })
    }

    fn take_in(&mut self, other: Self) {
        self.items.extend(other.items);
        self.units.extend(other.units);
        for (stratum, probabilities) in other.design {
            self.design.entry(stratum).or_default().extend(probabilities);
        }
    }

    /// With what probability the unit is drawn: what the sample says of it, else of its stratum, or of all alike.
    fn probability(&self, place: UnitKey<'_>, stratum: &str) -> Option<f64> {
        let own = self.units.get(&place).map(|unit| unit.probability);
        let all: BTreeSet<u64> = self.design.values().flatten().copied().collect();
        let only = |of: &BTreeSet<u64>| of.first().copied().filter(|_| of.len() == 1);
        let found = own.or_else(|| only(&all)).or_else(|| self.design.get(stratum).and_then(only));
        #[expect(clippy::cast_precision_loss, reason = "at most 10^9")]
        found.map(|probability| probability as f64 / CERTAIN)
    }
}
