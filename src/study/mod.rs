//! The method, in order: code documents, count them, compare the counts. Pure: documents come in and results go out
//! through the caller's functions.

mod coder;
mod coding;
mod corpus_keys;
mod double_codings;
mod file;
mod least_hits;
mod lost_documents;
mod placing;
mod sampling;

pub use coder::{Coder, Explanation, Reasons, Workspace, code, explain};
pub use coding::{Workspaces, code_stream};
pub use double_codings::PeoplesVerdicts;
pub use file::parse;
pub use least_hits::{DocumentChoice, DocumentShares, JudgedDocument, choose_least_hits, chosen_least_hits};
pub use lost_documents::LostDocuments;
pub use placing::{Placed, have_same_words, place};
pub use sampling::{DrawnSample, SamplingUnit, Strategy, TooManyStrata, deal, draw};
