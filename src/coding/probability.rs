//! What probability a rule score stands for. Not here: how the weights of cues are summed, which is `codings`.

/// One million: probabilities are kept as whole millionths, so that their sums do not depend on order.
const MILLION: f64 = 1e6;

/// Probability, in millionths, of a frame whose cues' weights sum to `rule_score`: the logistic function of the score.
/// Until hand codings train the scorer this is an ordering of sentences by evidence, not a calibrated chance.
#[must_use]
pub fn probability(rule_score: f64) -> u32 {
    let share = 1.0 / (1.0 + (-rule_score).exp());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the share is in [0, 1]")]
    let millionths = (share * MILLION).round() as u32;
    millionths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_is_a_log_odds() {
        for (score, millionths) in [(0.0, 500_000), (1.0, 731_059), (-1.0, 268_941), (800.0, 1_000_000), (-800.0, 0)] {
            assert_eq!(probability(score), millionths, "{score}");
        }
    }
}
