//! Progress and stop: whoever waits for an analysis hears how far it is, and may end it.

use crate::analysis::error::AnalysisError;

/// What the steps of an analysis are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Bytes of input.
    Bytes,
    /// Parts of equal standing: rows, folds, cells.
    Parts,
}

/// Hears how far an analysis is, and may stop it. Every method may be called from several threads, and none changes a
/// result.
pub trait Watcher: Sync {
    /// A step of this name begins, `total` long; 0 where that is said later.
    fn begin(&self, step: &'static str, total: u64, measure: Measure) {
        let _ = (step, total, measure);
    }

    /// So much of the running step is done.
    fn reached(&self, done: u64, total: u64) {
        let _ = (done, total);
    }

    /// The running step is over, also where it failed.
    fn end(&self) {}

    /// Whether to stop. It is asked often, between two documents at the latest, and what is half done then leaves no trace.
    fn wants_stop(&self) -> bool {
        false
    }
}

/// Nobody waits: no progress, no stop.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watcher for Unwatched {}

/// An error once `watcher` wants the work to stop.
pub(super) fn go_on(watcher: &dyn Watcher) -> Result<(), AnalysisError> {
    if watcher.wants_stop() { Err(AnalysisError::Stopped) } else { Ok(()) }
}

/// A step of the work, over when it is dropped.
pub(super) struct Step<'w> {
    watcher: &'w dyn Watcher,
    total: u64,
}

impl<'w> Step<'w> {
    /// Reading `total` bytes of input.
    pub(super) fn bytes(watcher: &'w dyn Watcher, name: &'static str, total: u64) -> Self {
        watcher.begin(name, total, Measure::Bytes);
        Self { watcher, total }
    }

    /// `total` parts; 0 where that is said later.
    pub(super) fn parts(watcher: &'w dyn Watcher, name: &'static str, total: u64) -> Self {
        watcher.begin(name, total, Measure::Parts);
        Self { watcher, total }
    }

    /// So much is done.
    ///
    /// # Errors
    /// When the work is to stop.
    pub(super) fn reached(&self, done: u64) -> Result<(), AnalysisError> {
        self.reached_of(done, self.total)
    }

    /// So much is done of a total that was not known before.
    ///
    /// # Errors
    /// When the work is to stop.
    pub(super) fn reached_of(&self, done: u64, total: u64) -> Result<(), AnalysisError> {
        self.shows(done, total);
        go_on(self.watcher)
    }

    /// As [`reached_of`](Self::reached_of), where the work cannot be stopped in the middle.
    pub(super) fn shows(&self, done: u64, total: u64) {
        self.watcher.reached(done, total);
    }
}

impl Drop for Step<'_> {
    fn drop(&mut self) {
        self.watcher.end();
    }
}
