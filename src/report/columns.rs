//! Columns that several tables of results or figures have, each with its one meaning.
//!
//! Not here: columns of one table, which stand there, those that share a name only, and what the tables of figures alone
//! have in common (`figures/subject.rs`).

use crate::compare::{IntervalMethod, Test};
use crate::report::{Column, Kind};

// What a row is about.

pub(in crate::report) const FRAME: Column = Column::required("frame", Kind::Text, "Id of the frame.");

pub(in crate::report) const FRAME_OR_ALL: Column =
    Column::required("frame", Kind::Text, "Id of the frame; \"(all)\" for all together.");

pub(in crate::report) const GROUP: Column =
    Column::required("group", Kind::Text, "Value of the column that the study compares by.");

pub(in crate::report) const FRAME_A: Column = Column::required("frame_a", Kind::Text, "Id of the first frame.");

pub(in crate::report) const FRAME_B: Column = Column::required("frame_b", Kind::Text, "Id of the second frame.");

pub(in crate::report) const GROUP_A: Column = Column::required("group_a", Kind::Text, "The first group.");

pub(in crate::report) const GROUP_B_OR_REST: Column = Column::required(
    "group_b",
    Kind::Text,
    "The second group; \"(rest)\" is all the others together, where there are more than two groups.",
);

pub(in crate::report) const PERIOD: Column =
    Column::required("period", Kind::Text, "The period; \"all\" is the whole span.");

pub(in crate::report) const DOCUMENT: Column = Column::required("document", Kind::Text, "Id of the document.");

pub(in crate::report) const SENTENCE: Column =
    Column::required("sentence", Kind::Count, "Number of the sentence: 0 is the title, the text's count from 1.");

pub(in crate::report) const END: Column =
    Column::required("end", Kind::Count, "One past its last character, counted likewise.");

// Words in their context.

const START_IN_PART: Column = Column::required(
    "start",
    Kind::Count,
    "First character of the match, counted from 0 in Unicode code points of the document's text; of its title where that \
     is the sentence.",
);

const LEFT: Column = Column::optional("left", Kind::Text, "The words before it, white space made single blanks.");

const MATCH: Column = Column::required("match", Kind::Text, "From the first matched word to the last.");

const RIGHT: Column = Column::optional("right", Kind::Text, "The words behind it.");

pub(in crate::report) const SENTENCE_OR_DOCUMENT: Column =
    Column::optional("sentence", Kind::Count, "Number of the sentence, 0 the title; empty for a whole document.");

pub(in crate::report) const OUTLET: Column = Column::optional("outlet", Kind::Text, "Who published it.");

pub(in crate::report) const DATE: Column = Column::optional("date", Kind::Date, "Day of publication.");

/// A match in its context, from the document to what stands behind it.
pub(in crate::report) const MATCH_IN_CONTEXT: [Column; 10] =
    [DOCUMENT, GROUP, OUTLET, DATE, SENTENCE, START_IN_PART, END, LEFT, MATCH, RIGHT];

/// The first columns, then the others; `N` is how many that makes.
pub(in crate::report) const fn joined<const N: usize>(first: &[Column], others: &[Column]) -> [Column; N] {
    assert!(first.len() + others.len() == N, "as many columns as both have");
    let mut columns = [first[0]; N];
    let mut place = 0;
    while place < N {
        columns[place] = if place < first.len() { first[place] } else { others[place - first.len()] };
        place += 1;
    }
    columns
}

// What a row rests on.

pub(in crate::report) const DOCUMENTS_A: Column = Column::required(
    "documents_a",
    Kind::Count,
    "Documents of group_a, copies included unless the study counts the earliest alone.",
);

pub(in crate::report) const DOCUMENTS_B: Column = Column::required(
    "documents_b",
    Kind::Count,
    "Documents of group_b, copies included unless the study counts the earliest alone.",
);

pub(in crate::report) const DATED_DOCUMENTS: Column = Column::required(
    "documents",
    Kind::Count,
    "Documents with a date, copies included unless the study counts the earliest alone.",
);

#[cfg(feature = "figures")]
pub(in crate::report) const GROUP_DOCUMENTS: Column = Column::required(
    "documents",
    Kind::Count,
    "Documents of the group in all periods, copies included unless the study counts the earliest alone.",
);

pub(in crate::report) const CLUSTERS: Column =
    Column::required("clusters", Kind::Count, "Those that are no copies of one another.");

pub(in crate::report) const THEIR_SENTENCES: Column = Column::required("sentences", Kind::Count, "Their sentences.");

pub(in crate::report) const HITS_OR_CARRIERS: Column =
    Column::required("hits", Kind::Count, "Hits of the frame; documents that carry it where the unit is the document.");

#[cfg(feature = "figures")]
pub(in crate::report) const CARRYING: Column =
    Column::required("hits", Kind::Count, "Sentences, or documents, that carry the frame.");

// Intervals and tests of findings.

pub(in crate::report) const CONF_LOW: Column =
    Column::optional("conf_low", Kind::Number, "Lower end of its 95 % confidence interval.");

pub(in crate::report) const CONF_HIGH: Column =
    Column::optional("conf_high", Kind::Number, "Upper end of its 95 % confidence interval.");

pub(in crate::report) const SHARE_LOW: Column =
    Column::optional("conf_low", Kind::Share, "Lower end of its 95 % confidence interval, by documents.");

pub(in crate::report) const SHARE_HIGH: Column =
    Column::optional("conf_high", Kind::Share, "Upper end of its 95 % confidence interval, by documents.");

pub(in crate::report) const METHOD: Column =
    Column::optional("method", Kind::Choice(&IntervalMethod::WORDS), "How the interval was computed.");

pub(in crate::report) const PERMUTATION_TEST: Column =
    Column::optional("test", Kind::Choice(&PERMUTATIONS), "How the p-value was computed.");

pub(in crate::report) const Q_VALUE: Column =
    Column::optional("q_value", Kind::PValue, "The p-value adjusted for false discoveries within its family.");

pub(in crate::report) const CORRECTED_LOW: Column =
    Column::optional("corrected_low", Kind::Share, "Lower end of its 95 % confidence interval.");

pub(in crate::report) const CORRECTED_HIGH: Column =
    Column::optional("corrected_high", Kind::Share, "Upper end of its 95 % confidence interval.");

pub(in crate::report) const CORRECTED_P: Column =
    Column::optional("corrected_p", Kind::PValue, "Two-sided p-value that the corrected shares are the same.");

pub(in crate::report) const CORRECTED_Q: Column =
    Column::optional("corrected_q", Kind::PValue, "The p-value adjusted for false discoveries within its family.");

pub(in crate::report) const REMARKS: Column =
    Column::optional("note", Kind::Text, "What a reader must know of this row; remarks joined by \"; \".");

// How good scorers are.

pub(in crate::report) const DESIGN: Column =
    Column::required("design", Kind::Text, "How rows were held out, as in evaluation.csv.");

pub(in crate::report) const SCORER: Column = Column::required("scorer", Kind::Text, "As in evaluation.csv.");

pub(in crate::report) const QUALITY: Column = Column::optional(
    "estimate",
    Kind::Share,
    "The share, sentences counting by what they stand for; empty where there is none.",
);

pub(in crate::report) const QUALITY_LOW: Column =
    Column::optional("conf_low", Kind::Share, "Lower limit of the 95 % interval, documents being the units.");

pub(in crate::report) const QUALITY_HIGH: Column = Column::optional("conf_high", Kind::Share, "Upper limit.");

pub(in crate::report) const QUALITY_DOCUMENTS: Column =
    Column::required("documents", Kind::Count, "Documents that they are in.");

/// How a p-value that comes from dealing documents was computed.
const PERMUTATIONS: [&str; 2] = [Test::PermutationExact.as_str(), Test::PermutationMonteCarlo.as_str()];
