//! Learning a scorer: learners on n-grams, their out-of-fold margins and the measures stacked, thresholds chosen, and
//! all of it folded into one weight for each feature.

use rayon::prelude::*;

use crate::learning::design::{Design, rarities, round};
use crate::learning::features::FeatureFamily;
use crate::learning::matrix::Extracted;
use crate::learning::weights::{DecisionRule, Fitted, Tuning, Weights};
use crate::stats::learning::{
    DenseColumns, Direction, FoldedRows, Folds, Learner, LearningError, LinearSvc, Margins, NaiveBayes, Objective,
    Stacker, grouped_folds, log_loss, offsets_for, out_of_fold, probabilities, threshold_for,
};
use crate::stats::{Seed, auc};

/// One thing asked of every row: which of several classes it is of, or whether it carries a label (class 1) or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Class of each row.
    pub classes: Vec<usize>,
    /// How many classes there are.
    pub count: usize,
}

/// Which rows are learnt from.
#[derive(Clone, Copy, Debug)]
pub struct TrainingRows<'a> {
    /// Their numbers, ascending.
    pub picked: &'a [u32],
    /// The group of every row of the table; inner folds split none.
    pub groups: &'a [usize],
}

/// How to learn.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Families of features to use.
    pub families: Vec<FeatureFamily>,
    /// What thresholds are chosen for.
    pub aim: Objective,
    /// Inner folds, by which margins, penalties and thresholds are found.
    pub folds: usize,
    /// Of the folds.
    pub seed: u64,
}

/// The families without those of the codebook's rules.
#[must_use]
pub fn without_rules(families: &[FeatureFamily]) -> Vec<FeatureFamily> {
    families.iter().copied().filter(|family| *family != FeatureFamily::Rules).collect()
}

/// A learner with the strengths to be tried and the families it sees.
struct Base {
    /// `None` for all.
    families: Option<&'static [FeatureFamily]>,
    strengths: &'static [f64],
    learner: fn(f64) -> Learner,
}

const SPARSE_SVC: fn(f64) -> Learner = |cost| Learner::Svc(LinearSvc { cost, balanced: true });
const BAYES: fn(f64) -> Learner = |smoothing| Learner::Bayes(NaiveBayes { smoothing });

/// The learners whose margins are stacked.
static BASES: [Base; 4] = [
    Base { families: None, strengths: &[0.03, 0.1, 0.3, 1.0], learner: SPARSE_SVC },
    Base { families: None, strengths: &[0.3, 1.0], learner: BAYES },
    Base { families: Some(&[FeatureFamily::Words]), strengths: &[0.1, 0.3, 1.0], learner: SPARSE_SVC },
    // Alone, too: among a hundred thousand words a few hundred dense numbers learn too little of their own.
    Base { families: Some(&[FeatureFamily::Encoder]), strengths: &[0.03, 0.1, 0.3, 1.0], learner: SPARSE_SVC },
];

impl Base {
    /// The families of these that it sees.
    fn seen(&self, families: &[FeatureFamily]) -> Vec<FeatureFamily> {
        let sees = |family: &FeatureFamily| self.families.is_none_or(|seen| seen.contains(family));
        families.iter().copied().filter(sees).collect()
    }
}

/// Those for the stance toward a target: one for each way of looking at it. Together in one learner, the many n-grams
/// drown the few relations; on news sentences that cost two points of F1.
static TARGET_BASES: [Base; 10] = [
    Base { families: Some(&[FeatureFamily::Words]), strengths: &[0.1], learner: SPARSE_SVC },
    Base { families: Some(&[FeatureFamily::Characters]), strengths: &[0.1], learner: SPARSE_SVC },
    Base { families: Some(&[FeatureFamily::Target]), strengths: &[0.1], learner: SPARSE_SVC },
    Base { families: Some(&[FeatureFamily::Masked]), strengths: &[0.1], learner: SPARSE_SVC },
    Base { families: Some(&[FeatureFamily::Window]), strengths: &[0.1], learner: SPARSE_SVC },
    Base { families: Some(&[FeatureFamily::Relations]), strengths: &[0.1], learner: SPARSE_SVC },
    Base { families: Some(&[FeatureFamily::Polarity]), strengths: &[0.1], learner: SPARSE_SVC },
    Base {
        families: Some(&[FeatureFamily::Meaning, FeatureFamily::Surroundings]),
        strengths: &[0.1],
        learner: SPARSE_SVC,
    },
    Base {
        families: Some(&[FeatureFamily::Neighbours, FeatureFamily::Context]),
        strengths: &[0.1],
        learner: SPARSE_SVC,
    },
    Base { families: Some(&[FeatureFamily::Encoder]), strengths: &[0.1], learner: SPARSE_SVC },
];

/// The learners that see any of the families.
fn bases(families: &[FeatureFamily]) -> Vec<&'static Base> {
    let asks_for_stance = families.iter().any(|family| family.definition().needs_target);
    let all: &'static [Base] = if asks_for_stance { &TARGET_BASES } else { &BASES };
    all.iter().filter(|base| !base.seen(families).is_empty()).collect()
}

/// Rows by which strengths are chosen; more would take longer and choose the same.
const MOST_TO_CHOOSE_BY: usize = 20_000;

/// Rows learnt from that a measure must say something of. What fewer have, such as a rule that hardly ever matches, would
/// count for much once it is standardised, on the word of too few.
const LEAST_MEASURED: usize = 5;

/// Penalties of the stacking regression to be tried.
const PENALTIES: [f64; 3] = [1.0, 10.0, 100.0];

/// Learns to answer `questions` from some rows of `extracted`.
///
/// # Errors
/// When a learner fails.
pub fn fit(
    extracted: &Extracted,
    questions: &[Question],
    rows: &TrainingRows<'_>,
    settings: &Settings,
) -> Result<Weights, LearningError> {
    fit_watched(extracted, questions, rows, settings, |_, _| {})
}

/// The same with strengths and penalties that were chosen before, one tuning for each question.
///
/// # Errors
/// As [`fit`].
pub fn fit_tuned(
    extracted: &Extracted,
    questions: &[Question],
    rows: &TrainingRows<'_>,
    settings: &Settings,
    tunings: &[Tuning],
) -> Result<Weights, LearningError> {
    learn(&Task { extracted, questions, rows, settings, tunings: Some(tunings) }, |_, _| {})
}

/// The same; `watch` is told after each part of the work how many parts are done, and of how many.
///
/// # Errors
/// As [`fit`].
pub fn fit_watched(
    extracted: &Extracted,
    questions: &[Question],
    rows: &TrainingRows<'_>,
    settings: &Settings,
    watch: impl FnMut(usize, usize),
) -> Result<Weights, LearningError> {
    learn(&Task { extracted, questions, rows, settings, tunings: None }, watch)
}

/// What is to be learnt, and from what.
struct Task<'a> {
    extracted: &'a Extracted,
    questions: &'a [Question],
    rows: &'a TrainingRows<'a>,
    settings: &'a Settings,
    /// By question, what was chosen before.
    tunings: Option<&'a [Tuning]>,
}

fn learn(task: &Task<'_>, mut watch: impl FnMut(usize, usize)) -> Result<Weights, LearningError> {
    let Task { extracted, questions, rows, settings, tunings } = *task;
    let evaluation_set = FitInput { extracted, rows, settings, folds: inner_folds(questions, rows, settings) };
    let mut stacks: Vec<Stack<'_>> = questions
        .iter()
        .enumerate()
        .map(|(place, question)| Stack::new(question, rows, tunings.and_then(|tunings| tunings.get(place))))
        .collect();
    // One design at a time: with a hundred thousand sentences each takes hundreds of megabytes.
    let mut last: Option<(Vec<FeatureFamily>, Design)> = None;
    let bases = bases(&settings.families);
    let (mut done, parts) = (0, bases.len() * stacks.len());
    for (number, base) in bases.into_iter().enumerate() {
        let families = base.seen(&settings.families);
        // Neighbours in the list that see the same families, as support vectors and naive Bayes do, share a design.
        let same = last.take().filter(|(of, _)| *of == families);
        let (_, design) = last.insert(same.unwrap_or_else(|| {
            let design = Design::new(extracted, rows.picked, &families);
            (families, design)
        }));
        for stack in &mut stacks {
            evaluation_set.learn((number, base), design, stack)?;
            done += 1;
            watch(done, parts);
        }
    }
    drop(last);
    let rarities = rarities(extracted, rows.picked, &settings.families);
    let fitted =
        stacks.into_iter().map(|stack| evaluation_set.conclude(stack, &rarities)).collect::<Result<Vec<_>, _>>()?;
    let centres = (0..extracted.measures.len()).map(|measure| centre(extracted, rows, measure)).collect();
    Ok(Weights::joined((rarities, centres), fitted))
}

/// From where contributions of a measure are counted: its mean, and 0 for what rules found, which most rows lack.
fn centre(extracted: &Extracted, rows: &TrainingRows<'_>, measure: usize) -> f64 {
    if extracted.measure_families[measure] == FeatureFamily::Rules {
        return 0.0;
    }
    let sum: f64 = rows.picked.iter().map(|row| extracted.measures[measure][*row as usize]).sum();
    round(sum / rows.picked.len() as f64)
}

/// Inner folds of the picked rows. Where there is one group only, single rows are the groups.
fn inner_folds(questions: &[Question], rows: &TrainingRows<'_>, settings: &Settings) -> Folds {
    let mut groups: Vec<usize> = rows.picked.iter().map(|row| rows.groups[*row as usize]).collect();
    // One article, or a table without groups, could only be learnt from or held out as a whole: no fold would be left.
    if groups.iter().all(|group| *group == groups[0]) {
        groups = (0..groups.len()).collect();
    }
    let kinds: Vec<Vec<usize>> = rows.picked.iter().map(|row| kinds(questions, *row as usize)).collect();
    grouped_folds(&groups, &kinds, settings.folds, &mut Seed::new(settings.seed).stream("inner folds"))
}

/// The class of a row in each question, numbered on from question to question.
pub(super) fn kinds(questions: &[Question], row: usize) -> Vec<usize> {
    let mut first = 0;
    let mut kinds = Vec::with_capacity(questions.len());
    for question in questions {
        kinds.push(first + question.classes[row]);
        first += question.count;
    }
    kinds
}

/// Everything that questions are answered with.
struct FitInput<'a> {
    extracted: &'a Extracted,
    rows: &'a TrainingRows<'a>,
    settings: &'a Settings,
    folds: Folds,
}

/// What was learnt for one question so far, base by base.
struct Stack<'q> {
    question: &'q Question,
    /// Class of each picked row.
    classes: Vec<usize>,
    /// Classes that rows are told from the others by: of two the second.
    asked: Vec<usize>,
    /// Margins of picked rows out of fold.
    columns: DenseColumns,
    /// For each column, what gives the margins of other rows.
    directions: Vec<Direction>,
    /// What was chosen before.
    tuned: Option<&'q Tuning>,
    /// What is chosen now.
    tuning: Tuning,
}

impl<'q> Stack<'q> {
    fn new(question: &'q Question, rows: &TrainingRows<'_>, tuned: Option<&'q Tuning>) -> Self {
        Self {
            question,
            classes: rows.picked.iter().map(|row| question.classes[*row as usize]).collect(),
            // Of two classes one direction tells both; the second would be the first with its signs changed.
            asked: if question.count == 2 { vec![1] } else { (0..question.count).collect() },
            columns: Vec::new(),
            directions: Vec::new(),
            tuned,
            tuning: Tuning::default(),
        }
    }
}

impl FitInput<'_> {
    /// Adds what one learner makes of a question to its stack.
    fn learn(
        &self,
        (number, base): (usize, &Base),
        design: &Design,
        stack: &mut Stack<'_>,
    ) -> Result<(), LearningError> {
        let chosen = stack.tuned.and_then(|tuned| tuned.strengths.get(number).copied());
        let (strength, margins) = match chosen {
            Some(strength) => (strength, self.margins((base, strength), design, stack)?),
            None => self.best(base, design, stack)?,
        };
        stack.tuning.strengths.push(strength);
        let learner = (base.learner)(strength);
        let learn = |class: &usize| learner.fit(&design.rows, self.rows.picked, (&stack.question.classes, *class));
        let directions = stack.asked.par_iter().map(learn).collect::<Result<Vec<_>, _>>()?;
        stack.directions.extend(directions);
        stack.columns.extend(margins);
        Ok(())
    }

    /// Margins of all picked rows by learners of one strength that have not seen them.
    fn margins(
        &self,
        (base, strength): (&Base, f64),
        design: &Design,
        stack: &Stack<'_>,
    ) -> Result<Margins, LearningError> {
        let folded = FoldedRows { rows: &design.rows, picked: self.rows.picked, folds: &self.folds };
        out_of_fold(&(base.learner)(strength), &folded, &stack.question.classes, &stack.asked)
    }

    /// The strength that ranks unseen rows best, with the margins of all rows; of equals the first. Of many rows, some that
    /// are drawn choose the strength.
    fn best(&self, base: &Base, design: &Design, stack: &Stack<'_>) -> Result<(f64, Margins), LearningError> {
        let places = if base.strengths.len() > 1 { self.drawn() } else { (0..self.rows.picked.len()).collect() };
        let rows: Vec<u32> = places.iter().map(|place| self.rows.picked[*place]).collect();
        let folds = Folds::new(places.iter().map(|place| self.folds.of(*place)).collect());
        let folded = FoldedRows { rows: &design.rows, picked: &rows, folds: &folds };
        let margins =
            |strength: &f64| out_of_fold(&(base.learner)(*strength), &folded, &stack.question.classes, &stack.asked);
        let mut tried: Vec<Margins> = base.strengths.par_iter().map(margins).collect::<Result<_, _>>()?;
        let worths: Vec<f64> = tried.iter().map(|margins| worth(margins, stack, &places)).collect();
        // Equal but for rounding is equal, or the last digit of a sum would choose the strength.
        let best = (0..worths.len()).fold(0, |best, next| if worths[next] > worths[best] + 1e-9 { next } else { best });
        let strength = base.strengths[best];
        // The drawn rows chose; the stacker needs margins of every row.
        if places.len() < self.rows.picked.len() {
            return Ok((strength, self.margins((base, strength), design, stack)?));
        }
        Ok((strength, tried.swap_remove(best)))
    }

    /// Places of about [`MOST_TO_CHOOSE_BY`] rows, of all where there are fewer.
    fn drawn(&self) -> Vec<usize> {
        let count = self.rows.picked.len();
        let step = count.div_ceil(MOST_TO_CHOOSE_BY);
        let mut stream = Seed::new(self.settings.seed).stream("rows that choose strengths");
        (0..count).filter(|_| step == 1 || stream.below(step) == 0).collect()
    }

    /// Stacks margins and measures, draws the line, and folds everything into weights.
    fn conclude(&self, stack: Stack<'_>, rarities: &[f32]) -> Result<Fitted, LearningError> {
        let Stack { question, classes, mut columns, directions, tuned, mut tuning, .. } = stack;
        let measured: Vec<usize> =
            (0..self.extracted.measures.len()).filter(|measure| self.is_learnt_from(*measure)).collect();
        for place in &measured {
            let column = &self.extracted.measures[*place];
            columns.push(self.rows.picked.iter().map(|row| column[*row as usize]).collect());
        }
        let tried = tuned.map_or(&PENALTIES[..], |tuned| std::slice::from_ref(&tuned.penalty));
        let (penalty, found) = best_penalty(tried, &columns, (&classes, question.count), &self.folds)?;
        tuning.penalty = penalty;
        // The margins are out of fold already, so the stacker may see all rows; only its penalty was to be held out.
        let everything: Vec<usize> = (0..classes.len()).collect();
        let stacker = Stacker::fit(&columns, (&classes, question.count), &everything, penalty)?;
        let line = line(self.settings.aim, &found, &classes, question.count);
        let stack = Stacked { stacker: &stacker, directions: &directions, measured: &measured };
        Ok(Fitted { held_out: found, tuning, ..self.folded(&stack, rarities, line) })
    }

    /// Whether a measure is of a wanted family and says something of [`LEAST_MEASURED`] rows.
    fn is_learnt_from(&self, measure: usize) -> bool {
        let column = &self.extracted.measures[measure];
        let mut told = self.rows.picked.iter().filter(|row| column[**row as usize] != 0.0);
        self.settings.families.contains(&self.extracted.measure_families[measure])
            && told.nth(LEAST_MEASURED - 1).is_some()
    }

    /// One weight for each feature: what the stacker makes of the directions.
    fn folded(&self, stacked: &Stacked<'_>, rarities: &[f32], line: Line) -> Fitted {
        let Stacked { stacker, directions, measured } = *stacked;
        let (mut constants, mut counts, mut dense_weights) = (Vec::new(), Vec::new(), Vec::new());
        for (constant, weights) in stacker.constants.iter().zip(&stacker.weights) {
            let mut folded = vec![0.0_f64; self.extracted.names.len()];
            let mut constant = *constant;
            for (direction, weight) in directions.iter().zip(weights) {
                constant += weight * direction.constant;
                folded.iter_mut().zip(&direction.weights).for_each(|(sum, value)| *sum += weight * f64::from(*value));
            }
            // A feature that no row learnt from has tells learners nothing; their smoothing may say otherwise.
            let kept = folded.iter().zip(rarities);
            counts.push(kept.map(|(weight, rarity)| if *rarity > 0.0 { round(*weight) as f32 } else { 0.0 }).collect());
            let mut dense = vec![0.0; self.extracted.measures.len()];
            measured
                .iter()
                .zip(&weights[directions.len()..])
                .for_each(|(place, weight)| dense[*place] = round(*weight));
            dense_weights.push(dense);
            constants.push(round(constant));
        }
        let offsets = line.offsets.into_iter().map(round).collect();
        let answer = DecisionRule { constants, threshold: round(line.threshold), offsets };
        Fitted { held_out: Vec::new(), tuning: Tuning::default(), answer, counts, measures: dense_weights }
    }
}

/// How well margins by class rank the rows at `places`: the sum over classes of the area under the ROC curve.
fn worth(margins: &Margins, stack: &Stack<'_>, places: &[usize]) -> f64 {
    let area = |(class, margins): (&usize, &Vec<f64>)| {
        let sides: Vec<bool> = places.iter().map(|place| stack.classes[*place] == *class).collect();
        // Drawn rows that are all on one side rank nothing: no better than chance.
        auc(margins, &sides).unwrap_or(0.5)
    };
    stack.asked.iter().zip(margins).map(area).sum()
}

/// The penalty whose stacker is surest of unseen rows' classes, and its probabilities of them.
fn best_penalty(
    penalties: &[f64],
    columns: &DenseColumns,
    (classes, count): (&[usize], usize),
    folds: &Folds,
) -> Result<(f64, Vec<Vec<f64>>), LearningError> {
    let held_out = |penalty: &f64| -> Result<Vec<Vec<f64>>, LearningError> {
        let mut found = vec![Vec::new(); classes.len()];
        for fold in 0..folds.count() {
            let seen: Vec<usize> = folds.outside(fold).collect();
            let stacker = Stacker::fit(columns, (classes, count), &seen, *penalty)?;
            folds.inside(fold).for_each(|row| found[row] = probabilities(&stacker.scores(columns, row)));
        }
        Ok(found)
    };
    let mut tried: Vec<Vec<Vec<f64>>> = penalties.par_iter().map(held_out).collect::<Result<_, _>>()?;
    let losses: Vec<f64> = tried.iter().map(|found| log_loss(found, classes)).collect();
    // As of strengths: of penalties that do alike the first.
    let best = (0..losses.len()).fold(0, |best, next| if losses[next] < losses[best] - 1e-9 { next } else { best });
    Ok((penalties[best], tried.swap_remove(best)))
}

/// A stacker and what its columns are: the margins of directions, then measures by their numbers.
struct Stacked<'a> {
    stacker: &'a Stacker,
    directions: &'a [Direction],
    measured: &'a [usize],
}

/// Where the line between classes is drawn.
struct Line {
    /// Between two classes, in probability.
    threshold: f64,
    /// Of more than two, what is added to each one's score.
    offsets: Vec<f64>,
}

fn line(aim: Objective, found: &[Vec<f64>], classes: &[usize], count: usize) -> Line {
    if count == 2 {
        let shares: Vec<f64> = found.iter().map(|shares| shares[1]).collect();
        let present: Vec<bool> = classes.iter().map(|class| *class == 1).collect();
        let threshold = threshold_for(aim, &shares, &present, &vec![1.0; shares.len()]);
        return Line { threshold, offsets: Vec::new() };
    }
    Line { threshold: 0.5, offsets: offsets_for(aim, found, classes) }
}
