//! `ro-crate-metadata.json`: the results as a research object (RO-Crate 1.1, <https://w3id.org/ro/crate/1.1>), so that
//! repositories know what each file is and what made it.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::codebook::Codebook;
use crate::model::Study;
use crate::report::package::PARQUET_MEDIA_TYPE;
use crate::report::{
    CODEBOOK_PAGE, DATA_PACKAGE, FIGURES, Input, InputRole, MANIFEST, METHODS_PAGE, NOTEBOOK_FOLDER, Output, PAGE,
    REPORTS, RecordCounts, ReportError, Staging,
};

/// Name of the description of a run's files as a research object.
pub(super) const CRATE_METADATA: &str = "ro-crate-metadata.json";

/// Whose context defines the terms, and what the file conforms to.
const SPECIFICATION: &str = "https://w3id.org/ro/crate/1.1";

/// What the description is made of.
#[derive(Clone, Copy, Debug)]
pub struct CrateSource<'a> {
    /// The study.
    pub study: &'a Study,
    /// Its codebook.
    pub codebook: &'a Codebook,
    /// How many records were read, kept and left out.
    pub records: &'a RecordCounts,
    /// What was read.
    pub inputs: &'a [Input],
    /// Dates of the oldest and the newest document; `None` where no document has one.
    pub dates: Option<(Date, Date)>,
}

/// Writes the description of every output of `staging` so far.
///
/// # Errors
/// When the file cannot be written.
pub fn write_crate_metadata(staging: &mut Staging, source: CrateSource<'_>) -> Result<(), ReportError> {
    let outputs: Vec<Output> =
        staging.outputs().into_iter().filter(|output| ![CRATE_METADATA, MANIFEST].contains(&&*output.path)).collect();
    let metadata = source.metadata(&outputs);
    staging.write(CRATE_METADATA, format!("{metadata:#}\n").as_bytes())
}

impl CrateSource<'_> {
    /// The description of those files and of the manifest.
    #[must_use]
    pub fn metadata(&self, outputs: &[Output]) -> Value {
        let mut files: Vec<Value> = outputs.iter().map(file).collect();
        files.push(json!({
            "@id": MANIFEST,
            "@type": "File",
            "name": MANIFEST,
            "description": about(MANIFEST),
            "encodingFormat": "application/json",
        }));
        let parts: Vec<Value> = files.iter().map(|file| json!({ "@id": file["@id"] })).collect();
        let mut graph = vec![
            json!({
                "@id": CRATE_METADATA,
                "@type": "CreativeWork",
                "conformsTo": { "@id": SPECIFICATION },
                "about": { "@id": "./" },
            }),
            self.root(&parts),
        ];
        graph.extend(files);
        graph.extend(self.run(&parts));
        json!({ "@context": format!("{SPECIFICATION}/context"), "@graph": graph })
    }

    /// The results as a whole.
    fn root(&self, parts: &[Value]) -> Value {
        let labels: Vec<&str> = self.codebook.frames.iter().map(|frame| &*frame.label).collect();
        let mut root = json!({
            "@id": "./",
            "@type": "Dataset",
            "name": self.study.title,
            "description": format!(
                "How often {} frames are found in {} documents, compared by {}, with the codings and counts that it rests on. \
                 Written by Parallax {}.",
                labels.len(), self.records.kept, self.study.compare.by, env!("CARGO_PKG_VERSION"),
            ),
            "keywords": labels,
            "license": "Not stated by the study. The rights in quoted sentences are their publishers'.",
            "hasPart": parts,
            "mentions": { "@id": "#run" },
        });
        if let Some((oldest, newest)) = self.dates {
            root["temporalCoverage"] = json!(format!("{oldest}/{newest}"));
            // A date is required, and a run has none of its own: it must come out the same at any time.
            root["datePublished"] = json!(newest.to_string());
            root["comment"] = json!(
                "The same study gives the same bytes at any time, so datePublished is the date of the newest document: put \
                 the true one in its place when you publish."
            );
        }
        root
    }

    /// What was done, to what and with what.
    fn run(&self, parts: &[Value]) -> Vec<Value> {
        let corpus_files = self.inputs.iter().filter(|input| input.role == InputRole::Corpus).count();
        let records = self.records;
        let excluded: u64 = records.excluded.values().sum();
        let mut objects: Vec<Value> = self.inputs.iter().filter_map(input).collect();
        objects.push(json!({
            "@id": "#corpus",
            "@type": "CreativeWork",
            "name": "The corpus",
            "description": format!(
                "{corpus_files} files with {} records, of which {} were kept and {excluded} left out; names and checksums are in \
                 {MANIFEST}.",
                records.read, records.kept,
            ),
        }));
        let ids: Vec<Value> = objects.iter().map(|object| json!({ "@id": object["@id"] })).collect();
        let mut entities = vec![
            json!({
                "@id": "#run",
                "@type": "CreateAction",
                "name": "parallax run",
                "description": format!("Codes the corpus and compares groups; every random stream has the seed {}.", self.study.seed),
                "instrument": { "@id": "#parallax" },
                "object": ids,
                "result": parts,
            }),
            json!({
                "@id": "#parallax",
                "@type": "SoftwareApplication",
                "name": "Parallax",
                "description": env!("CARGO_PKG_DESCRIPTION"),
                "softwareVersion": env!("CARGO_PKG_VERSION"),
                "license": env!("CARGO_PKG_LICENSE"),
            }),
        ];
        entities.extend(objects);
        entities
    }
}

/// A file of the results.
fn file(output: &Output) -> Value {
    json!({
        "@id": output.path,
        "@type": "File",
        "name": output.path,
        "description": about(&output.path),
        "encodingFormat": media_type(&output.path),
        "contentSize": output.bytes.to_string(),
        "identifier": format!("sha256:{}", output.sha256),
    })
}

/// An input that is one file, such as the codebook.
fn input(input: &Input) -> Option<Value> {
    let (id, name) = match input.role {
        InputRole::Study => ("#study", "The study file"),
        InputRole::Codebook => ("#codebook", "The codebook"),
        InputRole::Codings => ("#codings", "What human coders said"),
        InputRole::Labels => ("#labels", "Labels from outside"),
        InputRole::Vectors => ("#vectors", "Sentence vectors"),
        InputRole::Scorer => ("#scorer", "A scorer that was learnt before"),
        InputRole::Reference => ("#reference", "Frequencies of words elsewhere"),
        InputRole::Corpus => return None,
    };
    Some(json!({
        "@id": id,
        "@type": "CreativeWork",
        "name": name,
        "alternateName": input.path,
        "identifier": format!("sha256:{}", input.sha256),
    }))
}

/// What a file of the results holds.
fn about(path: &str) -> String {
    let tables = REPORTS.iter().map(|report| report.table).chain(FIGURES.iter().map(|figure| figure.table));
    if let Some(table) = tables.into_iter().find(|table| table.file == path || table.parquet_file() == path) {
        return format!("Table; one row is: {}", table.row);
    }
    if let Some(figure) = FIGURES.iter().find(|figure| figure.files().iter().any(|file| file == path)) {
        return format!("Figure of the rows of {}.", figure.table.file);
    }
    match path {
        MANIFEST => "What the run read and wrote, with checksums.".to_owned(),
        DATA_PACKAGE => {
            "Every column of every table, with its type and meaning (Frictionless Data Package).".to_owned()
        }
        CODEBOOK_PAGE => "The codebook as a document.".to_owned(),
        METHODS_PAGE => "What was done, in paragraphs for a paper.".to_owned(),
        PAGE => "The whole result as one page for a browser: charts, tables, and the sentences behind each number."
            .to_owned(),
        "scorer.json" => "What was learnt from the hand codings; parallax features shows what is in it.".to_owned(),
        notebook if notebook.starts_with(NOTEBOOK_FOLDER) => "A notebook that reads the tables.".to_owned(),
        other => format!("The file {other}."),
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "csv" => "text/csv",
        "json" => "application/json",
        "md" | "qmd" => "text/markdown",
        "ipynb" => "application/x-ipynb+json",
        "html" => "text/html",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "parquet" => PARQUET_MEDIA_TYPE,
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
