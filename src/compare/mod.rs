//! From integer counts per document to findings: how often each group carries each frame, and which differences hold up.
//!
//! The unit of variance and of permutation is the document, never the sentence: sentences of one article are not
//! independent, and tests that treat them so find differences that are not there. Copies of one text (documents with the
//! same cluster) count as one unit inside a group. A copy that two groups share is one unit in each of them; since that
//! makes the two shares move together, the interval of their difference is then wider than it need be, never narrower.
//!
//! | row of | says | interval | test |
//! |---|---|---|---|
//! | [`Prevalence`] | hits as a share of sentences (or documents) | logit-t; Korn-Graubard for 0, 1 or no variance | |
//! | [`Comparison`] | the difference of two groups' shares | Welch, linearised | documents dealt out anew |
//! | [`Omnibus`] | whether more than two groups differ at all | | the same |
//! | [`Divergence`] | how far two groups' hits lie apart over all frames | | the same |
//! | [`Contrast`] | the log ratio of two frames' hits | linearised | frames swapped within documents |
//! | [`Trend`] | a frame over time, or at a day named before | leave one document (or day) out | the same |
//! | [`Coefficient`] | what a column makes of a share, others held fixed | leave one document out | the same |
//! | [`Changepoint`] | a day at which the share takes another level | posterior of the day | documents dealt over days |
//! | [`SpeakerShare`] | the part of a frame's attributed sentences that a group of sources speaks | as of a prevalence | |
//! | [`StanceBalance`] | what affirms a frame against what rejects it; own words against attributed ones | leave one document out | the same |
//! | [`PartShare`] | the part of a frame's sentences in a voice or with a stance | as of a prevalence | |
//! | [`SourceShare`] | a source's share of all attributed sentences | as of a prevalence | |
//!
//! Prevalence and contrasts have a row for every group in every period, comparisons for every pair of groups in every
//! period and for every group against the rest, whether or not anything was published: what is undefined is `None`, and
//! the note says why. Sources are many, and have rows only in periods in which they speak. Each test draws from a stream
//! named by the row's groups and period, so that a row depends on the documents of its own groups only, and on which of these
//! are copies (a text of another group may show that two of them, each a part of it, are). The one exception is
//! the q-value, which must depend on how much else is tested: it is adjusted over all frames, within the rows of the whole
//! span or those of single periods, and for pairs apart from groups against the rest.
//!
//! In reading order: `plan` (what is asked for); `counts` with `frame_counts`, `source_counts` and `double_coding` (integers per
//! document); `near_copies` (which documents are one text) and `stories` (which are on one event); `copies` and `counted` (which documents and hits count); `place`, `weighing`, `cells`, `rest`, `mean_of_others`, `sides` and `study_time` (the documents of a group in a period, or of all others); `corrections` and `corrected` (what hand codings make
//! of a share); `share_interval` (of a share, by which method); `notes` and `families` (remarks, adjustment); `row_order` and `shared_text` (how rows get into their order, and what of them is held once); `prevalence`, `omnibus`, `comparisons`,
//! `divergence`, `contrasts`, `series`, `regression`, `parts`, `stances`, `sources` and `speakers` (a table each); `in_places` and `findings` (all of them but those of `parts` and `stances`, which nobody holds); `needed` (how many codings a wanted precision takes) and `bounds` (what coders who err leave of a share).
//!
//! [`TermTally`] (`term_tally`, `term_sides`, `term_comparison`, `keyness`) stands apart: it counts words, not frames, while the corpus is coded.
//!
//! What is not here: the formulas, which are `stats`; how documents are coded, which is `coding`; and how rows are written or
//! drawn, which is `report`.

#![expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53, where f64 is exact")]

mod bounds;
mod cells;
mod comparisons;
mod contrasts;
mod copies;
mod corrected;
mod corrections;
mod counted;
mod counts;
mod divergence;
mod double_coding;
mod families;
mod findings;
mod frame_counts;
mod in_places;
mod in_values;
mod keyness;
mod label_changes;
mod mean_of_others;
mod near_copies;
mod needed;
mod notes;
mod omnibus;
mod parts;
mod persons;
mod place;
mod plan;
mod prevalence;
mod regression;
mod rest;
mod row_order;
mod series;
mod share_interval;
mod shared_text;
mod sides;
mod source_counts;
mod sources;
mod speakers;
mod stances;
mod stories;
mod study_time;
mod term_comparison;
mod term_sides;
mod term_tally;
mod weighing;
mod within;

pub use bounds::{CodedTwice, DisagreementRate, ShareBounds, share_bounds};
pub use comparisons::{Comparison, MOST_GROUPS_IN_PAIRS, StricterP, Test, TestFamily};
pub use contrasts::Contrast;
pub use copies::counted_documents;
pub use corrected::{Corrected, OTHER_CODERS, SINGLE_CODERS};
pub use counts::{Counts, DocumentCounts, GivenHits};
pub use divergence::{Divergence, DivergenceSide, FrameDivergence};
pub use double_coding::{DoubleCoding, JudgedFrame};
pub use findings::{Findings, findings, findings_with_progress, prevalence_of_voice};
pub use frame_counts::{FrameCounts, PackedFrames};
pub use in_values::WithinSide;
pub use keyness::KeyTerms;
pub use label_changes::{
    ChangedSentence, HitLabel, HitPlace, LabelChange, LabelChanges, LabelledDocument, RuleChange, ShareChange,
    SideLabels, label_changes,
};
pub use near_copies::{COPY_CONTAINMENT, COPY_JACCARD, COPY_LEAST_SHINGLES, NearCopies, NearCopy, TextSigns};
pub use needed::{CodingPlan, FIRST_CODINGS, NeededCodings, Obstacle, WidthPoint, needed_codings};
pub use notes::{FEW_CARRIERS, FEW_DOCUMENTS, SampleSize};
pub use omnibus::Omnibus;
pub use parts::{FramePart, PartShare, part_shares};
pub use persons::full_names;
pub use place::{ALL_GROUPS, REST, WHOLE_SPAN};
pub use plan::{Plan, PlanError};
pub use prevalence::Prevalence;
pub use regression::Coefficient;
pub use series::{Changepoint, SeriesSize, Trend, TrendKind};
pub use share_interval::IntervalMethod;
pub use source_counts::{AttributionCounts, SourceCounts, Spoken};
pub use sources::{OTHER, SourceKind, SourceShare, UNNAMED};
pub use speakers::SpeakerShare;
pub use stances::{StanceBalance, StanceSides, StanceTests, stance_balances};
pub use stories::{STORY_SIMILARITY, StoryDocument, stories};
pub use term_comparison::{GROUPS_IN_FULL, KeyTerm, MOST_TERMS, MOST_TERMS_IN_FRAME, PRIOR_OCCURRENCES, TermKind};
pub use term_sides::{TermPlan, TermQuestion};
pub use term_tally::TermTally;
pub use within::WithinComparison;
