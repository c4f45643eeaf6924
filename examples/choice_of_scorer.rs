//! How honest is the choice between rules and scorer? Subsamples of the demo study's codings choose, the rest tells the truth.
//!
//! `cargo run --profile evaluation_set --example choice_of_scorer -- 250 20` draws 250 codings 20 times; with `shuffled` as a third
//! argument the codings are dealt out among the sentences at random, so that no scorer can be better than chance. Each line
//! is a frame that the scorer would code: the gain in F1 it claims, and the gain on the codings left out.

#![expect(clippy::print_stdout, reason = "an example speaks")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use parallax::codebook::{self, Codebook};
use parallax::corpus::{self, CodingScope, Needs, Record, read_hand_codings, read_text};
use parallax::learning::frames::{FrameRows, learn_frames};
use parallax::learning::tables::group_numbers;
use parallax::learning::{
    Instrument, Method, RuleScores, TrainingLabels, TrainingRows, extract, frame_settings, training_labels,
};
use parallax::model::{Document, Study};
use parallax::stats::{ConfusionCounts, Seed, shuffled};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize, default: u64| arguments.get(place).map_or(Ok(default), |text| text.parse());
    let (size, draws) = (usize::try_from(number(0, 250)?)?, number(1, 20)?);
    let is_shuffled = arguments.get(2).is_some_and(|word| word == "shuffled");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/ukraine-crisis");
    let study = parallax::study::parse(&read_text(&folder.join("study.toml"))?, "study.toml")?;
    let codebook = codebook::parse(&read_text(&folder.join("codebook.toml"))?, "codebook.toml")?;
    let (labelled, documents) = coded(&folder, &study, &codebook)?;
    let settings = frame_settings(study.seed);
    let instrument = Instrument { families: settings.families.clone(), codebook: Some(&codebook), context: Vec::new() };
    let extracted = extract(&instrument, &labelled.examples(&documents));
    let rules = RuleScores::new(&codebook, &labelled.frames, &extracted).ok_or("a label is no frame")?;
    let texts: Vec<&str> = labelled.sentences.iter().map(|(document, _)| documents[document].content()).collect();
    let groups = group_numbers(&texts);
    let all: Vec<u32> = (0..u32::try_from(groups.len())?).collect();
    let (mut chosen, mut draws_with) = (Vec::new(), 0);
    for draw in 0..draws {
        let mut stream = Seed::new(draw).stream("draw");
        let mut picked = shuffled(&all, size, &mut stream);
        picked.sort_unstable();
        let mut questions = labelled.questions.clone();
        if is_shuffled {
            let order = shuffled(&picked, picked.len(), &mut stream);
            for (question, old) in questions.iter_mut().zip(&labelled.questions) {
                picked
                    .iter()
                    .zip(&order)
                    .for_each(|(to, from)| question.classes[*to as usize] = old.classes[*from as usize]);
            }
        }
        let coded =
            FrameRows { extracted: &extracted, questions: &questions, weights: &labelled.weights, rules: &rules };
        let learnt = learn_frames(&coded, &TrainingRows { picked: &picked, groups: &groups }, &settings)?;
        let before = chosen.len();
        for (label, choice) in learnt.choices.iter().enumerate().filter(|(_, it)| it.method == Method::Together) {
            let claimed = choice.together_f1.unwrap_or(0.0) - choice.rules_f1.unwrap_or(0.0);
            let (mut of_scorer, mut of_rules) = (ConfusionCounts::default(), ConfusionCounts::default());
            for row in (0..groups.len()).filter(|row| !picked.iter().any(|it| *it as usize == *row)) {
                let truly = labelled.questions[label].classes[row] == 1;
                count(&mut of_scorer, truly, learnt.judge(&coded, &labelled.shape(), row).carried[label]);
                count(&mut of_rules, truly, rules.is_hit(label, row));
            }
            let truth = of_scorer.f1().unwrap_or(0.0) - of_rules.f1().unwrap_or(0.0);
            println!("draw {draw}, {}: claimed {claimed:+.3}, true {truth:+.3}", labelled.frames[label]);
            chosen.push((claimed, truth));
        }
        draws_with += u64::from(chosen.len() > before);
    }
    summary(&chosen, draws_with, draws);
    Ok(())
}

/// The codings of the demo study, and the documents they are of.
fn coded(
    folder: &Path,
    study: &Study,
    codebook: &Codebook,
) -> Result<(TrainingLabels, BTreeMap<String, Document>), Box<dyn Error>> {
    let ids: Vec<String> = codebook.frames.iter().map(|frame| frame.id.clone()).collect();
    let found = read_hand_codings(
        &[folder.join("hand-codings.csv")],
        CodingScope { frames: Some(&ids), ..CodingScope::default() },
    )?;
    let labelled = training_labels(codebook, &found.codings);
    let mut corpus = corpus::open(folder, &study.corpus, Needs { by: "outlet".to_owned(), date: false })?;
    let mut documents = BTreeMap::new();
    while let Some(record) = corpus.next_record()? {
        if let Record::Kept(document) = record {
            documents.insert(document.id.clone(), document);
        }
    }
    Ok((labelled, documents))
}

fn count(counts: &mut ConfusionCounts, truly: bool, found: bool) {
    match (truly, found) {
        (true, true) => counts.hits += 1.0,
        (true, false) => counts.misses += 1.0,
        (false, true) => counts.false_alarms += 1.0,
        (false, false) => {}
    }
}

#[expect(clippy::cast_precision_loss, reason = "few draws")]
fn summary(chosen: &[(f64, f64)], draws_with: u64, draws: u64) {
    let mean = |of: fn(&(f64, f64)) -> f64| chosen.iter().map(of).sum::<f64>() / chosen.len().max(1) as f64;
    let bad = chosen.iter().filter(|(_, truth)| *truth < -0.05).count();
    println!("the scorer codes a frame in {draws_with} of {draws} draws, {} frames in all", chosen.len());
    println!("mean gain claimed {:+.3}, true {:+.3}; {bad} lose more than .05", mean(|it| it.0), mean(|it| it.1));
}
