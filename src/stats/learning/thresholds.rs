//! Where to draw the line: thresholds on probabilities, chosen on rows the learners have not seen.

/// What the line is drawn for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objective {
    /// The F1 of presence and absence, averaged (of all classes, where there are more): finds rare labels.
    #[default]
    F1,
    /// As many hits as there are in truth: shares come out right.
    Prevalence,
}

/// Candidates between 0 and 1: this many less one.
const STEPS: usize = 100;
/// Candidates on each side that a candidate's worth is averaged with, so that no single row decides.
const SMOOTH: usize = 5;

/// The probability from which a label counts as present, in (0, 1); rows count by their weight. One half where nothing
/// tells candidates apart.
#[must_use]
pub fn threshold_for(aim: Objective, found: &[f64], present: &[bool], weights: &[f64]) -> f64 {
    let positives = present.iter().filter(|it| **it).count();
    if positives == 0 || positives == present.len() {
        return 0.5;
    }
    match aim {
        Objective::F1 => {
            let at = |step| worth(found, (present, weights), step as f64 / STEPS as f64);
            let worths: Vec<f64> = (0..=STEPS).map(at).collect();
            best_step(&smoothed(&worths)) as f64 / STEPS as f64
        }
        Objective::Prevalence => {
            let wanted: f64 =
                weights.iter().zip(present).filter(|(_, present)| **present).map(|(weight, _)| weight).sum();
            matching(found, weights, wanted)
        }
    }
}

/// The threshold that rows of a weight nearest to `wanted` reach, halfway between two rows' probabilities; of equals the
/// higher.
fn matching(found: &[f64], weights: &[f64], wanted: f64) -> f64 {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|a, b| found[*b].total_cmp(&found[*a]));
    let (mut reached, mut best) = (0.0, (f64::INFINITY, 0.5));
    for (place, row) in order.iter().enumerate() {
        reached += weights[*row];
        // Rows of the same probability are on the same side of any threshold, so the line can only be drawn behind
        // the last of them.
        let Some(next) = order.get(place + 1).map(|next| found[*next]).filter(|next| *next < found[*row]) else {
            continue;
        };
        let off = (reached - wanted).abs();
        if off < best.0 - 1e-9 {
            best = (off, f64::midpoint(found[*row], next));
        }
    }
    // Probabilities are kept in whole millionths.
    best.1.clamp(1e-6, 1.0 - 1e-6)
}

/// The mean of the F1 of presence and of absence.
fn worth(found: &[f64], (present, weights): (&[bool], &[f64]), threshold: f64) -> f64 {
    let mut counts = [[0.0; 2]; 2];
    for ((share, present), weight) in found.iter().zip(present).zip(weights) {
        counts[usize::from(*present)][usize::from(*share >= threshold)] += weight;
    }
    macro_f1(&counts.map(|row| row.to_vec()))
}

/// The mean over classes of F1, from a table of counts by true and by found class; a class that is neither in truth nor
/// found does not count.
fn macro_f1(counts: &[Vec<f64>]) -> f64 {
    let f1s = (0..counts.len()).filter_map(|class| {
        let (truly, found) = (counts[class].iter().sum::<f64>(), counts.iter().map(|row| row[class]).sum::<f64>());
        (truly + found > 0.0).then(|| 2.0 * counts[class][class] / (truly + found))
    });
    let (sum, count) = f1s.fold((0.0, 0.0), |(sum, count), f1| (sum + f1, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

fn smoothed(worths: &[f64]) -> Vec<f64> {
    let mean = |at: usize| {
        let window = &worths[at.saturating_sub(SMOOTH)..(at + SMOOTH + 1).min(worths.len())];
        window.iter().sum::<f64>() / window.len() as f64
    };
    (0..worths.len()).map(mean).collect()
}

/// The best candidate; of equals the one nearest the middle.
fn best_step(worths: &[f64]) -> usize {
    let middle = STEPS / 2;
    // Without the ends: at 0 all rows count as present.
    let inner = 1..STEPS;
    inner
        .reduce(|best, next| {
            // With few rows many candidates are worth the same; the one nearest the middle is the least surprising.
            let (gain, nearer) = (worths[next] - worths[best], next.abs_diff(middle) < best.abs_diff(middle));
            if gain > 1e-9 || (gain > -1e-9 && nearer) { next } else { best }
        })
        .unwrap_or(middle)
}

/// What is added to the log of each class's probability before the most probable is taken, for three classes or more.
/// Found one class after the other, three times round, on a grid of tenths within 1 of 0.
#[must_use]
pub fn offsets_for(aim: Objective, found: &[Vec<f64>], classes: &[usize]) -> Vec<f64> {
    let count = found.first().map_or(0, Vec::len);
    let mut offsets = vec![0.0; count];
    // More than once, as the best offset of one class depends on those of the others.
    for _ in 0..3 {
        for class in 0..count {
            let mut tried = offsets.clone();
            let worth_at = |step: i32| {
                tried[class] = f64::from(step) / 10.0;
                worth_of(aim, found, classes, &tried)
            };
            // Two more on each side than are chosen from, so that each candidate has both its neighbours.
            let worths: Vec<f64> = (-12..=12).map(worth_at).collect();
            offsets[class] = (best_smoothed(&worths) as f64 - 12.0) / 10.0;
        }
    }
    offsets
}

/// The place of the highest worth, and of equals that nearest to the middle of the 25. Each is averaged with its
/// neighbours, so that no single row decides.
fn best_smoothed(worths: &[f64]) -> usize {
    let smooth = |at: usize| worths[at - 2..=at + 2].iter().sum::<f64>() / 5.0;
    let best = (2..23).reduce(|best, next| {
        let (gain, nearer) = (smooth(next) - smooth(best), next.abs_diff(12) < best.abs_diff(12));
        if gain > 1e-9 || (gain > -1e-9 && nearer) { next } else { best }
    });
    best.unwrap_or(12)
}

fn worth_of(aim: Objective, found: &[Vec<f64>], classes: &[usize], offsets: &[f64]) -> f64 {
    let mut counts = vec![vec![0.0; offsets.len()]; offsets.len()];
    for (shares, class) in found.iter().zip(classes) {
        counts[*class][most_probable(shares, offsets)] += 1.0;
    }
    match aim {
        Objective::F1 => macro_f1(&counts),
        Objective::Prevalence => {
            let off = |class: usize| {
                let (truly, found) =
                    (counts[class].iter().sum::<f64>(), counts.iter().map(|row| row[class]).sum::<f64>());
                (truly - found).abs()
            };
            -(0..offsets.len()).map(off).sum::<f64>() / classes.len() as f64
        }
    }
}

/// The class whose probability, its log raised by its offset, is highest; of equals the first.
#[must_use]
pub fn most_probable(shares: &[f64], offsets: &[f64]) -> usize {
    let raised = |class: usize| shares[class].max(1e-15).ln() + offsets[class];
    (0..shares.len()).reduce(|best, next| if raised(next) > raised(best) { next } else { best }).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_label_is_found_below_one_half() {
        let found: Vec<f64> = (0..100).map(|row| f64::from(row) / 250.0).collect();
        let present: Vec<bool> = (0..100).map(|row| row >= 80).collect();
        let f1 = threshold_for(Objective::F1, &found, &present, &[1.0; 100]);
        assert!((0.25..=0.4).contains(&f1), "{f1}");
        let prevalence = threshold_for(Objective::Prevalence, &found, &present, &[1.0; 100]);
        assert_eq!(found.iter().filter(|share| **share >= prevalence).count(), 20);
    }

    #[test]
    fn what_a_row_stands_for_counts() {
        let found: Vec<f64> = (0..100).map(|row| f64::from(row) / 250.0).collect();
        let present: Vec<bool> = (0..100).map(|row| row >= 80).collect();
        let weights: Vec<f64> = (0..100).map(|row| if row >= 90 { 3.0 } else { 1.0 }).collect();
        let threshold = threshold_for(Objective::Prevalence, &found, &present, &weights);
        assert_eq!(found.iter().filter(|share| **share >= threshold).count(), 20, "10 of weight 3, 10 of weight 1");
        let turned: Vec<bool> = present.iter().map(|it| !it).collect();
        let threshold = threshold_for(Objective::Prevalence, &found, &turned, &weights);
        assert_eq!(found.iter().filter(|share| **share >= threshold).count(), 60, "weight 80 is 30 + 50");
    }

    #[test]
    fn with_one_side_only_the_line_is_one_half() {
        for aim in [Objective::F1, Objective::Prevalence] {
            for present in [[true; 3], [false; 3]] {
                assert!((threshold_for(aim, &[0.2, 0.4, 0.9], &present, &[1.0; 3]) - 0.5).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn offsets_raise_a_class_that_is_never_the_most_probable() {
        let found: Vec<Vec<f64>> = (0..60)
            .map(|row| {
                if row % 3 == 2 {
                    vec![0.42, 0.20, 0.38]
                } else if row % 3 == 1 {
                    vec![0.2, 0.6, 0.2]
                } else {
                    vec![0.6, 0.2, 0.2]
                }
            })
            .collect();
        let classes: Vec<usize> = (0..60).map(|row| row % 3).collect();
        let offsets = offsets_for(Objective::F1, &found, &classes);
        assert_eq!(most_probable(&found[2], &offsets), 2, "{offsets:?}");
        assert_eq!(most_probable(&found[0], &offsets), 0, "{offsets:?}");
    }
}
