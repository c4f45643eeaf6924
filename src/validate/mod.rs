//! The instrument against texts: do rules match their examples, and what does each find in a corpus?

mod examples;
mod rules;

pub use examples::{ExampleFailure, Expectation, failing_examples};
pub use rules::{RuleFindings, RuleTable};
