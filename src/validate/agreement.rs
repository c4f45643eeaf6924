//! Intercoder reliability: how far coders agree, per frame, pair of coders, coder and document.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ADJUDICATED, HandCoding, Voice};
use crate::stats::{
    Coincidences, Interval, LevelOfMeasurement, alpha_interval, cohen_kappa, fleiss_kappa, percent_agreement,
};
use crate::validate::disagreements::{Disagreement, disagreements, number};

/// Units of a document from which its own figures mean something.
const MANY_UNITS: usize = 20;

/// Values of which a confusion is still readable.
const FEW_VALUES: usize = 10;

/// What all frames together are called.
pub const ALL_FRAMES: &str = "(all)";

/// All that several coders' codings say of their agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliability {
    /// By frame in the order of the codings, [`ALL_FRAMES`] last where there are several; in it by scope.
    pub agreements: Vec<Agreement>,
    /// What was taken for what, by frame and aspect.
    pub confusions: Vec<Confusion>,
    /// What the coders differ in, by document, sentence and frame.
    pub disagreements: Vec<Disagreement>,
}

/// What of a coding is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Its value.
    Value,
    /// Who speaks, where both coders see the frame.
    Voice,
    /// The stance of that voice, likewise.
    Stance,
}

impl Aspect {
    /// The word that stands in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Voice => "voice",
            Self::Stance => "stance",
        }
    }
}

/// How often two coders gave a unit these two values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    /// Id of the frame.
    pub frame: String,
    /// What of it.
    pub aspect: Aspect,
    /// The value that comes first.
    pub value_a: String,
    /// The other, or the same.
    pub value_b: String,
    /// Pairs of ratings of one unit.
    pub pairs: u64,
}

/// Whose codings are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Those of all coders.
    All,
    /// Those of two.
    Pair(String, String),
    /// Those of one with each other coder's.
    Coder(String),
    /// Those of all coders in one document.
    Document(String),
}

/// Agreement on one frame within one scope. Each figure is `None` where it is undefined.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Id of the frame, or [`ALL_FRAMES`].
    pub frame: String,
    /// What of the codings.
    pub aspect: Aspect,
    /// Whose codings.
    pub scope: Scope,
    /// Units that at least two coders of the scope coded.
    pub units: usize,
    /// Documents they are in.
    pub documents: usize,
    /// Share of pairs of ratings that agree.
    pub percent: Option<f64>,
    /// Cohen's kappa; of two coders only, or of one with the others'.
    pub cohen: Option<f64>,
    /// Fleiss' kappa over the units that all coders coded.
    pub fleiss: Option<f64>,
    /// Krippendorff's alpha with its 95 % interval, by metric: nominal, ordinal, interval. The latter two only where all
    /// values are numbers.
    pub alphas: [Option<(f64, Option<Interval>)>; 3],
    /// Why something is undefined or uncertain; empty if nothing is.
    pub note: &'static str,
}

/// Compares the codings of at least two coders; `None` where no unit was coded by two. What was adjudicated is nobody's own
/// judgement: it is compared with nothing, and a unit that has it is no disagreement any more. Intervals leave out one
/// document at a time, since the sentences of a document are not independent.
#[must_use]
pub fn intercoder_reliability(codings: &[HandCoding]) -> Option<Reliability> {
    let own: Vec<&HandCoding> = codings.iter().filter(|coding| coding.coder != ADJUDICATED).collect();
    let groups: Vec<Group<'_>> =
        [Aspect::Value, Aspect::Voice, Aspect::Stance].into_iter().flat_map(|aspect| groups(aspect, &own)).collect();
    let agreements: Vec<Agreement> = groups.iter().flat_map(Group::agreements).collect();
    let shared = agreements.iter().any(|agreement| agreement.units > 0);
    let confusions = groups.iter().flat_map(Group::confusions).collect();
    shared.then(|| Reliability { agreements, confusions, disagreements: disagreements(codings) })
}

/// How far labels from outside agree with each coder, and with all of them: the labeller as one coder more, but in no figure of
/// people's own agreement.
#[must_use]
pub fn agreement_with_labels(people: &[HandCoding], labels: &[HandCoding]) -> Vec<Agreement> {
    let labellers: BTreeSet<&str> = labels.iter().map(|label| &label.coder[..]).collect();
    let own = people.iter().filter(|coding| coding.coder != ADJUDICATED);
    let both: Vec<&HandCoding> = own.chain(labels).collect();
    let is_of_labels = |scope: &Scope| match scope {
        Scope::Pair(a, b) => labellers.contains(&a[..]) || labellers.contains(&b[..]),
        Scope::Coder(coder) => labellers.contains(&coder[..]),
        Scope::All | Scope::Document(_) => false,
    };
    let groups = [Aspect::Value, Aspect::Voice, Aspect::Stance].into_iter().flat_map(|aspect| groups(aspect, &both));
    let mut agreements: Vec<Agreement> = groups.flat_map(|group| group.agreements()).collect();
    agreements.retain(|agreement| is_of_labels(&agreement.scope) && agreement.units > 0);
    agreements
}

/// What one coder said of one unit.
#[derive(Clone, Copy)]
struct Rating<'c> {
    coding: &'c HandCoding,
    value: &'c str,
}

impl<'c> Rating<'c> {
    /// `None` where that was not coded. Voice and stance are those of a frame that is there.
    fn of(coding: &'c HandCoding, aspect: Aspect) -> Option<Self> {
        let value = match aspect {
            Aspect::Value => &coding.value[..],
            _ if coding.value != "1" => return None,
            Aspect::Voice => coding.voice.as_ref().and_then(spoken)?,
            Aspect::Stance => coding.stance?.as_str(),
        };
        Some(Self { coding, value })
    }
}

const fn spoken(voice: &Voice) -> Option<&'static str> {
    match voice {
        Voice::Own => Some("own"),
        Voice::Source(_) => Some("attributed"),
        Voice::Unknown => None,
    }
}

/// The ratings of one aspect by frame in the order of the codings, those of all frames last where there are several.
fn groups<'c>(aspect: Aspect, codings: &[&'c HandCoding]) -> Vec<Group<'c>> {
    let ratings: Vec<Rating<'c>> = codings.iter().filter_map(|coding| Rating::of(coding, aspect)).collect();
    let mut frames: Vec<&str> = Vec::new();
    for rating in &ratings {
        if !frames.contains(&&rating.coding.frame[..]) {
            frames.push(&rating.coding.frame);
        }
    }
    let of_frame = |frame: &&'c str| {
        let ratings: Vec<Rating<'c>> = ratings.iter().copied().filter(|rating| rating.coding.frame == *frame).collect();
        Group::new(frame, aspect, &ratings)
    };
    let mut groups: Vec<Group<'c>> = frames.iter().map(of_frame).collect();
    if groups.len() > 1 {
        groups.push(Group::new(ALL_FRAMES, aspect, &ratings));
    }
    groups
}

/// The ratings of one frame, or of all.
struct Group<'c> {
    frame: &'c str,
    aspect: Aspect,
    coders: Vec<&'c str>,
    /// By rank.
    values: Vec<&'c str>,
    /// Whether the values are numbers, and these in ascending order.
    numbers: Option<Vec<f64>>,
    units: Vec<Coded<'c>>,
}

/// One unit: its document, and who gave it which value, by rank of the value.
struct Coded<'c> {
    document: &'c str,
    ratings: Vec<(usize, usize)>,
}

impl<'c> Group<'c> {
    fn new(frame: &'c str, aspect: Aspect, ratings: &[Rating<'c>]) -> Self {
        let coders: BTreeSet<&str> = ratings.iter().map(|rating| &rating.coding.coder[..]).collect();
        let coders: Vec<&str> = coders.into_iter().collect();
        let (values, numbers) = ranked(ratings);
        let rank = |rating: &Rating<'_>| {
            let number = number(rating.value).filter(|_| numbers.is_some());
            values.iter().position(|value| number.map_or(*value == rating.value, |it| self::number(value) == Some(it)))
        };
        let mut units: BTreeMap<_, Vec<(usize, usize)>> = BTreeMap::new();
        for rating in ratings {
            let HandCoding { document, sentence, frame, coder, .. } = rating.coding;
            if let Some(found) = coders.binary_search(&&coder[..]).ok().zip(rank(rating)) {
                units.entry((&document[..], *sentence, frame)).or_default().push(found);
            }
        }
        let units = units.into_iter().map(|((document, ..), mut ratings)| {
            ratings.sort_unstable();
            Coded { document, ratings }
        });
        let units = units.collect();
        Self { frame, aspect, coders, values, numbers, units }
    }

    /// What was taken for what; nothing of all frames together, nor of values without end.
    fn confusions(&self) -> Vec<Confusion> {
        let mut counts: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        for Coded { ratings, .. } in &self.units {
            for (place, (_, first)) in ratings.iter().enumerate() {
                for (_, second) in &ratings[place + 1..] {
                    *counts.entry((*first.min(second), *first.max(second))).or_default() += 1;
                }
            }
        }
        let confusion = |((a, b), pairs): ((usize, usize), u64)| Confusion {
            frame: self.frame.to_owned(),
            aspect: self.aspect,
            value_a: self.values[a].to_owned(),
            value_b: self.values[b].to_owned(),
            pairs,
        };
        let is_readable = self.frame != ALL_FRAMES && self.values.len() <= FEW_VALUES;
        if is_readable { counts.into_iter().map(confusion).collect() } else { Vec::new() }
    }

    fn agreements(&self) -> Vec<Agreement> {
        let name = |coder: usize| self.coders[coder].to_owned();
        let mut agreements = vec![self.agreement(Scope::All, |_| true)];
        let coders = self.coders.len();
        for first in 0..coders {
            for second in first + 1..coders {
                agreements.push(self.between(Scope::Pair(name(first), name(second)), &[(first, second)]));
            }
        }
        if coders > 2 {
            for coder in 0..coders {
                let pairs: Vec<_> = (0..coders).filter(|other| *other != coder).map(|other| (coder, other)).collect();
                agreements.push(self.between(Scope::Coder(name(coder)), &pairs));
            }
        }
        agreements.extend(self.of_long_documents());
        agreements
    }

    /// Figures of single documents, where there are enough units for them to mean something.
    fn of_long_documents(&self) -> Vec<Agreement> {
        let mut units: BTreeMap<&str, usize> = BTreeMap::new();
        for unit in self.units.iter().filter(|unit| unit.ratings.len() > 1) {
            *units.entry(unit.document).or_default() += 1;
        }
        let long = units.into_iter().filter(|(_, units)| *units >= MANY_UNITS);
        let of_document = |(document, _): (&str, usize)| {
            self.agreement(Scope::Document(document.to_owned()), |unit| unit.document == document)
        };
        long.map(of_document).collect()
    }

    /// Agreement of all coders in some of the units.
    fn agreement(&self, scope: Scope, is_meant: impl Fn(&Coded<'_>) -> bool) -> Agreement {
        let ranks = |unit: &Coded<'c>| (unit.document, unit.ratings.iter().map(|(_, rank)| *rank).collect());
        let units: Vec<(&str, Vec<usize>)> =
            self.units.iter().filter(|unit| unit.ratings.len() > 1 && is_meant(unit)).map(ranks).collect();
        let complete: Vec<Vec<usize>> = units
            .iter()
            .filter(|(_, ranks)| ranks.len() == self.coders.len())
            .map(|(_, ranks)| ranks.clone())
            .collect();
        let pairs: Vec<(usize, usize)> = match self.coders.len() {
            2 => complete.iter().map(|ranks| (ranks[0], ranks[1])).collect(),
            _ => Vec::new(),
        };
        let found = self.measured(scope, &units);
        Agreement { cohen: cohen_kappa(&pairs), fleiss: fleiss_kappa(&complete), ..found }
    }

    /// Agreement of these pairs of coders, each pair of ratings taken for a unit of its own.
    fn between(&self, scope: Scope, coders: &[(usize, usize)]) -> Agreement {
        let mut units = Vec::new();
        for unit in &self.units {
            let rank = |coder: usize| unit.ratings.iter().find(|(who, _)| *who == coder).map(|(_, rank)| *rank);
            let pairs = coders.iter().filter_map(|(first, second)| rank(*first).zip(rank(*second)));
            units.extend(pairs.map(|(first, second)| (unit.document, vec![first, second])));
        }
        let pairs: Vec<(usize, usize)> = units.iter().map(|(_, ranks)| (ranks[0], ranks[1])).collect();
        Agreement { cohen: cohen_kappa(&pairs), ..self.measured(scope, &units) }
    }

    fn measured(&self, scope: Scope, units: &[(&str, Vec<usize>)]) -> Agreement {
        let mut by_document: BTreeMap<&str, Vec<Coincidences>> = BTreeMap::new();
        for (document, ranks) in units {
            by_document.entry(document).or_default().push(Coincidences::of(ranks));
        }
        let clusters: Vec<Coincidences> = by_document.values().map(Coincidences::sum).collect();
        let all = Coincidences::sum(&clusters);
        let alpha = |metric: LevelOfMeasurement| {
            let numbers = match metric {
                LevelOfMeasurement::Nominal => &[][..],
                LevelOfMeasurement::Ordinal | LevelOfMeasurement::Interval => self.numbers.as_deref()?,
            };
            Some((all.alpha(metric, numbers)?, alpha_interval(&clusters, metric, numbers)))
        };
        let alphas =
            [LevelOfMeasurement::Nominal, LevelOfMeasurement::Ordinal, LevelOfMeasurement::Interval].map(alpha);
        Agreement {
            frame: self.frame.to_owned(),
            aspect: self.aspect,
            scope,
            units: units.len(),
            documents: clusters.len(),
            percent: percent_agreement(&units.iter().map(|(_, ranks)| ranks.clone()).collect::<Vec<_>>()),
            cohen: None,
            fleiss: None,
            note: note(units.len(), clusters.len(), alphas[0]),
            alphas,
        }
    }
}

/// The values by rank, and the numbers they are where all are.
fn ranked<'c>(ratings: &[Rating<'c>]) -> (Vec<&'c str>, Option<Vec<f64>>) {
    let words: BTreeSet<&str> = ratings.iter().map(|rating| rating.value).collect();
    let mut values: Vec<(Option<f64>, &str)> = words.into_iter().map(|word| (number(word), word)).collect();
    let is_numeric = values.iter().all(|(number, _)| number.is_some());
    if is_numeric {
        values.sort_by(|a, b| a.0.unwrap_or_default().total_cmp(&b.0.unwrap_or_default()));
        values.dedup_by(|next, kept| next.0 == kept.0);
    }
    let numbers = is_numeric.then(|| values.iter().filter_map(|(number, _)| *number).collect());
    (values.into_iter().map(|(_, word)| word).collect(), numbers)
}

fn note(units: usize, documents: usize, nominal: Option<(f64, Option<Interval>)>) -> &'static str {
    match (units, nominal) {
        (0, _) => "no unit was coded by two coders",
        (_, None) => "one value only: alpha and kappa are undefined",
        (_, Some((_, None))) if documents > 1 => "no disagreement that could be left out: alpha has no interval",
        _ if documents < 10 => "fewer than 10 documents: intervals are rough",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stance;

    /// Codings of frame `f`: a document and one character a coder, `*` where it was not coded.
    fn codings(units: &[(&str, &str)]) -> Vec<HandCoding> {
        let coding = |sentence: usize, document: &str, coder: usize, value: char| HandCoding {
            document: document.to_owned(),
            sentence: Some(sentence),
            frame: "f".to_owned(),
            value: value.to_string(),
            coder: ["A", "B", "C"][coder].to_owned(),
            ..HandCoding::default()
        };
        let mut codings = Vec::new();
        for (sentence, (document, values)) in units.iter().enumerate() {
            let coded = values.chars().enumerate().filter(|(_, value)| *value != '*');
            codings.extend(coded.map(|(coder, value)| coding(sentence, document, coder, value)));
        }
        codings
    }

    #[test]
    fn figures_are_those_of_the_scope() {
        let codings = codings(&[("d1", "11*"), ("d1", "100"), ("d2", "000"), ("d2", "111"), ("d3", "0**")]);
        let found = intercoder_reliability(&codings).unwrap();
        let percent = |scope: &Scope| found.agreements.iter().find(|row| row.scope == *scope).unwrap().percent.unwrap();
        let pair = |a: &str, b: &str| Scope::Pair(a.to_owned(), b.to_owned());
        for (scope, expected) in [
            (Scope::All, 8.0 / 10.0),
            (pair("A", "B"), 3.0 / 4.0),
            (pair("A", "C"), 2.0 / 3.0),
            (pair("B", "C"), 1.0),
            (Scope::Coder("A".to_owned()), 5.0 / 7.0),
        ] {
            assert!((percent(&scope) - expected).abs() < 1e-12, "{scope:?}: {}", percent(&scope));
        }
        assert!(found.agreements.iter().all(|row| !matches!(row.scope, Scope::Document(_))), "too short to tell");
        let values = |of: &Disagreement| of.values.iter().map(|(_, value)| &value[..]).collect::<String>();
        let differing: Vec<_> = found.disagreements.iter().map(|of| (of.sentence, values(of))).collect();
        assert_eq!(differing, [(Some(1), "100".to_owned())]);
    }

    #[test]
    fn what_was_adjudicated_is_no_coder_and_no_disagreement() {
        let mut codings = codings(&[("d1", "10"), ("d2", "01"), ("d3", "11")]);
        let settled = HandCoding { coder: ADJUDICATED.to_owned(), value: "1".to_owned(), ..codings[0].clone() };
        codings.push(settled);
        let found = intercoder_reliability(&codings).unwrap();
        assert!(found.agreements.iter().all(|row| !matches!(&row.scope, Scope::Coder(coder) if coder == ADJUDICATED)));
        assert!((found.agreements[0].percent.unwrap() - 1.0 / 3.0).abs() < 1e-12, "{:?}", found.agreements[0]);
        let left: Vec<&str> = found.disagreements.iter().map(|of| &of.document[..]).collect();
        assert_eq!(left, ["d2"]);
    }

    #[test]
    fn coders_who_share_nothing_cannot_be_compared() {
        assert_eq!(intercoder_reliability(&codings(&[("d1", "1*"), ("d1", "*1")])), None);
    }

    #[test]
    fn words_are_compared_as_they_are_and_numbers_by_their_value() {
        let mut words = codings(&[("d1", "11"), ("d2", "01")]);
        words[1].value = "1.0".to_owned();
        let found = intercoder_reliability(&words).unwrap();
        assert_eq!(found.disagreements.len(), 1, "1 and 1.0 are one value");
        words[0].value = "yes".to_owned();
        let found = intercoder_reliability(&words).unwrap();
        assert!(found.agreements[0].alphas[0].is_some() && found.agreements[0].alphas[1].is_none());
        assert_eq!(found.disagreements.len(), 2);
    }

    #[test]
    fn a_document_has_figures_of_its_own_where_it_has_many_units() {
        let mut units = vec![("long", "10"); MANY_UNITS];
        units.extend([("short", "11"), ("short", "00")]);
        let found = intercoder_reliability(&codings(&units)).unwrap();
        let rows = found.agreements.iter().filter(|row| matches!(row.scope, Scope::Document(_)));
        let rows: Vec<(usize, Option<f64>)> = rows.map(|row| (row.units, row.percent)).collect();
        assert_eq!(rows, [(MANY_UNITS, Some(0.0))]);
    }

    #[test]
    fn voice_and_stance_are_compared_where_both_see_the_frame() {
        let mut codings = codings(&[("d1", "11"), ("d2", "11"), ("d3", "10"), ("d4", "11")]);
        let voices = [Voice::Own, Voice::Own, Voice::Own, Voice::Source(None), Voice::Own, Voice::Own, Voice::Own];
        for (coding, voice) in codings.iter_mut().zip(voices) {
            coding.voice = Some(voice);
            coding.stance = Some(Stance::Favor);
        }
        let found = intercoder_reliability(&codings).unwrap();
        let of = |aspect: Aspect| found.agreements.iter().find(|row| row.aspect == aspect).unwrap();
        assert_eq!((of(Aspect::Value).units, of(Aspect::Voice).units, of(Aspect::Stance).units), (4, 2, 2));
        assert_eq!((of(Aspect::Voice).percent, of(Aspect::Stance).percent), (Some(0.5), Some(1.0)));
        let voices: Vec<(&str, &str, u64)> = found
            .confusions
            .iter()
            .filter(|it| it.aspect == Aspect::Voice)
            .map(|it| (&it.value_a[..], &it.value_b[..], it.pairs))
            .collect();
        assert_eq!(voices, [("attributed", "own", 1), ("own", "own", 1)]);
    }
}
