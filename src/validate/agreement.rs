//! Intercoder reliability: how far coders agree, per frame, pair of coders, coder and document.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ADJUDICATED, HandCoding};
use crate::stats::{
    Coincidences, Interval, Metric, Seed, cohen_kappa, fleiss_kappa, percent_agreement, percentile_interval,
};

/// Bootstrap replicates of an interval.
const REPLICATES: usize = 1000;

/// What all frames together are called.
pub const ALL_FRAMES: &str = "(all)";

/// All that several coders' codings say of their agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliability {
    /// By frame in the order of the codings, [`ALL_FRAMES`] last where there are several; in it by scope.
    pub agreements: Vec<Agreement>,
    /// What the coders differ in, by document, sentence and frame.
    pub disagreements: Vec<Disagreement>,
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

/// A unit and frame whose coders differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// Id of the document.
    pub document: String,
    /// Number of the sentence.
    pub sentence: Option<usize>,
    /// Id of the frame.
    pub frame: String,
    /// Coder and value, by coder.
    pub values: Vec<(String, String)>,
    /// The words that were coded, where known.
    pub text: String,
}

/// Compares the codings of at least two coders; `None` where no unit was coded by two. What was adjudicated is nobody's own
/// judgement: it is compared with nothing, and a unit that has it is no disagreement any more. Intervals are percentiles of 1,000
/// bootstrap samples of documents, since the sentences of a document are not independent.
#[must_use]
pub fn intercoder_reliability(codings: &[HandCoding], seed: Seed) -> Option<Reliability> {
    let own: Vec<&HandCoding> = codings.iter().filter(|coding| coding.coder != ADJUDICATED).collect();
    let mut frames: Vec<&str> = Vec::new();
    for coding in &own {
        if !frames.contains(&&coding.frame[..]) {
            frames.push(&coding.frame);
        }
    }
    let mut groups: Vec<(&str, Vec<&HandCoding>)> =
        frames.iter().map(|frame| (*frame, own.iter().copied().filter(|it| it.frame == *frame).collect())).collect();
    if groups.len() > 1 {
        groups.push((ALL_FRAMES, own));
    }
    let groups: Vec<Group> = groups.into_iter().map(|(frame, codings)| Group::new(frame, &codings)).collect();
    let agreements: Vec<Agreement> = groups.iter().flat_map(|group| group.agreements(seed)).collect();
    let shared = agreements.iter().any(|agreement| agreement.units > 0);
    shared.then(|| Reliability { agreements, disagreements: disagreements(codings) })
}

/// The codings of one frame, or of all.
struct Group<'c> {
    frame: &'c str,
    coders: Vec<&'c str>,
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
    fn new(frame: &'c str, codings: &[&'c HandCoding]) -> Self {
        let coders: BTreeSet<&str> = codings.iter().map(|coding| &coding.coder[..]).collect();
        let coders: Vec<&str> = coders.into_iter().collect();
        let words: BTreeSet<&str> = codings.iter().map(|coding| &coding.value[..]).collect();
        let mut values: Vec<(Option<f64>, &str)> = words.into_iter().map(|word| (number(word), word)).collect();
        let is_numeric = values.iter().all(|(number, _)| number.is_some());
        if is_numeric {
            values.sort_by(|a, b| a.0.unwrap_or_default().total_cmp(&b.0.unwrap_or_default()));
            values.dedup_by(|next, kept| next.0 == kept.0);
        }
        let rank = |coding: &HandCoding| {
            let number = number(&coding.value).filter(|_| is_numeric);
            values.iter().position(|value| if is_numeric { value.0 == number } else { value.1 == coding.value })
        };
        let mut units: BTreeMap<_, Vec<(usize, usize)>> = BTreeMap::new();
        for coding in codings {
            let coder = coders.binary_search(&&coding.coder[..]).ok();
            if let Some(rating) = coder.zip(rank(coding)) {
                units.entry((&coding.document[..], coding.sentence, &coding.frame)).or_default().push(rating);
            }
        }
        let units = units.into_iter().map(|((document, ..), mut ratings)| {
            ratings.sort_unstable();
            Coded { document, ratings }
        });
        let numbers = is_numeric.then(|| values.iter().filter_map(|(number, _)| *number).collect());
        Self { frame, coders, numbers, units: units.collect() }
    }

    fn agreements(&self, seed: Seed) -> Vec<Agreement> {
        let name = |coder: usize| self.coders[coder].to_owned();
        let mut agreements = vec![self.agreement(Scope::All, |_| true, seed)];
        let coders = self.coders.len();
        for first in 0..coders {
            for second in first + 1..coders {
                let scope = Scope::Pair(name(first), name(second));
                agreements.push(self.between(scope, &[(first, second)], seed));
            }
        }
        if coders > 2 {
            for coder in 0..coders {
                let pairs: Vec<_> = (0..coders).filter(|other| *other != coder).map(|other| (coder, other)).collect();
                agreements.push(self.between(Scope::Coder(name(coder)), &pairs, seed));
            }
        }
        let documents: BTreeSet<&str> = self.units.iter().map(|unit| unit.document).collect();
        let of_document = |document: &str| {
            self.agreement(Scope::Document(document.to_owned()), |unit| unit.document == document, seed)
        };
        agreements.extend(documents.into_iter().map(of_document).filter(|agreement| agreement.units > 0));
        agreements
    }

    /// Agreement of all coders in some of the units.
    fn agreement(&self, scope: Scope, is_meant: impl Fn(&Coded<'_>) -> bool, seed: Seed) -> Agreement {
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
        let found = self.measured(scope, &units, seed);
        Agreement { cohen: cohen_kappa(&pairs), fleiss: fleiss_kappa(&complete), ..found }
    }

    /// Agreement of these pairs of coders, each pair of ratings taken for a unit of its own.
    fn between(&self, scope: Scope, coders: &[(usize, usize)], seed: Seed) -> Agreement {
        let mut units = Vec::new();
        for unit in &self.units {
            let rank = |coder: usize| unit.ratings.iter().find(|(who, _)| *who == coder).map(|(_, rank)| *rank);
            let pairs = coders.iter().filter_map(|(first, second)| rank(*first).zip(rank(*second)));
            units.extend(pairs.map(|(first, second)| (unit.document, vec![first, second])));
        }
        let pairs: Vec<(usize, usize)> = units.iter().map(|(_, ranks)| (ranks[0], ranks[1])).collect();
        Agreement { cohen: cohen_kappa(&pairs), ..self.measured(scope, &units, seed) }
    }

    fn measured(&self, scope: Scope, units: &[(&str, Vec<usize>)], seed: Seed) -> Agreement {
        let mut by_document: BTreeMap<&str, Vec<Coincidences>> = BTreeMap::new();
        for (document, ranks) in units {
            by_document.entry(document).or_default().push(Coincidences::of(ranks));
        }
        let clusters: Vec<Coincidences> = by_document.values().map(Coincidences::sum).collect();
        let all = Coincidences::sum(&clusters);
        // The same draws for every scope, so that two coders' agreement is that of all where there are but two.
        let name = format!("agreement/{}", self.frame);
        let wants_interval = !matches!(scope, Scope::Document(_));
        let alpha = |metric: Metric| {
            let numbers = match metric {
                Metric::Nominal => &[][..],
                Metric::Ordinal | Metric::Interval => self.numbers.as_deref()?,
            };
            let estimate = all.alpha(metric, numbers)?;
            let mut stream = seed.stream(&name);
            let resampled = |_| {
                let drawn = (0..clusters.len()).map(|_| &clusters[stream.below(clusters.len())]);
                Coincidences::sum(drawn).alpha(metric, numbers)
            };
            let enough = wants_interval && clusters.len() > 1;
            let interval = enough.then(|| percentile_interval((0..REPLICATES).map(resampled).collect())).flatten();
            Some((estimate, interval))
        };
        let alphas = [Metric::Nominal, Metric::Ordinal, Metric::Interval].map(alpha);
        Agreement {
            frame: self.frame.to_owned(),
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

fn note(units: usize, documents: usize, nominal: Option<(f64, Option<Interval>)>) -> &'static str {
    match (units, nominal) {
        (0, _) => "no unit was coded by two coders",
        (_, None) => "one value only: alpha and kappa are undefined",
        _ if documents < 10 => "fewer than 10 documents: intervals are rough",
        _ => "",
    }
}

/// A value as a finite number.
fn number(value: &str) -> Option<f64> {
    value.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

fn disagreements(codings: &[HandCoding]) -> Vec<Disagreement> {
    let mut units: BTreeMap<(&str, Option<usize>), Vec<&HandCoding>> = BTreeMap::new();
    for coding in codings {
        units.entry((&coding.document, coding.sentence)).or_default().push(coding);
    }
    let mut found = Vec::new();
    for ((document, sentence), codings) in units {
        let frames: BTreeSet<&str> = codings.iter().map(|coding| &coding.frame[..]).collect();
        for frame in frames {
            let of_frame = || codings.iter().filter(|coding| coding.frame == frame);
            let mut values: Vec<_> = of_frame().map(|coding| (coding.coder.clone(), coding.value.clone())).collect();
            values.sort_unstable();
            let differs = |a: &str, b: &str| a != b && (number(a).is_none() || number(a) != number(b));
            let is_settled = of_frame().any(|coding| coding.coder == ADJUDICATED);
            if !is_settled && values.iter().any(|(_, value)| differs(value, &values[0].1)) {
                let text = of_frame().map(|coding| &coding.text).find(|text| !text.is_empty());
                found.push(Disagreement {
                    document: document.to_owned(),
                    sentence,
                    frame: frame.to_owned(),
                    values,
                    text: text.cloned().unwrap_or_default(),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let found = intercoder_reliability(&codings, Seed::new(1)).unwrap();
        let percent = |scope: &Scope| found.agreements.iter().find(|row| row.scope == *scope).unwrap().percent.unwrap();
        let pair = |a: &str, b: &str| Scope::Pair(a.to_owned(), b.to_owned());
        for (scope, expected) in [
            (Scope::All, 8.0 / 10.0),
            (pair("A", "B"), 3.0 / 4.0),
            (pair("A", "C"), 2.0 / 3.0),
            (pair("B", "C"), 1.0),
            (Scope::Coder("A".to_owned()), 5.0 / 7.0),
            (Scope::Document("d2".to_owned()), 1.0),
        ] {
            assert!((percent(&scope) - expected).abs() < 1e-12, "{scope:?}: {}", percent(&scope));
        }
        assert!(found.agreements.iter().all(|row| row.scope != Scope::Document("d3".to_owned())), "coded by one");
        let values = |of: &Disagreement| of.values.iter().map(|(_, value)| &value[..]).collect::<String>();
        let differing: Vec<_> = found.disagreements.iter().map(|of| (of.sentence, values(of))).collect();
        assert_eq!(differing, [(Some(1), "100".to_owned())]);
    }

    #[test]
    fn what_was_adjudicated_is_no_coder_and_no_disagreement() {
        let mut codings = codings(&[("d1", "10"), ("d2", "01"), ("d3", "11")]);
        let settled = HandCoding { coder: ADJUDICATED.to_owned(), value: "1".to_owned(), ..codings[0].clone() };
        codings.push(settled);
        let found = intercoder_reliability(&codings, Seed::new(1)).unwrap();
        assert!(found.agreements.iter().all(|row| !matches!(&row.scope, Scope::Coder(coder) if coder == ADJUDICATED)));
        assert!((found.agreements[0].percent.unwrap() - 1.0 / 3.0).abs() < 1e-12, "{:?}", found.agreements[0]);
        let left: Vec<&str> = found.disagreements.iter().map(|of| &of.document[..]).collect();
        assert_eq!(left, ["d2"]);
    }

    #[test]
    fn coders_who_share_nothing_cannot_be_compared() {
        assert_eq!(intercoder_reliability(&codings(&[("d1", "1*"), ("d1", "*1")]), Seed::new(1)), None);
    }

    #[test]
    fn words_are_compared_as_they_are_and_numbers_by_their_value() {
        let mut words = codings(&[("d1", "11"), ("d2", "01")]);
        words[1].value = "1.0".to_owned();
        let found = intercoder_reliability(&words, Seed::new(1)).unwrap();
        assert_eq!(found.disagreements.len(), 1, "1 and 1.0 are one value");
        words[0].value = "yes".to_owned();
        let found = intercoder_reliability(&words, Seed::new(1)).unwrap();
        assert!(found.agreements[0].alphas[0].is_some() && found.agreements[0].alphas[1].is_none());
        assert_eq!(found.disagreements.len(), 2);
    }
}
