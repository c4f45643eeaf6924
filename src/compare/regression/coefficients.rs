//! The rows of one frame's regression.

use std::collections::BTreeSet;

use crate::compare::notes::{FEW_CARRIERS, Notes};
use crate::compare::regression::design::{DesignDocument, RegressionDesign, Term, TermShape};
use crate::stats::{ClusteredLogit, DeltaEstimate, LogitRow, MarginalChange, WaldTest};

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
    pub note: String,
}

/// The rows of a frame: the constant, then each term's.
pub(super) fn rows(design: &RegressionDesign<'_>, frame: &str, index: usize) -> Vec<Coefficient> {
    let lines = design.rows(index);
    let fit = separated(design, index).map_or_else(|| ClusteredLogit::fit(&lines).map_err(|it| it.to_string()), Err);
    let fitted = Fitted { design, index, lines, fit: fit.as_ref().ok() };
    let everyone: Vec<&DesignDocument<'_>> = design.documents.iter().collect();
    let mut rows = vec![Coefficient { estimate: fitted.fit.map(|fit| fit.coefficient(0)), ..fitted.of(&everyone) }];
    for term in &design.terms {
        rows.extend(fitted.rows(term));
    }
    for row in &mut rows {
        frame.clone_into(&mut row.frame);
        row.p_value = row.estimate.and_then(|estimate| estimate.p_value());
        row.note = note(design, fit.as_ref().err(), &row.note);
    }
    rows
}

/// What is said of a level that has no hit, or nothing else.
fn separated(design: &RegressionDesign<'_>, frame: usize) -> Option<String> {
    for term in &design.terms {
        let TermShape::Levels(levels) = &term.kind else { continue };
        for level in levels {
            let counts =
                design.at_level(term, level).into_iter().map(|document| (document.counts.k[frame], document.counts.n));
            let (k, n) = counts.fold((0, 0), |sum, (k, n)| (sum.0 + k, sum.1 + n));
            let all = design.documents.iter().any(|document| document.counts.k[frame] > 0);
            if all && (k == 0 || k == n) {
                let what = if k == 0 { "no hits" } else { "nothing but hits" };
                return Some(format!("separation: {what} where {} is {level}; no estimate", term.name));
            }
        }
    }
    None
}

fn note(design: &RegressionDesign<'_>, trouble: Option<&String>, own: &str) -> String {
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
    fit: Option<&'f ClusteredLogit>,
}

impl<'a> Fitted<'_, 'a> {
    fn rows(&self, term: &Term<'a>) -> Vec<Coefficient> {
        let tested: Vec<usize> = term.covariates.clone().map(|covariate| covariate + 1).collect();
        let test = self.fit.and_then(|fit| fit.wald(&tested));
        let mut rows = match &term.kind {
            TermShape::Time(time) => {
                let change = MarginalChange::Slope(term.covariates.start);
                vec![Coefficient {
                    days: Some(time.days()),
                    ..self.row(term.covariates.start, &change, &self.design.documents.iter().collect::<Vec<_>>())
                }]
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
            let change = MarginalChange::Level { term: term.covariates.clone(), level: covariate };
            let mut row = self.row(covariate, &change, &self.design.at_level(term, level));
            if let (Some(outlets), true) = (alone, row.estimate.is_some()) {
                row.note =
                    [row.note, remark(outlets)].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("; ");
            }
            rows.push(Coefficient { level: (*level).to_owned(), base: levels[0].to_owned(), ..row });
        }
        rows
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
        let (mut units, mut carriers) = (BTreeSet::new(), BTreeSet::new());
        let mut row = Coefficient::default();
        for document in documents {
            let hits = document.counts.k[self.index];
            units.insert(document.distinct);
            if hits > 0 {
                carriers.insert(document.distinct);
            }
            row.documents += 1;
            row.sentences += document.sentences;
            row.hits += hits;
        }
        let mut notes = Notes::default();
        let few = format!("fewer than {FEW_CARRIERS} documents with a hit: the interval may be too narrow");
        notes.add(self.fit.is_some() && (carriers.len() as u64) < FEW_CARRIERS, &few);
        Coefficient { clusters: units.len() as u64, note: notes.into_text(), ..row }
    }
}
