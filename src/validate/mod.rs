//! The instrument against texts and people: what each rule finds in a corpus, and how far coders agree.

mod agreement;
mod rules;

pub use agreement::{ALL_FRAMES, Agreement, Disagreement, Reliability, Scope, reliability};
pub use rules::{RuleFindings, RuleTable};
