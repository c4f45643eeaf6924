//! How honest is the choice between rules and scorer? Subsamples of a study's codings choose, the rest tells the truth.
//!
//! `cargo run --release --example choice_of_scorer -- STUDY CODINGS DRAWS SEED [shuffled] [FRAMES]` draws `CODINGS` of the
//! study's hand-coded sentences, or documents where it compares these, `DRAWS` times and learns from each draw as `parallax run` does; with `shuffled` the codings
//! are dealt out among the drawn sentences at random, so that no scorer can be better than chance. Standard output gets one
//! line, which `benches/choice.csv` is made of: any line of it comes out again with the four words that stand in it (study,
//! codings, draws, seed). Standard error gets the settings that a line does not name, since rows of other settings cannot be
//! compared, and each draw as it is done. The file `FRAMES` gets a line for each draw and frame that was compared: F1
//! as the choice states it, and F1 on the codings left out, of rules and scorer alike.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example speaks")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};

use parallax::codebook::{self, Codebook};
use parallax::corpus::{self, CodingScope, Needs, Record, read_hand_codings, read_text};
use parallax::learning::frames::{FrameRows, LearntFrames, learn_frames};
use parallax::learning::tables::group_numbers;
use parallax::learning::{
    Choice, Extracted, Instrument, LEAST_SENTENCES, Question, RuleScores, ScoringMethod, SentenceCount, Settings,
    Shape, TrainingLabels, TrainingRows, extract, frame_settings, training_labels,
};
use parallax::model::{Document, Study, Unit};
use parallax::stats::{ConfusionCounts, Interval, RandomStream, Seed, Z_95, shuffled, wilson};
use parallax::study::count_by_rules;

/// What is asked on the command line.
struct Asked {
    study: PathBuf,
    codings: usize,
    draws: u64,
    seed: u64,
    is_shuffled: bool,
    frames: Option<PathBuf>,
}

/// A frame that was compared in a draw.
struct Compared {
    draw: u64,
    frame: String,
    positives: u64,
    is_scorer: bool,
    /// F1 of rules and scorer as the choice states them, then of the scorer as measured.
    claimed: [f64; 3],
    standard_error: f64,
    /// And on the codings left out.
    truth: [f64; 2],
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked = Asked::read()?;
    let pool = Pool::open(&asked.study)?;
    let mut compared = Vec::new();
    eprintln!("{}", pool.settings_line(&asked));
    for draw in 0..asked.draws {
        let mut stream = Seed::new(asked.seed).stream(&format!("draw {draw}"));
        let found = pool.compare(&asked, draw, &mut stream)?;
        let chosen = found.iter().filter(|it| it.is_scorer).count();
        eprintln!("draw {} of {}: {} frames compared, {chosen} by scorer", draw + 1, asked.draws, found.len());
        compared.extend(found);
    }
    if let Some(path) = &asked.frames {
        std::fs::write(path, rows(&compared))?;
    }
    println!("{HEADER}\n{}", Summary::of(&compared).row(&asked));
    Ok(())
}

impl Asked {
    fn read() -> Result<Self, Box<dyn Error>> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let [study, codings, draws, seed, rest @ ..] = &arguments[..] else {
            return Err("expected STUDY CODINGS DRAWS SEED [shuffled] [FRAMES]".into());
        };
        let is_shuffled = rest.first().is_some_and(|word| word == "shuffled");
        Ok(Self {
            study: PathBuf::from(study),
            codings: codings.parse()?,
            draws: draws.parse()?,
            seed: seed.parse()?,
            is_shuffled,
            frames: rest.get(usize::from(is_shuffled)).map(PathBuf::from),
        })
    }
}

impl Compared {
    /// `None` where too few codings were there to compare.
    fn of(draw: u64, frame: &str, choice: &Choice, truth: [f64; 2]) -> Option<Self> {
        Some(Self {
            draw,
            frame: frame.to_owned(),
            positives: choice.carrying,
            is_scorer: choice.method == ScoringMethod::Together,
            claimed: [choice.rules_f1.unwrap_or(0.0), choice.together_f1?, choice.measured_f1?],
            standard_error: choice.standard_error?,
            truth,
        })
    }
}

/// All codings of a study, ready to draw from.
struct Pool {
    codebook: Codebook,
    labelled: TrainingLabels,
    extracted: Extracted,
    /// By frame, then document; none of sentences.
    counted: Vec<Vec<SentenceCount>>,
    groups: Vec<usize>,
    settings: Settings,
}

impl Pool {
    fn open(path: &Path) -> Result<Self, Box<dyn Error>> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let study = parallax::study::parse(&read_text(path)?, "study.toml")?;
        let codebook = codebook::parse(&read_text(&folder.join(&study.codebook))?, "codebook.toml")?;
        let ids: Vec<String> = codebook.frames.iter().map(|frame| frame.id.clone()).collect();
        let files: Vec<PathBuf> = study.codings.iter().map(|file| folder.join(file)).collect();
        let found = read_hand_codings(&files, CodingScope { frames: Some(&ids), ..CodingScope::default() })?;
        let labelled = training_labels(&codebook, &found.codings, study.compare.unit);
        let documents = documents(folder, &study, &labelled.documents())?;
        let settings = frame_settings(study.seed);
        let instrument =
            Instrument { families: settings.families.clone(), codebook: Some(&codebook), ..Instrument::default() };
        let extracted = extract(&instrument, &labelled.examples(&documents));
        let text = |(id, _): &(String, Option<usize>)| documents.get(id).map_or("", Document::content);
        let groups = group_numbers(&labelled.units.iter().map(text).collect::<Vec<_>>());
        let counted = match labelled.unit {
            Unit::Sentence => Vec::new(),
            Unit::Document => {
                let coded = labelled.units.iter().filter_map(|(id, _)| documents.get(id));
                count_by_rules(&codebook, &labelled.frames, coded)
            }
        };
        Ok(Self { codebook, labelled, extracted, counted, groups, settings })
    }

    /// What makes rows comparable: how learning was set, from how much, by which program.
    fn settings_line(&self, asked: &Asked) -> String {
        let Settings { seed, folds, aim, families, .. } = &self.settings;
        let (units, frames, unit) = (self.groups.len(), self.labelled.frames.len(), self.labelled.unit.as_str());
        format!(
            "parallax {}: {units} coded {unit}s of {frames} frames, {} drawn {} times with seed {}{}; learning with seed \
             {seed} of the study, {folds} folds, aim {aim:?}, families {families:?}; at least {LEAST_SENTENCES} with and \
             without a frame",
            env!("CARGO_PKG_VERSION"),
            asked.codings,
            asked.draws,
            asked.seed,
            if asked.is_shuffled { ", dealt out anew" } else { "" },
        )
    }

    /// What one draw makes of the frames that it has enough codings of to learn.
    fn compare(&self, asked: &Asked, draw: u64, stream: &mut RandomStream) -> Result<Vec<Compared>, Box<dyn Error>> {
        let all: Vec<u32> = (0..u32::try_from(self.groups.len())?).collect();
        let mut picked = shuffled(&all, asked.codings, stream);
        picked.sort_unstable();
        let dealt = if asked.is_shuffled { shuffled(&picked, picked.len(), stream) } else { picked.clone() };
        let labels: Vec<usize> = (0..self.labelled.frames.len()).filter(|it| self.is_learnt(*it, &picked)).collect();
        if labels.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<String> = labels.iter().map(|label| self.labelled.frames[*label].clone()).collect();
        let rules = RuleScores::new(&self.codebook, &names, &self.extracted).ok_or("a label is no frame")?;
        let rules = rules.of_documents(labels.iter().filter_map(|it| self.counted.get(*it).cloned()).collect());
        let questions: Vec<Question> = labels.iter().map(|label| self.question(*label, &picked, &dealt)).collect();
        let weights = &self.labelled.weights;
        let coded = FrameRows { extracted: &self.extracted, questions: &questions, weights, rules: &rules };
        let learnt = learn_frames(&coded, &TrainingRows { picked: &picked, groups: &self.groups }, &self.settings)?;
        let truths = self.truths(&labels, &learnt, &picked, &rules);
        let told = names.iter().zip(&learnt.choices).zip(truths);
        Ok(told.filter_map(|((frame, choice), truth)| Compared::of(draw, frame, choice, truth)).collect())
    }

    /// Whether the drawn rows are enough to learn a label, as a study asks.
    fn is_learnt(&self, label: usize, picked: &[u32]) -> bool {
        let positives = picked.iter().filter(|row| self.carries(label, **row as usize)).count();
        positives.min(picked.len() - positives) >= LEAST_SENTENCES
    }

    fn carries(&self, label: usize, row: usize) -> bool {
        self.labelled.questions[label].classes[row] == 1
    }

    /// The codings of a label where each picked row has those of another.
    fn question(&self, label: usize, picked: &[u32], dealt: &[u32]) -> Question {
        let mut question = self.labelled.questions[label].clone();
        for (to, from) in picked.iter().zip(dealt) {
            question.classes[*to as usize] = self.labelled.questions[label].classes[*from as usize];
        }
        question
    }

    /// By label, F1 of rules and scorer on the rows that were not picked, whoever codes the frame.
    fn truths(&self, labels: &[usize], learnt: &LearntFrames, picked: &[u32], rules: &RuleScores) -> Vec<[f64; 2]> {
        let shape = Shape::Labels(vec![String::new(); labels.len()]);
        let mut counts = vec![[ConfusionCounts::default(); 2]; labels.len()];
        let seen: BTreeSet<usize> = picked.iter().map(|row| *row as usize).collect();
        for row in (0..self.groups.len()).filter(|row| !seen.contains(row)) {
            let (_, found) = shape.conclude(&learnt.weights.answers, &learnt.weights.scores(&self.extracted, row));
            for (place, label) in labels.iter().enumerate() {
                let truly = self.carries(*label, row);
                count(&mut counts[place][0], truly, rules.is_hit(place, row, learnt.choices[place].least));
                count(&mut counts[place][1], truly, found[place]);
            }
        }
        counts.iter().map(|of| [0, 1].map(|at| of[at].f1().unwrap_or(0.0))).collect()
    }
}

/// The documents of a study that have codings.
fn documents(
    folder: &Path,
    study: &Study,
    wanted: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Document>, Box<dyn Error>> {
    let mut corpus = corpus::open(
        folder,
        &study.corpus,
        Needs { by: "outlet".to_owned(), date: false, columns: Vec::new(), within: None },
    )?;
    let mut documents = BTreeMap::new();
    while let Some(record) = corpus.next_record()? {
        match record {
            Record::Kept(document) if wanted.contains(&document.id[..]) => {
                documents.insert(document.id.clone(), document);
            }
            _ => {}
        }
    }
    Ok(documents)
}

fn count(counts: &mut ConfusionCounts, truly: bool, found: bool) {
    match (truly, found) {
        (true, true) => counts.hits += 1.0,
        (true, false) => counts.misses += 1.0,
        (false, true) => counts.false_alarms += 1.0,
        (false, false) => {}
    }
}

/// One line for each frame compared.
fn rows(compared: &[Compared]) -> String {
    let row = |it: &Compared| {
        let numbers = [it.claimed.as_slice(), &[it.standard_error], &it.truth].concat();
        let numbers = numbers.iter().map(|number| format!("{number:.3}")).collect::<Vec<_>>().join(",");
        format!("{},{},{},{},{numbers}\n", it.draw, it.frame, it.positives, u8::from(it.is_scorer))
    };
    let header = "draw,frame,positives,scorer_codes,rules_f1,scorer_f1,measured_f1,standard_error,true_rules_f1,\
                  true_scorer_f1\n";
    header.to_owned() + &compared.iter().map(row).collect::<String>()
}

/// What all draws say together.
struct Summary {
    compared: usize,
    /// Draws in which the scorer codes at least one frame.
    draws_with: u64,
    /// Draw of each frame that the scorer codes, and its gain in F1: as claimed, and on the codings left out.
    gains: Vec<(u64, [f64; 2])>,
}

/// Columns of [`Summary::row`].
const HEADER: &str = "study,codings,shuffled,draws,seed,compared,draws_with,draws_with_low,draws_with_high,switches,claimed,\
                      true,too_high,standard_error,losses";

impl Summary {
    fn of(compared: &[Compared]) -> Self {
        let chosen = || compared.iter().filter(|it| it.is_scorer);
        let gains = |it: &Compared| [it.claimed[1] - it.claimed[0], it.truth[1] - it.truth[0]];
        Self {
            compared: compared.len(),
            draws_with: chosen().map(|it| it.draw).collect::<BTreeSet<_>>().len() as u64,
            gains: chosen().map(|it| (it.draw, gains(it))).collect(),
        }
    }

    fn row(&self, asked: &Asked) -> String {
        let Asked { study, codings, draws, seed, is_shuffled, .. } = asked;
        let study = study.parent().and_then(Path::file_name).unwrap_or_default().display();
        let interval = wilson(self.draws_with, *draws, Z_95).unwrap_or(Interval { low: 0.0, high: 1.0 });
        let shares = format!("{},{:.3},{:.3}", self.draws_with, interval.low, interval.high);
        let (count, losses) = (self.gains.len(), self.gains.iter().filter(|(_, gain)| gain[1] < -0.05).count());
        let numbers =
            [self.mean(|gain| gain[0]), self.mean(|gain| gain[1]), self.mean(too_high), self.standard_error()];
        let numbers = numbers.map(|number| number.map_or(String::new(), |it| format!("{it:.3}"))).join(",");
        let compared = self.compared;
        let deal = u8::from(*is_shuffled);
        format!("{study},{codings},{deal},{draws},{seed},{compared},{shares},{count},{numbers},{losses}")
    }

    /// `None` where the scorer never codes a frame.
    #[expect(clippy::cast_precision_loss, reason = "few draws")]
    fn mean(&self, of: fn([f64; 2]) -> f64) -> Option<f64> {
        let sum: f64 = self.gains.iter().map(|(_, gain)| of(*gain)).sum();
        (!self.gains.is_empty()).then(|| sum / self.gains.len() as f64)
    }

    /// Of the mean by which claims are too high, draws being the units: frames of one draw share its codings.
    #[expect(clippy::cast_precision_loss, reason = "few draws")]
    fn standard_error(&self) -> Option<f64> {
        let mean = self.mean(too_high)?;
        let mut sums: BTreeMap<u64, f64> = BTreeMap::new();
        for (draw, gain) in &self.gains {
            *sums.entry(*draw).or_default() += too_high(*gain) - mean;
        }
        let (draws, square) = (sums.len() as f64, sums.values().map(|sum| sum * sum).sum::<f64>());
        (draws > 1.0).then(|| (draws / (draws - 1.0) * square).sqrt() / self.gains.len() as f64)
    }
}

fn too_high(gain: [f64; 2]) -> f64 {
    gain[0] - gain[1]
}
