//! All groups but one, as what is left of everybody's documents without that group's: of thousands of groups the documents of
//! the others would else be added up thousands of times.
//!
//! What is left is kept as numbers of units by their counts, from which shares follow, and as numbers of packed units, from
//! which tests draw. A text that the group shares with others is a unit on either side, so it is not left out but made smaller.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::compare::Plan;
use crate::compare::cells::{Cells, CountedDocument, add_codings, add_trials, coding_size, trials_of};
use crate::compare::corrections::FrameCodings;
use crate::compare::notes::Size;
use crate::compare::place::Place;
use crate::compare::weighing::{EVEN_TRIALS, FINE_PARTS, Weighing, coarse, evened, fine_trials};
use crate::stats::{ClusterCounts, ClusteredShare, PackedPair, PackedUnits, UnitClass, UnitCount};

/// The documents of all groups in one period.
pub(super) struct Everyone<'c, 'a> {
    cells: &'c Cells<'a>,
    period: &'a str,
    /// What each group has of each text: by group, then first document.
    parts: Vec<Part>,
    /// By group, its parts.
    groups: BTreeMap<&'a str, Range<usize>>,
    /// By number; without parts those of other periods.
    texts: Vec<Text>,
    /// The parts; then, of each text that several groups have, the whole, and what each part leaves of it.
    units: Vec<ClusterCounts>,
    /// The same in fine parts of trials, where those of copies weigh less; else none.
    fine: Vec<ClusterCounts>,
    packed: PackedUnits,
    /// The same as they weigh, where that is not by their trials.
    weighted: Option<PackedUnits>,
    total: RestSize,
    /// By frame, the texts by their counts; ascending.
    classes: Vec<Vec<UnitClass>>,
    /// Documents of which people said anything.
    coded: Vec<CountedDocument<'a>>,
}

/// What a group has of a text.
struct Part {
    text: usize,
    /// Unit of what the other groups have of it; its own where there are none.
    others: usize,
}

/// A distinct document.
#[derive(Clone, Default)]
struct Text {
    /// Its parts, ascending.
    parts: Vec<usize>,
    /// Its unit.
    whole: usize,
}

/// What some groups have together.
#[derive(Clone, Copy, Default)]
struct RestSize {
    documents: u64,
    sentences: u64,
    distinct: u64,
}

impl<'c, 'a> Everyone<'c, 'a> {
    pub(super) fn new(cells: &'c Cells<'a>, period: &'a str) -> Self {
        let mut everyone = Self {
            cells,
            period,
            parts: Vec::new(),
            groups: BTreeMap::new(),
            texts: vec![Text::default(); cells.texts as usize],
            units: Vec::new(),
            packed: PackedUnits::new(&[], &[]),
            fine: Vec::new(),
            weighted: None,
            total: RestSize::default(),
            classes: Vec::new(),
            coded: Vec::new(),
        };
        cells.groups.iter().for_each(|group| everyone.add(group));
        everyone.join_parts();
        everyone.total.distinct = everyone.texts.iter().filter(|text| !text.parts.is_empty()).count() as u64;
        everyone.pack();
        everyone.classes = (0..everyone.plan().frames().len()).map(|frame| everyone.classes_of(frame)).collect();
        everyone
    }

    fn plan(&self) -> &'a Plan {
        self.cells.plan()
    }

    pub(super) const fn weighing(&self) -> Weighing {
        Weighing::of(self.cells.plan().settings())
    }

    fn documents_of(&self, group: &'a str) -> &'c [CountedDocument<'a>] {
        self.cells.documents_of(Place { group, period: self.period })
    }

    /// Adds the documents of a group, its parts of texts.
    fn add(&mut self, group: &'a str) {
        let first = self.parts.len();
        for document in self.documents_of(group) {
            let number = document.text as usize;
            let text = &mut self.texts[number];
            let known = text.parts.last().copied().filter(|part| *part >= first);
            let part = known.unwrap_or(self.parts.len());
            if known.is_none() {
                text.parts.push(part);
                text.whole = part;
                self.parts.push(Part { text: number, others: part });
                self.units.push(ClusterCounts::default());
                self.fine.extend((self.weighing() == Weighing::MeanCopies).then(ClusterCounts::default));
            }
            add_trials(&mut self.units[part], self.cells.plan(), document.counts, &mut []);
            if let Some(fine) = self.fine.get_mut(part) {
                fine.merge(&fine_trials(&trials_of(self.cells.plan(), document.counts), document.copies));
            }
            self.total.documents += 1;
            self.total.sentences += document.counts.sentences;
            self.coded.extend(Some(*document).filter(|it| !it.counts.double_codings.is_empty()));
        }
        self.groups.insert(group, first..self.parts.len());
    }

    /// Adds units for the texts that several groups have.
    fn join_parts(&mut self) {
        for text in self.texts.iter_mut().filter(|text| text.parts.len() > 1) {
            let next = self.units.len();
            for (place, part) in text.parts.iter().enumerate() {
                self.parts[*part].others = next + place;
            }
            text.whole = next + text.parts.len();
            for units in [&mut self.units, &mut self.fine].into_iter().filter(|units| !units.is_empty()) {
                join(units, &text.parts);
            }
        }
    }

    fn pack(&mut self) {
        let kinds: Vec<usize> = (0..self.plan().frames().len()).collect();
        self.packed = PackedUnits::new(&self.units, &kinds);
        let weighted: Vec<ClusterCounts> = match self.weighing() {
            Weighing::Trials => return,
            Weighing::MeanCopies => self.fine.iter().map(coarse).collect(),
            Weighing::Units => self.units.iter().map(|unit| evened(unit, EVEN_TRIALS)).collect(),
        };
        self.weighted = Some(PackedUnits::new(&weighted, &kinds));
    }

    /// The texts by their counts of a frame.
    fn classes_of(&self, frame: usize) -> Vec<UnitClass> {
        let texts = self.texts.iter().filter(|text| !text.parts.is_empty());
        let mut counts: Vec<(u64, u64)> =
            texts.map(|text| self.count(text.whole, frame)).map(|it| (it.n, it.k)).collect();
        counts.sort_unstable();
        let class = |alike: &[(u64, u64)]| UnitClass {
            unit: UnitCount { n: alike[0].0, k: alike[0].1 },
            units: alike.len() as u64,
        };
        counts.chunk_by(|a, b| a == b).map(class).collect()
    }

    /// Of some groups, how many distinct documents they have; and of each that several of them have, these groups by their place
    /// and its unit in each.
    pub(super) fn texts_of(&self, groups: &[&'a str]) -> (u64, Vec<Vec<(usize, usize)>>) {
        let mut places = BTreeMap::new();
        for (place, group) in groups.iter().enumerate() {
            for part in self.groups.get(group).cloned().unwrap_or_default() {
                places.entry(self.parts[part].text).or_insert_with(Vec::new).push((place, part));
            }
        }
        (places.len() as u64, places.into_values().filter(|places| places.len() > 1).collect())
    }

    /// The units as they weigh.
    pub(super) fn as_weighted(&self) -> &PackedUnits {
        self.weighted.as_ref().unwrap_or(&self.packed)
    }

    /// A group's units that have trials, among these.
    pub(super) fn members_of(&self, group: &'a str) -> Vec<u32> {
        self.members(self.groups.get(group).cloned().unwrap_or_default())
    }

    /// Units without trials tell nothing; and there are far fewer than four billion of them.
    fn members(&self, units: impl Iterator<Item = usize>) -> Vec<u32> {
        units.filter(|unit| self.units[*unit].n > 0).filter_map(|unit| u32::try_from(unit).ok()).collect()
    }

    /// The counts of a unit, in fine parts where copies weigh less.
    pub(super) fn count(&self, unit: usize, frame: usize) -> UnitCount {
        let unit = self.fine.get(unit).unwrap_or(&self.units[unit]);
        UnitCount { k: unit.k[frame], n: unit.n }
    }

    /// All groups but this one.
    pub(super) fn but(&self, group: &'a str) -> OtherGroups<'_, 'c, 'a> {
        let parts = self.groups.get(group).cloned().unwrap_or_default();
        let own = self.documents_of(group);
        let alone = self.parts[parts.clone()].iter().zip(parts.clone()).filter(|(part, unit)| part.others == *unit);
        let size = RestSize {
            documents: self.total.documents - own.len() as u64,
            sentences: self.total.sentences - own.iter().map(|document| document.counts.sentences).sum::<u64>(),
            distinct: self.total.distinct - alone.count() as u64,
        };
        let classes = (0..self.classes.len()).map(|frame| self.classes_without(parts.clone(), frame)).collect();
        OtherGroups { everyone: self, codings: self.codings_without(group, &parts), parts, size, classes }
    }

    fn classes_without(&self, parts: Range<usize>, frame: usize) -> Vec<UnitClass> {
        let mut classes = self.classes[frame].clone();
        let mut smaller = Vec::new();
        for (part, own) in self.parts[parts.clone()].iter().zip(parts) {
            let UnitCount { n, k } = self.count(self.texts[part.text].whole, frame);
            if let Ok(place) = classes.binary_search_by_key(&(n, k), |class| (class.unit.n, class.unit.k)) {
                classes[place].units -= 1;
            }
            if part.others != own {
                smaller.push(UnitClass::from(self.count(part.others, frame)));
            }
        }
        classes.extend(smaller);
        classes
    }

    /// What people said of the documents of the other groups, by frame.
    fn codings_without(&self, group: &str, parts: &Range<usize>) -> Vec<FrameCodings<'a>> {
        let mut codings = self.cells.no_codings();
        for document in self.coded.iter().filter(|document| &*document.counts.group != group) {
            let unit = self.unit_without(document.text as usize, parts);
            let size = coding_size(self.weighing(), &self.units[unit], *document);
            add_codings(&mut codings, self.plan(), *document, size);
        }
        codings
    }

    /// The unit of what is left of a text without those of its parts that are among `parts`, which is one at most.
    fn unit_without(&self, text: usize, parts: &Range<usize>) -> usize {
        let text = &self.texts[text];
        let own = text.parts.iter().find(|part| parts.contains(part));
        own.map_or(text.whole, |own| self.parts[*own].others)
    }
}

/// Adds what each of a text's parts leaves of it, and the whole.
fn join(units: &mut Vec<ClusterCounts>, parts: &[usize]) {
    let mut whole = ClusterCounts::default();
    for part in parts {
        whole.merge(&units[*part]);
    }
    for part in parts {
        units.push(whole.without(&units[*part]));
    }
    units.push(whole);
}

/// All groups but one in a period.
pub(super) struct OtherGroups<'e, 'c, 'a> {
    everyone: &'e Everyone<'c, 'a>,
    /// The parts of the group that is left out.
    parts: Range<usize>,
    size: RestSize,
    classes: Vec<Vec<UnitClass>>,
    codings: Vec<FrameCodings<'a>>,
}

impl<'e, 'a> OtherGroups<'e, '_, 'a> {
    /// A frame's share, uncorrected.
    pub(super) fn share(&self, frame: usize) -> ClusteredShare {
        let classes = self.classes[frame].iter().copied();
        match self.everyone.weighing() {
            Weighing::Trials => ClusteredShare::of_classes(classes),
            Weighing::MeanCopies => ClusteredShare::of_classes(classes).in_parts(FINE_PARTS, self.counted(frame)),
            Weighing::Units => ClusteredShare::of_equal_classes(classes),
        }
    }

    /// What people said of a frame, in a study that anybody coded.
    pub(super) fn codings(&self, frame: usize) -> Option<&FrameCodings<'a>> {
        self.codings.get(frame)
    }

    /// Whether hand codings correct any share.
    pub(super) fn is_corrected(&self) -> bool {
        self.codings.iter().any(FrameCodings::correct)
    }

    /// Distinct documents that carry a frame.
    pub(super) fn carriers(&self, frame: usize) -> u64 {
        let carriers = self.classes[frame].iter().filter(|class| class.unit.k > 0 && class.unit.n > 0);
        carriers.map(|class| class.units).sum()
    }

    /// Hits of a frame.
    pub(super) fn hits(&self, frame: usize) -> u64 {
        match self.everyone.weighing() {
            Weighing::MeanCopies => self.counted(frame).k,
            _ => self.classes[frame].iter().map(|class| class.units * class.unit.k).sum(),
        }
    }

    /// Hits of a frame and the trials, whatever they weigh.
    fn counted(&self, frame: usize) -> UnitCount {
        let of_unit = |unit: usize| (self.everyone.units[unit].k[frame], self.everyone.units[unit].n);
        let (k, n) = self.others().map(of_unit).fold((0, 0), |sum, (k, n)| (sum.0 + k, sum.1 + n));
        UnitCount { k, n }
    }

    /// How many documents there are.
    pub(super) const fn size(&self) -> Size {
        Size { documents: self.size.documents, distinct: self.size.distinct }
    }

    /// Their sentences.
    pub(super) const fn sentences(&self) -> u64 {
        self.size.sentences
    }

    /// The group that is left out and the others, as units to be dealt out; kinds are frames.
    pub(super) fn counted_pair(&self) -> PackedPair<'e> {
        self.pair_of(&self.everyone.packed)
    }

    /// The same of the weight that the study gives to documents.
    pub(super) fn weighted_pair(&self) -> PackedPair<'e> {
        self.pair_of(self.everyone.as_weighted())
    }

    fn pair_of(&self, packed: &'e PackedUnits) -> PackedPair<'e> {
        let mut members = self.everyone.members(self.parts.clone());
        let first = members.len();
        members.extend(self.everyone.members(self.others()));
        PackedPair { units: packed, members, first }
    }

    /// Units of the other groups, in the order of the first document of each.
    fn others(&self) -> impl Iterator<Item = usize> + '_ {
        let everyone = self.everyone;
        let all = 0..everyone.parts.len();
        all.filter(|part| !self.parts.contains(part)).filter_map(move |number| {
            let part = &everyone.parts[number];
            if part.others == number {
                return Some(number);
            }
            let mut others = everyone.texts[part.text].parts.iter().filter(|part| !self.parts.contains(part));
            (others.next() == Some(&number)).then(|| everyone.unit_without(part.text, &self.parts))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::cells::Cell;
    use crate::compare::counts::example::{corpus, counts, plan};
    use crate::compare::place::WHOLE_SPAN;
    use crate::model::{CompareSettings, CopyRule, Weight};
    use crate::stats::{
        Dealing, Seed, divergence_test, packed_divergence_test, packed_permutation_test, permutation_test,
    };

    /// All documents of the other groups, added up one by one.
    fn added_up<'a>(cells: &Cells<'a>, group: &str) -> Cell<'a> {
        let others = cells.groups.iter().filter(|other| **other != group);
        cells.cell_of(others.flat_map(|other| cells.documents_of(Place { group: other, period: WHOLE_SPAN })))
    }

    /// Three of the thirty documents of each group are copies of one text, which is one unit on either side.
    #[test]
    fn what_is_left_of_everybody_is_what_the_others_add_up_to() {
        let counts = counts(corpus(&["alfa", "beta", "gamma"]));
        let settings = |weight, copies| CompareSettings { weight, copies, ..CompareSettings::default() };
        for settings in [
            settings(Weight::Sentence, CopyRule::All),
            settings(Weight::Sentence, CopyRule::Weight),
            settings(Weight::Document, CopyRule::All),
        ] {
            let plan = plan(settings);
            let cells = Cells::new(&plan, &counts);
            let everyone = Everyone::new(&cells, WHOLE_SPAN);
            for group in cells.groups.clone() {
                let (rest, expected) = (everyone.but(group), added_up(&cells, group));
                assert_eq!((rest.size().documents, rest.size().distinct), (60, 55), "{group}");
                assert_eq!(
                    (rest.size().distinct, rest.sentences()),
                    (expected.distinct, expected.sentences),
                    "{group}"
                );
                for frame in 0..3 {
                    let hits: u64 = expected.units.iter().map(|unit| unit.k[frame]).sum();
                    assert_eq!((rest.hits(frame), rest.carriers(frame)), (hits, expected.carriers(frame)), "{group}");
                    assert!(are_close(&rest.share(frame), &expected.share(frame)), "{group} {:?}", plan.settings());
                }
            }
        }
    }

    /// But for the order in which residuals are added.
    fn are_close(found: &ClusteredShare, expected: &ClusteredShare) -> bool {
        let close = |found: f64, expected: f64| (found - expected).abs() <= 1e-12 * expected.abs();
        (found.units, found.n, found.k) == (expected.units, expected.n, expected.k)
            && close(found.share().unwrap(), expected.share().unwrap())
            && close(found.variance.unwrap(), expected.variance.unwrap())
            && close(found.effective_residuals, expected.effective_residuals)
            && close(found.effective_units, expected.effective_units)
    }

    #[test]
    fn tests_of_packed_units_draw_what_tests_of_units_draw() {
        let (plan, counts) = (plan(CompareSettings::default()), counts(corpus(&["alfa", "beta", "gamma"])));
        let cells = Cells::new(&plan, &counts);
        let everyone = Everyone::new(&cells, WHOLE_SPAN);
        let dealing = Dealing { draws: 99, kinds: &[0, 1] };
        let stream = || Seed::new(1).stream("rest");
        for group in cells.groups.clone() {
            let (rest, others) = (everyone.but(group), added_up(&cells, group));
            let own = cells.cell(Place { group, period: WHOLE_SPAN });
            let packed = packed_permutation_test(rest.weighted_pair(), dealing, &mut stream()).unwrap();
            let listed = permutation_test(&own.units, &others.units, dealing, &mut stream()).unwrap();
            assert_eq!(packed.p_values[..], listed.p_values[..2], "{group}");
            let packed = packed_divergence_test(rest.counted_pair(), dealing, &mut stream());
            assert_eq!(packed, divergence_test(&own.units, &others.units, dealing, &mut stream()), "{group}");
        }
    }
}
