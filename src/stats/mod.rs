//! Functions on numbers, each citing its source. They know nothing of news: a "unit" is whatever is drawn as a whole
//! (here a document), its trials are what is counted in it (its sentences), and successes are the trials that count.
//!
//! In reading order: `random` (named streams), `distribution` (quantiles), `interval` (of independent trials),
//! `ratio` and `share_interval` (shares of clustered trials, and their intervals), `share_difference` (of two of them), `symmetric`,
//! `clustered_logit` and `interrupted` (regressions of them), `lead_lag`, `changepoint`, `dealing` and `packed_units` with `permutation` and `mean_difference` (of differences),
//! `rare` (of what few documents have), `divergence` (of distributions) and `omnibus` (of more than two groups), `paired` (of contrasts), `stratified` (of differences inside events),
//! `keyness` (of terms, whose units are `term_units`), `effect`, `adjustment`;
//! `prediction_cell`, `correction`, `corrected_pair`, `needed_codings` and `weighted_share` (shares corrected by codings);
//! `agreement`, `classification`, `calibration` (people and scorers); `min_hash`, `resemblance` and `disjoint_sets` (texts
//! that are nearly the same), `average_link` (texts on one event); `learning`.
//!
//! Not here: which test a row gets and what its note says, which is `compare`; and the bootstrap of whole measures,
//! which is `validate`.

#![expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53, where f64 is exact")]

mod adjustment;
mod agreement;
mod average_link;
mod calibration;
mod changepoint;
mod classification;
mod cluster_examples;
mod clustered_logit;
mod corrected_pair;
mod correction;
mod dealing;
mod derived_share;
mod disjoint_sets;
mod distribution;
mod divergence;
mod effect;
mod interrupted;
mod interval;
mod keyness;
mod lead_lag;
pub mod learning;
mod mean_difference;
mod min_hash;
mod needed_codings;
mod omnibus;
mod packed_units;
mod paired;
mod permutation;
mod prediction_cell;
mod random;
mod rare;
mod ratio;
mod resemblance;
mod share_difference;
mod share_interval;
mod stratified;
mod symmetric;
mod term_units;
mod weighted_share;

pub use adjustment::{SIGNIFICANT, benjamini_hochberg, benjamini_yekutieli, holm};
pub use agreement::{
    Coincidences, LevelOfMeasurement, alpha_interval, cohen_kappa, fleiss_kappa, nominal_alpha, percent_agreement,
};
pub use average_link::{Likeness, average_link};
pub use calibration::Calibration;
pub use changepoint::{
    BinnedCluster, LevelChanges, change_penalty, change_posterior, level_changes, penalty_of_fewer, split_p_values,
};
pub use classification::{BINS, Bin, ConfusionCounts, auc, bin_of, calibration_error, mean_of, weighted_auc};
pub use clustered_logit::{
    ClusteredLogit, DeltaEstimate, LogitRow, LogitTrouble, MarginalChange, WaldTest, dependent_covariates,
};
pub use corrected_pair::{CorrectedPair, PairScale};
pub use correction::{
    CorrectedShare, PredictedShare, bounds_with_error, correlation_of_estimates, error_by_disagreement,
};
pub use dealing::MOST_EXACT;
pub use disjoint_sets::DisjointSets;
pub use distribution::{beta_quantile, f_tail, ln_beta, normal_quantile, t_quantile, t_two_sided};
pub use divergence::{
    DivergenceTest, bergsma_v, divergence_test, jensen_shannon, packed_divergence_test, total_variation,
};
pub use effect::{cohens_h, odds_ratio, sure_log_odds};
pub use interrupted::{Interruption, LEAST_BINS, LEAST_BINS_A_SIDE, Placebo, TimeBin, interruption, placebo_steps};
pub use interval::{Interval, Z_95, centred_interval, clopper_pearson, distance_interval, newcombe, wilson};
pub use keyness::{Keyness, TermPrior, TermSide, WordVariance};
pub use lead_lag::{LEAST_LAG_BINS, LeadLag, lead_lag};
pub use mean_difference::mean_difference_test;
pub use min_hash::MinHash;
pub use needed_codings::{codings_for_difference, codings_for_share, half_width_with};
pub use omnibus::{OmnibusTest, omnibus_test};
pub use packed_units::{PackedPair, PackedUnits};
pub use paired::{
    PairedSums, PairedTrials, SwapTest, log_ratio, log_ratio_interval, paired_difference, paired_share_difference,
    swap_test,
};
pub use permutation::{Dealing, MONTE_CARLO_DRAWS, PermutationTest, packed_permutation_test, permutation_test};
pub use prediction_cell::{CodedTrial, jeffreys};
pub use random::{RandomStream, Seed, shuffled};
pub use rare::{RareCount, rare_count_test, rare_counts_test};
pub use ratio::{ClusterCounts, RatioSums, intraclass_correlation};
pub use resemblance::Resemblance;
pub use share_difference::{
    ChangeDifference, difference_in_differences, difference_interval, is_joined, welch_p_value,
};
pub use share_interval::{ClusteredShare, UnitClass, UnitCount, korn_graubard, logit_t};
pub use stratified::{
    LEAST_STRATA, PooledEstimate, StratumCounts, stratified_difference, stratified_log_odds_ratio, stratified_swap_test,
};
pub use term_units::{TermCarriers, UnitLengths};
pub use weighted_share::{WeightedTrial, weighted_share};
