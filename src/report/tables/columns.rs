//! Columns that several tables have, each with its one meaning.
//!
//! Not here: columns of one table, which stand there, and those that share a name only.

use crate::compare::IntervalMethod;
use crate::report::{Column, Kind};

// What a row is about.

pub(super) const FRAME: Column = Column::required("frame", Kind::Text, "Id of the frame.");

pub(super) const GROUP: Column =
    Column::required("group", Kind::Text, "Value of the column that the study compares by.");

pub(super) const PERIOD: Column = Column::required("period", Kind::Text, "The period; \"all\" is the whole span.");

pub(super) const DOCUMENT: Column = Column::required("document", Kind::Text, "Id of the document.");

pub(super) const SENTENCE_OR_DOCUMENT: Column =
    Column::optional("sentence", Kind::Count, "Number of the sentence, 0 the title; empty for a whole document.");

pub(super) const OUTLET: Column = Column::optional("outlet", Kind::Text, "Who published it.");

pub(super) const DATE: Column = Column::optional("date", Kind::Date, "Day of publication.");

// Intervals and tests of findings.

pub(super) const SHARE_LOW: Column =
    Column::optional("conf_low", Kind::Share, "Lower end of its 95 % confidence interval, by documents.");

pub(super) const SHARE_HIGH: Column =
    Column::optional("conf_high", Kind::Share, "Upper end of its 95 % confidence interval, by documents.");

pub(super) const METHOD: Column =
    Column::optional("method", Kind::Choice(&IntervalMethod::WORDS), "How the interval was computed.");

pub(super) const Q_VALUE: Column =
    Column::optional("q_value", Kind::PValue, "The p-value adjusted for false discoveries within its family.");

pub(super) const CORRECTED_LOW: Column =
    Column::optional("corrected_low", Kind::Share, "Lower end of its 95 % confidence interval.");

pub(super) const CORRECTED_HIGH: Column =
    Column::optional("corrected_high", Kind::Share, "Upper end of its 95 % confidence interval.");

pub(super) const CORRECTED_P: Column =
    Column::optional("corrected_p", Kind::PValue, "Two-sided p-value that the corrected shares are the same.");

pub(super) const CORRECTED_Q: Column =
    Column::optional("corrected_q", Kind::PValue, "The p-value adjusted for false discoveries within its family.");

pub(super) const REMARKS: Column =
    Column::optional("note", Kind::Text, "What a reader must know of this row; remarks joined by \"; \".");

// How good scorers are.

pub(super) const DESIGN: Column =
    Column::required("design", Kind::Text, "How rows were held out, as in evaluation.csv.");

pub(super) const SCORER: Column = Column::required("scorer", Kind::Text, "As in evaluation.csv.");

pub(super) const QUALITY: Column = Column::optional(
    "estimate",
    Kind::Share,
    "The share, sentences counting by what they stand for; empty where there is none.",
);

pub(super) const QUALITY_LOW: Column =
    Column::optional("conf_low", Kind::Share, "Lower limit of the 95 % interval, documents being the units.");

pub(super) const QUALITY_HIGH: Column = Column::optional("conf_high", Kind::Share, "Upper limit.");

pub(super) const QUALITY_DOCUMENTS: Column = Column::required("documents", Kind::Count, "Documents that they are in.");
