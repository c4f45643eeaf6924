//! The names on the left of a figure: in how many lines each stands, and how wide all are.

use crate::report::figures::page::FigurePage;
use crate::report::figures::shapes::Type;
use crate::report::figures::theme::THEME;
use crate::report::labels::kept_apart;

/// Names in lines, all as wide as they may be at most.
pub(super) struct Names {
    /// The lines of each.
    pub(super) lines: Vec<Vec<String>>,
    /// Of the widest line, but no less than a column of names has.
    pub(super) width: f64,
}

impl Names {
    /// The names in lines no wider than `width`, `most` of each.
    pub(super) fn wrapped<'t>(
        page: &FigurePage<'_>,
        names: impl Iterator<Item = &'t str>,
        look: Type<'_>,
        width: f64,
        most: usize,
    ) -> Self {
        let names: Vec<&str> = names.collect();
        let lines = kept_apart(&names, &|name| page.ruler.wrapped(name, look, width, most));
        let width = page.widest(lines.iter().flatten().map(String::as_str), look).max(THEME.names.least);
        Self { lines, width }
    }

    /// The most lines that one has; one where there is no name.
    pub(super) fn most_lines(&self) -> usize {
        self.lines.iter().map(Vec::len).max().unwrap_or(1)
    }
}

/// A row: the lines of its name, and how high it is.
pub(super) struct NamedRow {
    pub(super) lines: Vec<String>,
    pub(super) height: f64,
}
