//! The progress of long work: a bar on a terminal, nothing when piped.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::arguments::Common;

/// A bar over `total` bytes of input with this title.
pub(super) fn bytes(title: &'static str, total: u64, common: &Common) -> ProgressBar {
    bar(title, total, "{msg:10} {bar:30} {percent:>3} %  {bytes_per_sec}, {eta} left", common)
}

/// A bar over steps, of which there are as many as will be said later.
pub(super) fn steps(title: &'static str, common: &Common) -> ProgressBar {
    bar(title, 0, "{msg:10} {bar:30} {percent:>3} %  {eta} left", common)
}

fn bar(title: &'static str, total: u64, template: &str, common: &Common) -> ProgressBar {
    let is_shown = !common.quiet && std::io::stderr().is_terminal();
    let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(total), target).with_style(style).with_message(title)
}
