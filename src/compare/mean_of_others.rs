//! All groups but one, each of them counting alike however much it publishes: `rest = "equal"`.
//!
//! Of the others those count that are held against groups themselves, so that an outlet of three articles does not weigh as much
//! as one of three thousand, and of these in a period the ones that have two distinct documents in it.

use std::collections::BTreeMap;

use crate::compare::cells::{Cell, Cells};
use crate::compare::corrections::FrameCodings;
use crate::compare::notes::Size;
use crate::compare::rest::Everyone;
use crate::compare::weighing::{FINE_PARTS, Weighing};
use crate::stats::{ClusteredShare, Dealing, PermutationTest, RandomStream, RareCount, mean_difference_test};

/// All groups but one in a period.
pub(super) struct MeanOfOthers<'e, 'c, 'a> {
    everyone: &'e Everyone<'c, 'a>,
    own: &'a str,
    groups: Vec<&'a str>,
    cells: Vec<&'e Cell<'a>>,
    /// By text that several of them have, the number of each of these among them and its unit.
    shared: Vec<Vec<(usize, usize)>>,
    distinct: u64,
    codings: Vec<FrameCodings<'a>>,
}

impl<'e, 'c, 'a> MeanOfOthers<'e, 'c, 'a> {
    pub(super) fn new(
        all: &Cells<'a>,
        everyone: &'e Everyone<'c, 'a>,
        cells: &'e BTreeMap<&'a str, Cell<'a>>,
        own: &'a str,
    ) -> Self {
        let counts =
            |(group, cell): &(&&'a str, &'e Cell<'a>)| **group != own && cell.units.len() > 1 && all.is_large(group);
        let others = cells.iter().filter(counts).map(|(group, cell)| (*group, cell));
        let (groups, cells): (Vec<&'a str>, Vec<&'e Cell<'a>>) = others.unzip();
        let (distinct, shared) = everyone.texts_of(&groups);
        let mut found = Self { everyone, own, groups, cells, shared, distinct, codings: all.no_codings() };
        found.add_codings(all);
        found
    }

    /// A coding stands for as much as its group counts: the fewer trials share its weight, the more.
    fn add_codings(&mut self, all: &Cells<'a>) {
        let weighing = Weighing::of(all.plan().settings());
        for (frame, codings) in self.codings.iter_mut().enumerate() {
            for cell in &self.cells {
                let share = cell.share(frame);
                let weight = if weighing == Weighing::Units { share.units as f64 } else { share.trials };
                if let Some(found) = cell.codings(frame) {
                    codings.add_weighted(found, 1.0 / weight);
                }
            }
        }
    }

    /// The mean of the groups' shares of a frame, uncorrected.
    pub(super) fn share(&self, frame: usize) -> ClusteredShare {
        let shares: Vec<ClusteredShare> = self.cells.iter().map(|cell| cell.share(frame)).collect();
        ClusteredShare::mean_of(&shares, self.covariances(frame, &shares))
    }

    /// Twice the sum of the shares' covariances, which are those of the texts that several groups have.
    fn covariances(&self, frame: usize, shares: &[ClusteredShare]) -> f64 {
        let of_text = |places: &Vec<(usize, usize)>| {
            let residuals = places.iter().map(|(group, unit)| self.residual(frame, &shares[*group], *unit));
            let (sum, squares) = residuals.fold((0.0, 0.0), |(sum, squares), it| (sum + it, squares + it * it));
            sum * sum - squares
        };
        self.shared.iter().map(of_text).sum()
    }

    fn residual(&self, frame: usize, share: &ClusteredShare, unit: usize) -> f64 {
        let unit = self.everyone.count(unit, frame);
        let parts = match self.everyone.weighing() {
            Weighing::Units => return share.residual_of_equal(unit),
            Weighing::MeanCopies => FINE_PARTS as f64,
            Weighing::Trials => 1.0,
        };
        share.residual_of(unit.n as f64 / parts, unit.k as f64 / parts)
    }

    /// Distinct documents that carry a frame, by group.
    pub(super) fn carriers(&self, frame: usize) -> u64 {
        self.cells.iter().map(|cell| cell.carriers(frame)).sum()
    }

    /// How many of all their documents have a frame.
    pub(super) fn rare_count(&self, frame: usize) -> RareCount {
        let of_group = self.cells.iter().map(|cell| RareCount::of(&cell.units, frame));
        of_group.fold(RareCount { carriers: 0, units: 0, trials: 0 }, |sum, of| RareCount {
            carriers: sum.carriers + of.carriers,
            units: sum.units + of.units,
            trials: sum.trials + of.trials,
        })
    }

    /// Hits of a frame.
    pub(super) fn hits(&self, frame: usize) -> u64 {
        self.cells.iter().flat_map(|cell| &cell.units).map(|unit| unit.k[frame]).sum()
    }

    /// What people said of a frame, in a study that anybody coded.
    pub(super) fn codings(&self, frame: usize) -> Option<&FrameCodings<'a>> {
        self.codings.get(frame)
    }

    /// Whether hand codings correct any share.
    pub(super) fn is_corrected(&self) -> bool {
        self.codings.iter().any(FrameCodings::correct)
    }

    /// How many documents the groups have.
    pub(super) fn size(&self) -> Size {
        Size { documents: self.cells.iter().map(|cell| cell.documents).sum(), distinct: self.distinct }
    }

    /// Their sentences.
    pub(super) fn sentences(&self) -> u64 {
        self.cells.iter().map(|cell| cell.sentences).sum()
    }

    /// The permutation test of these frames against the group that is left out.
    pub(super) fn permutation(&self, dealing: Dealing<'_>, stream: &mut RandomStream) -> Option<PermutationTest> {
        let groups = std::iter::once(self.own).chain(self.groups.iter().copied());
        let members: Vec<Vec<u32>> = groups.map(|group| self.everyone.members_of(group)).collect();
        mean_difference_test(self.everyone.as_weighted(), &members, dealing, stream)
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::counts::example::{counts, document, plan};
    use crate::compare::{REST, Test, findings};
    use crate::model::{CompareSettings, RestRule};

    /// Three documents of long articles have a frame, where the permutation gives one in a hundred.
    #[test]
    fn what_few_documents_have_is_tested_by_their_number_against_a_mean_too() {
        let documents = (0..180_u64).map(|number| {
            let is_long = number % 3 == 0;
            let hits = if is_long && number < 9 { 2 } else { 0 };
            let group = ["alfa", "beta", "gamma"][(number % 3) as usize];
            (number.to_string(), document(group, "", if is_long { 40 } else { 8 }, [hits, number % 2, 0]))
        });
        let settings = CompareSettings { rest: RestRule::Equal, ..CompareSettings::default() };
        let found = findings(&plan(settings), &counts(documents));
        let rows: Vec<_> =
            found.comparisons.iter().filter(|row| &*row.group_a == "alfa" && &*row.group_b == REST).collect();
        assert_eq!((rows[0].test, rows[0].stricter.max_p), (Some(Test::RareCount), None));
        assert!(rows[0].p_value.unwrap() > 0.3, "{:?}", rows[0].p_value);
        assert_eq!(rows[1].test, Some(Test::PermutationMonteCarlo));
    }

    /// Values of the formulas in Python with `SciPy` 1.17; the first text of beta is the second of gamma.
    #[test]
    fn others_count_alike_on_request() {
        let rows: [(&str, &[(u64, u64)]); 4] = [
            ("alfa", &[(4, 10), (5, 12), (6, 11), (3, 10), (2, 9)]),
            ("beta", &[(3, 9), (0, 11), (2, 14), (1, 10)]),
            ("gamma", &[(3, 8), (7, 12), (4, 15), (0, 6), (1, 7)]),
            ("delta", &[(2, 20), (1, 30), (5, 25), (2, 22)]),
        ];
        let documents = rows.iter().flat_map(|(group, units)| {
            units.iter().enumerate().map(move |(number, (hits, n))| {
                let is_shared = matches!((*group, number), ("beta", 0) | ("gamma", 1));
                let mut counts = document(group, "", *n, [*hits, 0, 0]);
                counts.cluster = if is_shared { "wire".into() } else { "".into() };
                (format!("{group}-{number}"), counts)
            })
        });
        let settings = CompareSettings { rest: RestRule::Equal, ..CompareSettings::default() };
        let found = findings(
            &plan(settings),
            &counts(documents.chain([("tiny".to_owned(), document("tiny", "", 10, [9, 0, 0]))])),
        );
        let row = found.comparisons.iter().find(|row| &*row.group_a == "alfa" && &*row.group_b == REST).unwrap();
        let close =
            |what: &str, found: f64, expected: f64| assert!((found - expected).abs() < 1e-10, "{what}: {found}");
        close("mean", row.estimate_b.unwrap(), 0.183_985_473_289_597);
        close("difference", row.difference.unwrap(), 0.200_629_911_325_787_64);
        close("its low", row.interval.unwrap().low, 0.018_927_320_287_165_067);
        close("its high", row.interval.unwrap().high, 0.382_332_502_364_410_2);
        assert_eq!((row.sample_b.documents, row.sample_b.clusters, row.sample_b.sentences), (13, 12, 189));
        assert_eq!(row.test, Some(Test::PermutationMonteCarlo));
        assert!(row.p_value.unwrap() < 0.05 && row.p_value.unwrap() >= 0.001, "{row:?}");
    }
}
