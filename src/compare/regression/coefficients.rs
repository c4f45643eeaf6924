//! The rows of one frame's regression.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::compare::families::append;
use crate::compare::notes::{FEW_CARRIERS, Notes};
use crate::compare::regression::design::{DesignDocument, RegressionDesign, Term, TermShape};
use crate::stats::{ClusteredLogit, DeltaEstimate, LogitRow, MarginalChange, WaldTest, dependent_covariates};

/// What one covariate makes of a frame's log-odds, all others held fixed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coefficient {
    /// Id of the frame.
    pub frame: String,
    /// Column of the corpus; empty in the row of the constant.
    pub term: String,
    /// Value of the column; empty for the constant and the date.
    pub level: String,
    /// The value it is held against.
    pub base: String,
    /// Days that the estimate is per, of the date.
    pub days: Option<u32>,
    /// Change of the log-odds, and how far to trust it.
    pub estimate: Option<DeltaEstimate>,
    /// p-value that it is 0.
    pub p_value: Option<f64>,
    /// The p-value adjusted by Benjamini and Hochberg over all rows but the constants.
    pub q_value: Option<f64>,
    /// Average change of the share.
    pub marginal: Option<DeltaEstimate>,
    /// Whether the term matters at all: all its coefficients at once.
    pub test: Option<WaldTest>,
    /// Documents of the level, or of all.
    pub documents: u64,
    /// Those that are no copies of one another.
    pub clusters: u64,
    /// Their sentences.
    pub sentences: u64,
    /// Hits among them.
    pub hits: u64,
    /// What a reader must know of this row; remarks joined by "; ".
    pub note: Arc<str>,
}

impl Coefficient {
    /// Whether the term follows from others, so that it is left out beside them.
    #[must_use]
    pub fn follows(&self) -> bool {
        self.note.contains(FOLLOWS)
    }
}

/// What is said where other terms leave nothing to estimate; R's `glm` drops the same coefficient.
const FOLLOWS: &str = "it follows from the other terms: no estimate, as if it were its base";

/// The rows of a frame: the constant, then each term's.
pub(super) fn rows(design: &RegressionDesign<'_>, frame: &str, index: usize) -> Vec<Coefficient> {
    let (without, separated) = without_separation(design, index);
    let design = without.as_ref().unwrap_or(design);
    let mut lines = design.rows(index);
    let kept = KeptCovariates::of(&mut lines);
    let fit = ClusteredLogit::fit(&lines).map_err(|it| it.to_string());
    let fitted = Fitted { design, index, lines, kept, fit: fit.as_ref().ok() };
    let everyone: Vec<&DesignDocument<'_>> = design.documents.iter().collect();
    let mut rows = vec![Coefficient { estimate: fitted.fit.map(|fit| fit.coefficient(0)), ..fitted.of(&everyone) }];
    for term in &design.terms {
        rows.extend(fitted.rows(term));
    }
    fitted.kept.tell(&mut rows);
    for row in &mut rows {
        row.p_value = row.estimate.and_then(|estimate| estimate.p_value());
        row.note = note(design, fit.as_ref().err(), &row.note);
    }
    rows.extend(separated.iter().map(|level| level.row(&fitted)));
    // A level without an estimate stands where its estimate would.
    rows.sort_by_cached_key(|row| (design.columns.iter().position(|column| *column == row.term), row.level.clone()));
    for row in &mut rows {
        frame.clone_into(&mut row.frame);
    }
    rows
}

/// Which covariates are estimated: not those that follow from others.
struct KeptCovariates {
    kept: Vec<bool>,
    /// By each of the others the coefficients, the constant being the first, that it is a combination of.
    dependent: BTreeMap<usize, Vec<usize>>,
}

impl KeptCovariates {
    /// Takes those that follow from others out of the rows.
    fn of(lines: &mut [LogitRow]) -> Self {
        let dependent = dependent_covariates(lines);
        let kept: Vec<bool> = (0..lines.first().map_or(0, |line| line.covariates.len()))
            .map(|place| !dependent.contains_key(&place))
            .collect();
        for line in lines.iter_mut().filter(|_| !dependent.is_empty()) {
            let mut places = kept.iter();
            line.covariates.retain(|_| places.next() == Some(&true));
        }
        Self { kept, dependent }
    }

    /// Tells the rows, one for each coefficient, which of those left out decide their estimates: with another left out in its
    /// place they would be others. An outlet 3.4 points above the base was 11.8 above it, its own section being left out.
    fn tell(&self, rows: &mut [Coefficient]) {
        let mut deciding: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (left_out, parts) in &self.dependent {
            let row = rows.get(left_out + 1);
            let name = row.map(|row| format!("{} {}", row.term, row.level).trim_end().to_owned());
            for part in parts {
                deciding.entry(*part).or_default().extend(name.clone());
            }
        }
        for (place, names) in deciding {
            if let Some(row) = rows.get_mut(place).filter(|row| row.estimate.is_some()) {
                let names = names.join(", ");
                append(
                    &mut row.note,
                    &format!("depends on which of the terms that follow from one another is left out: here {names}"),
                );
            }
        }
    }

    /// The place among those that are kept.
    fn place(&self, covariate: usize) -> Option<usize> {
        self.kept[covariate].then(|| self.before(covariate))
    }

    /// How many are kept before this one.
    fn before(&self, covariate: usize) -> usize {
        self.kept[..covariate].iter().filter(|kept| **kept).count()
    }

    fn range(&self, covariates: &Range<usize>) -> Range<usize> {
        self.before(covariates.start)..self.before(covariates.end)
    }
}

/// A level that a frame has never, or always: the likelihood grows forever as its coefficient does.
struct SeparatedLevel<'a> {
    term: &'a str,
    level: &'a str,
    documents: Vec<DesignDocument<'a>>,
    has_hits: bool,
}

/// The design without the levels that tell hits from their absence without fail, as Stata's `logit` leaves them out: what they say
/// is said without a coefficient, and those of all other levels are what they would be. `None` where there are none such.
fn without_separation<'a>(
    design: &RegressionDesign<'a>,
    frame: usize,
) -> (Option<RegressionDesign<'a>>, Vec<SeparatedLevel<'a>>) {
    let (mut without, mut separated) = (None, Vec::new());
    // One by one: without the documents of one level another may be all hits, or too rare.
    while let Some((place, found)) = first_separated(without.as_ref().unwrap_or(design), frame) {
        without = Some(without.as_ref().unwrap_or(design).without((place, found.level), found.remark()));
        separated.push(found);
    }
    (without, separated)
}

/// The first level that a frame has never or always, and the place of its column; `None` where that holds of all documents.
fn first_separated<'a>(design: &RegressionDesign<'a>, frame: usize) -> Option<(usize, SeparatedLevel<'a>)> {
    let (k, n) = hits_of(&design.documents, frame);
    if k == 0 || k == n {
        return None;
    }
    design.terms.iter().find_map(|term| {
        let TermShape::Levels(levels) = &term.kind else { return None };
        levels.iter().find_map(|level| {
            let documents: Vec<DesignDocument<'a>> = design.at_level(term, level).into_iter().cloned().collect();
            let (k, n) = hits_of(&documents, frame);
            let found = SeparatedLevel { term: term.name, level, documents, has_hits: k > 0 };
            (k == 0 || k == n).then_some((term.place, found))
        })
    })
}

fn hits_of(documents: &[DesignDocument<'_>], frame: usize) -> (u64, u64) {
    documents.iter().fold((0, 0), |(k, n), document| (k + document.counts.k[frame], n + document.counts.n))
}

impl SeparatedLevel<'_> {
    /// What the rows of other levels say of it.
    fn remark(&self) -> String {
        let Self { term, level, .. } = self;
        if self.has_hits {
            format!("left out, as {term} with nothing but hits: {level}")
        } else {
            format!("left out, as {term} without a hit: {level}")
        }
    }

    /// Its row, with its counts alone.
    fn row(&self, fitted: &Fitted<'_, '_>) -> Coefficient {
        let term = fitted.design.terms.iter().find(|term| term.name == self.term);
        let base = term.and_then(|term| if let TermShape::Levels(levels) = &term.kind { levels.first() } else { None });
        let what = if self.has_hits { "nothing but hits" } else { "no hits" };
        Coefficient {
            term: self.term.to_owned(),
            level: self.level.to_owned(),
            base: base.map_or_else(String::new, |base| (*base).to_owned()),
            note: format!("separation: {what} where {} is {}; no estimate", self.term, self.level).into(),
            ..fitted.counts(&self.documents.iter().collect::<Vec<_>>()).0
        }
    }
}

fn note(design: &RegressionDesign<'_>, trouble: Option<&String>, own: &str) -> Arc<str> {
    let mut notes = Notes::default();
    trouble.into_iter().chain(&design.remarks).for_each(|remark| notes.add(true, remark));
    notes.add(!own.is_empty(), own);
    notes.into_text()
}

/// A frame's regression; `fit` is `None` where it has none.
struct Fitted<'f, 'a> {
    design: &'f RegressionDesign<'a>,
    index: usize,
    lines: Vec<LogitRow>,
    kept: KeptCovariates,
    fit: Option<&'f ClusteredLogit>,
}

impl<'a> Fitted<'_, 'a> {
    fn rows(&self, term: &Term<'a>) -> Vec<Coefficient> {
        let tested: Vec<usize> = self.kept.range(&term.covariates).map(|place| place + 1).collect();
        let test = self.fit.filter(|_| !tested.is_empty()).and_then(|fit| fit.wald(&tested));
        let mut rows = match &term.kind {
            TermShape::Time(time) => {
                let everyone: Vec<&DesignDocument<'_>> = self.design.documents.iter().collect();
                let row = match self.kept.place(term.covariates.start) {
                    Some(place) => self.row(place, &MarginalChange::Slope(place), &everyone),
                    None => self.untold(&everyone),
                };
                vec![Coefficient { days: Some(time.days()), ..row }]
            }
            TermShape::Levels(levels) => self.rows_of_levels(term, levels),
        };
        for row in &mut rows {
            (row.term, row.test) = (term.name.to_owned(), test);
        }
        rows
    }

    fn rows_of_levels(&self, term: &Term<'a>, levels: &[&'a str]) -> Vec<Coefficient> {
        let alone = self.design.outlets_alone(term);
        let remark = |outlets| format!("varies by outlet only: {outlets} outlets, not documents, are its cases");
        let mut rows = Vec::new();
        for (covariate, level) in term.covariates.clone().zip(&levels[1..]) {
            let documents = self.design.at_level(term, level);
            let mut row = match self.kept.place(covariate) {
                Some(level) => {
                    let change = MarginalChange::Level { term: self.kept.range(&term.covariates), level };
                    self.row(level, &change, &documents)
                }
                None => self.untold(&documents),
            };
            if let (Some(outlets), true) = (alone, row.estimate.is_some()) {
                append(&mut row.note, &remark(outlets));
            }
            rows.push(Coefficient { level: (*level).to_owned(), base: levels[0].to_owned(), ..row });
        }
        rows
    }

    /// The row of a covariate that follows from others.
    fn untold(&self, documents: &[&DesignDocument<'a>]) -> Coefficient {
        Coefficient { note: FOLLOWS.into(), ..self.counts(documents).0 }
    }

    fn row(&self, covariate: usize, change: &MarginalChange, documents: &[&DesignDocument<'a>]) -> Coefficient {
        Coefficient {
            estimate: self.fit.map(|fit| fit.coefficient(covariate + 1)),
            marginal: self.fit.map(|fit| fit.marginal_effect(&self.lines, change)),
            ..self.of(documents)
        }
    }

    /// A row of these documents.
    fn of(&self, documents: &[&DesignDocument<'a>]) -> Coefficient {
        let (row, carriers) = self.counts(documents);
        let mut notes = Notes::default();
        let few = format!("fewer than {FEW_CARRIERS} documents with a hit: the interval may be too narrow");
        notes.add(self.fit.is_some() && carriers < FEW_CARRIERS, &few);
        Coefficient { note: notes.into_text(), ..row }
    }

    /// The same without a remark, and how many distinct documents have a hit.
    fn counts(&self, documents: &[&DesignDocument<'_>]) -> (Coefficient, u64) {
        let mut row = Coefficient::default();
        for document in documents {
            row.documents += 1;
            row.sentences += document.sentences;
            row.hits += document.counts.k[self.index];
        }
        let clusters = distinct(documents.iter().map(|document| document.text));
        let carrying = documents.iter().filter(|document| document.counts.k[self.index] > 0);
        (Coefficient { clusters, ..row }, distinct(carrying.map(|document| document.text)))
    }
}

/// How many of these numbers there are, each counted once.
fn distinct(numbers: impl Iterator<Item = u32>) -> u64 {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.len() as u64
}
