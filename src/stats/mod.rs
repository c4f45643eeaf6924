//! Functions on numbers, each citing its source. They know nothing of news.

mod interval;

pub use interval::Interval;
