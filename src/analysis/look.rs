//! `check --rule` and `check --misses`: what a rule matches, and where a frame may lack one, read in context.

use std::collections::BTreeMap;
use std::path::Path;

use crate::analysis::error::AnalysisError;
use crate::analysis::paths::spare_stranger;
use crate::analysis::project::Project;
use crate::analysis::walk::each_batch;
use crate::analysis::watch::Watcher;
use crate::report::{NEAR_MISSES, RULE_LINES, Table, near_misses_csv, rule_lines_csv, write_together};
use crate::stats::Seed;
use crate::study::{FateCount, FrameWords, NearMiss, NearMissDesign, NearMisses, RuleDraw, RuleLine, RuleLines};

/// How many words of a frame's vocabulary are named.
const NAMED_WORDS: usize = 12;

/// What is shown of a rule or a frame.
#[derive(Clone, Copy, Debug)]
pub struct LookRequest<'r> {
    /// How many matches or sentences.
    pub size: usize,
    /// The most characters of context on either side.
    pub width: usize,
    /// Where they are written as CSV; `None` writes nothing.
    pub output: Option<&'r Path>,
}

/// Matches of a rule.
#[derive(Debug)]
pub struct RuleMatches {
    /// Those drawn.
    pub lines: Vec<RuleLine>,
    /// How many there are in all, by group.
    pub counts: BTreeMap<String, FateCount>,
}

/// Sentences near a frame in which no rule of it matches.
#[derive(Debug)]
pub struct FrameMisses {
    /// Id of the frame.
    pub frame: String,
    /// Sentences in which a rule of it matches.
    pub matched: u64,
    /// The words that speak most for it.
    pub words: Vec<String>,
    /// The nearest sentences first.
    pub misses: Vec<NearMiss>,
}

/// Draws matches of the rule called `id`, those included that do not count, each with what became of it.
///
/// # Errors
/// When there is no such rule, the corpus cannot be read, or the output cannot be written.
pub fn rule_matches(
    project: &Project,
    id: &str,
    request: &LookRequest<'_>,
    watcher: &dyn Watcher,
) -> Result<RuleMatches, AnalysisError> {
    spare_others(project, request, &RULE_LINES)?;
    let mut lines = RuleLines::new(RuleDraw {
        codebook: &project.codebook,
        rule: project.rule(id)?,
        size: request.size,
        width: request.width,
        seed: Seed::new(project.study.seed),
        settings: &project.study.compare,
    });
    each_batch(project, "looking", watcher, |documents| lines.add(documents))?;
    let (lines, counts) = lines.into_lines();
    if let Some(output) = request.output {
        write_together(&[(output.to_path_buf(), rule_lines_csv(&lines)?)])?;
    }
    Ok(RuleMatches { lines, counts })
}

/// Finds the sentences that are nearest to each frame, or to the one called `id`, by the words of the sentences in which its
/// rules match, and in which none does.
///
/// # Errors
/// When there is no such frame, the corpus cannot be read, or the output cannot be written.
pub fn frame_misses(
    project: &Project,
    id: Option<&str>,
    request: &LookRequest<'_>,
    watcher: &dyn Watcher,
) -> Result<Vec<FrameMisses>, AnalysisError> {
    spare_others(project, request, &NEAR_MISSES)?;
    let (codebook, settings) = (&project.codebook, &project.study.compare);
    let frames = match id {
        Some(id) => vec![project.frame(id)?],
        None => (0..codebook.frames.len()).collect(),
    };
    let mut words: Vec<(usize, FrameWords)> = frames.into_iter().map(|frame| (frame, FrameWords::default())).collect();
    each_batch(project, "counting words", watcher, |documents| {
        for (frame, words) in &mut words {
            words.add(codebook, *frame, documents);
        }
    })?;
    let matched: Vec<u64> = words.iter().map(|(_, words)| words.matched()).collect();
    let design = |(frame, words): (usize, FrameWords)| {
        let weights = words.into_weights(codebook);
        NearMisses::new(NearMissDesign { codebook, frame, weights, size: request.size, settings })
    };
    let mut near: Vec<NearMisses<'_>> = words.into_iter().map(design).collect();
    each_batch(project, "looking", watcher, |documents| {
        for near in &mut near {
            near.add(documents);
        }
    })?;
    let found: Vec<FrameMisses> =
        near.into_iter().zip(matched).map(|(near, matched)| FrameMisses::new(project, near, matched)).collect();
    if let Some(output) = request.output {
        let tables = found.iter().map(|of| (&of.frame[..], &of.misses[..]));
        write_together(&[(output.to_path_buf(), near_misses_csv(tables)?)])?;
    }
    Ok(found)
}

impl FrameMisses {
    fn new(project: &Project, near: NearMisses<'_>, matched: u64) -> Self {
        let frame = project.codebook.frames[near.frame()].id.clone();
        let (misses, weights) = near.into_sentences();
        let words = weights.strongest(NAMED_WORDS).into_iter().map(|(word, _)| word.to_owned()).collect();
        Self { frame, matched, words, misses }
    }
}

fn spare_others(project: &Project, request: &LookRequest<'_>, table: &Table) -> Result<(), AnalysisError> {
    let Some(output) = request.output else { return Ok(()) };
    project.spare_inputs([output.to_path_buf()])?;
    spare_stranger(output, &table.names())
}
