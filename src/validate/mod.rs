//! The instrument against texts: what each rule finds in a corpus, alone and beside the others.

mod rules;

pub use rules::{RuleFindings, RuleTable};
