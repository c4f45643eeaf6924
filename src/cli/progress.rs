//! Progress on a terminal, nothing when piped; and the wish to stop.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::analysis::{Measure, Watcher};
use crate::cli::interrupt;

/// Shows a bar for the running step, and stops the work once Ctrl-C was pressed.
#[derive(Debug)]
pub(super) struct Bars {
    is_shown: bool,
    running: Mutex<Option<ProgressBar>>,
}

impl Bars {
    /// Bars on stderr where that is a terminal.
    pub(super) fn new(is_quiet: bool) -> Self {
        Self { is_shown: !is_quiet && std::io::stderr().is_terminal(), running: Mutex::new(None) }
    }

    fn replace(&self, bar: Option<ProgressBar>) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(over) = std::mem::replace(&mut *running, bar) {
            over.finish_and_clear();
        }
    }
}

impl Watcher for Bars {
    fn begin(&self, step: &'static str, total: u64, measure: Measure) {
        let target = if self.is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let template = match measure {
            Measure::Bytes => "{msg:10} {bar:30} {percent:>3} %  {bytes_per_sec}, {eta} left",
            Measure::Parts => "{msg:10} {bar:30} {percent:>3} %  {eta} left",
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        self.replace(Some(ProgressBar::with_draw_target(Some(total), target).with_style(style).with_message(step)));
    }

    fn reached(&self, done: u64, total: u64) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bar) = running.as_ref() {
            bar.set_length(total);
            bar.set_position(done);
        }
    }

    fn end(&self) {
        self.replace(None);
    }

    fn wants_stop(&self) -> bool {
        interrupt::is_pressed()
    }
}
