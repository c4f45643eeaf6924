//! Notebooks that read the tables: for Jupyter, and as Quarto documents for Python and R.
//!
//! Their text is in `python/` and `r/`, a file for each section; here they are put together for a study. What the user wrote
//! (title, labels, names) goes in as an escaped text and is never looked through for places to fill.
//!
//! Not here: any number. Notebooks compute what they show from the CSV files, so that they check them.

mod jupyter;

use crate::codebook::Codebook;
use crate::compare::SourceKind;
use crate::model::{CompareSettings, FrameGroup, LeastHits, ScorerKind, Study};
use crate::report::escape::{markdown, quoted};
use crate::report::tables::metadata_column;
use crate::report::{Kind, REPORTS, ReportError, Staging, Table};

/// Names of the notebooks: for Jupyter, for Quarto with Python, for Quarto with R.
pub const NOTEBOOKS: [&str; 3] = ["parallax.ipynb", "parallax-python.qmd", "parallax-r.qmd"];

/// The folder inside the results that a run writes them to.
pub const NOTEBOOK_FOLDER: &str = "notebooks";

/// What notebooks are made of.
#[derive(Clone, Copy, Debug)]
pub struct NotebookSource<'a> {
    /// The study.
    pub study: &'a Study,
    /// What is compared: the study's settings with what codings say of from how many sentences on a document carries a frame.
    pub compare: &'a CompareSettings,
    /// Its codebook.
    pub codebook: &'a Codebook,
}

/// The sections of a notebook in one language.
struct Sections {
    begin: &'static str,
    /// What makes the rows of zeros that a table lacks.
    zeros: &'static str,
    prevalence: &'static str,
    timeline: &'static str,
    contrasts: &'static str,
    sources: &'static str,
    regression: &'static str,
    check: &'static str,
    session: &'static str,
    /// Between a name and its value in a list.
    pair: &'static str,
    /// Around numbers that belong together.
    numbers: [&'static str; 2],
    /// Around words that belong together.
    words: [&'static str; 2],
}

const PYTHON: Sections = Sections {
    begin: include_str!("python/begin.qmd"),
    zeros: include_str!("python/zeros.py"),
    prevalence: include_str!("python/prevalence.qmd"),
    timeline: include_str!("python/timeline.qmd"),
    contrasts: include_str!("python/contrasts.qmd"),
    sources: include_str!("python/sources.qmd"),
    regression: include_str!("python/regression.qmd"),
    check: include_str!("python/check.qmd"),
    session: include_str!("python/session.qmd"),
    pair: ": ",
    numbers: ["(", ")"],
    words: ["[", "]"],
};

const R: Sections = Sections {
    begin: include_str!("r/begin.qmd"),
    zeros: include_str!("r/zeros.R"),
    prevalence: include_str!("r/prevalence.qmd"),
    timeline: include_str!("r/timeline.qmd"),
    contrasts: include_str!("r/contrasts.qmd"),
    sources: include_str!("r/sources.qmd"),
    regression: include_str!("r/regression.qmd"),
    check: include_str!("r/check.qmd"),
    session: include_str!("r/session.qmd"),
    pair: " = ",
    numbers: ["c(", ")"],
    words: ["c(", ")"],
};

/// Writes the notebooks into `folder` of what `staging` writes to; from there, `results` is the path to the tables.
///
/// # Errors
/// When a file cannot be written.
pub fn write_notebooks(
    staging: &mut Staging,
    folder: &str,
    source: NotebookSource<'_>,
    results: &str,
) -> Result<(), ReportError> {
    for (name, content) in NOTEBOOKS.into_iter().zip(source.notebooks(results)) {
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        staging.write(&path, content.as_bytes())?;
    }
    Ok(())
}

impl NotebookSource<'_> {
    /// The content of each notebook, in the order of [`NOTEBOOKS`]. `results` is the path from its folder to the tables.
    #[must_use]
    pub fn notebooks(&self, results: &str) -> [String; 3] {
        let python = self.body(&PYTHON, results);
        let r = self.body(&R, results);
        let title = markdown(&self.study.title);
        [
            jupyter::notebook(&format!("# {title}\n\n{python}")),
            self.header("jupyter: python3") + &python,
            self.header("engine: knitr") + &r,
        ]
    }

    fn header(&self, engine: &str) -> String {
        // Pandoc reads the title as Markdown, after YAML has read it as a string.
        let title = quoted(&markdown(&self.study.title));
        format!("---\ntitle: {title}\nformat:\n  html:\n    embed-resources: true\n    toc: true\n{engine}\n---\n\n")
    }

    /// The sections that the study has something for.
    fn body(&self, text: &Sections, results: &str) -> String {
        let compare = self.compare;
        let sections = [
            Some(text.begin),
            Some(text.prevalence),
            compare.period.as_ref().map(|_| text.timeline),
            (!compare.contrasts.is_empty()).then_some(text.contrasts),
            Some(text.sources),
            (!compare.regress_on.is_empty()).then_some(text.regression),
            Some(text.check),
            Some(text.session),
        ];
        let sections: Vec<&str> = sections.into_iter().flatten().collect();
        fill(&sections.join("\n"), &self.values(text, results))
    }

    /// Who coded, where that is neither the rules nor a scorer of the study's own.
    fn coded(&self) -> String {
        let Study { scorer, labels, .. } = self.study;
        if *scorer != ScorerKind::Labels {
            return String::new();
        }
        let files = markdown(&labels.join(", "));
        format!("\nFrames were coded by labels from outside ({files}); `codebook.md` says which.")
    }

    /// How often each frame must be in a document that carries it: at least so many sentences, or millionths of them.
    fn least_hits(&self, text: &Sections) -> String {
        let [begin, end] = text.numbers;
        let line = |id: &String| {
            let (sentences, millionths) = match self.compare.at_least.of(id) {
                LeastHits::Sentences(least) => (least, 0),
                LeastHits::Share(share) => (1, share),
            };
            text.line(id, &format!("{begin}{sentences}, {millionths}{end}"))
        };
        lines(self.codebook.frames.iter().map(|frame| line(&frame.id)))
    }

    /// The frames of each group of them.
    fn frame_groups(&self, text: &Sections) -> String {
        let [begin, end] = text.words;
        let line = |group: &FrameGroup| {
            let members: Vec<String> = group.frames.iter().map(|id| quoted(id)).collect();
            text.line(&group.id, &format!("{begin}{}{end}", members.join(", ")))
        };
        lines(self.compare.frame_groups.iter().map(line))
    }

    /// Ids and labels of the frames that tables have: the codebook's, and groups of these, which have no label.
    fn frames(&self) -> impl Iterator<Item = (&String, &String)> {
        let groups = self.compare.frame_groups.iter().map(|group| (&group.id, &group.id));
        self.codebook.frames.iter().map(|frame| (&frame.id, &frame.label)).chain(groups)
    }

    /// The columns of the regression, and where they stand in `documents.csv` or `metadata.csv`.
    fn explained_by(&self, text: &Sections) -> String {
        let compare = self.compare;
        let place = |name: &str| match name {
            "date" => "date".to_owned(),
            name if name == compare.by => "group".to_owned(),
            "outlet" => "outlet".to_owned(),
            name => metadata_column(name).into_owned(),
        };
        lines(compare.regress_on.iter().map(|name| text.line(name, &quoted(&place(name)))))
    }

    /// What stands in the places of the templates, by name.
    fn values(&self, text: &Sections, results: &str) -> Vec<(&'static str, String)> {
        let compare = self.compare;
        let frames = self.frames().map(|(id, label)| text.line(id, &quoted(label)));
        let types =
            REPORTS.iter().map(|report| format!("  {} = {}", report.table.name(), quoted(&letters(report.table))));
        let (source_kind, code) = if self.codebook.sources.is_empty() {
            ("sources", SourceKind::Source)
        } else {
            ("groups of sources", SourceKind::Group)
        };
        vec![
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("results", quoted(results)),
            ("coded", self.coded()),
            ("by", quoted(&compare.by)),
            ("unit", quoted(compare.unit.as_str())),
            ("units", compare.share_units().to_owned()),
            ("coded_unit", compare.unit.as_str().to_owned()),
            ("weight", quoted(compare.weight.as_str())),
            ("copies", quoted(compare.copies.as_str())),
            ("voice", quoted(compare.voice.as_str())),
            ("stance", quoted(compare.stance.as_str())),
            ("least_hits", self.least_hits(text)),
            ("frame_groups", self.frame_groups(text)),
            ("zeros", if self.study.zeros { String::new() } else { text.zeros.to_owned() }),
            ("explaining", compare.regress_on.iter().map(|name| markdown(name)).collect::<Vec<_>>().join(", ")),
            ("explained_by", self.explained_by(text)),
            ("frames", lines(frames)),
            ("types", lines(types)),
            ("source_kind", source_kind.to_owned()),
            ("source_kind_code", quoted(code.as_str())),
        ]
    }
}

impl Sections {
    /// A line of a list: a name and its value, which is code.
    fn line(&self, name: &str, value: &str) -> String {
        format!("  {}{}{value}", quoted(name), self.pair)
    }
}

/// Lines with a comma between them, which Python allows after the last and R does not.
fn lines(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(",\n") + "\n"
}

/// The column types of a table as readr abbreviates them.
fn letters(table: &Table) -> String {
    let letter = |kind| match kind {
        Kind::Text | Kind::Choice(_) => 'c',
        Kind::Count | Kind::Integer => 'i',
        Kind::Share | Kind::PValue | Kind::Number => 'd',
        Kind::Date => 'D',
        Kind::Boolean => 'l',
    };
    table.columns.iter().map(|column| letter(column.kind)).collect()
}

/// The template with every `⟦name⟧` replaced by its value, in one pass.
fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut pieces = template.split('⟦');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once('⟧').unwrap_or((piece, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        debug_assert!(value.is_some(), "no value for {name}");
        filled += value.map_or("", |(_, value)| value);
        filled += rest;
    }
    filled
}
