//! How results become files: tables, their description and the manifest, put into place together or not at all.
//!
//! A run opens a [`Staging`] area, streams its rows into [`SortedRows`] (codings, attributions) or writes a table at once (documents,
//! excluded records, findings), describes the tables ([`write_data_package`]), lists inputs and outputs ([`Manifest`]),
//! and commits. A new report is one file in `tables/` and one line in [`REPORTS`],
//! a new figure one file in `figures/` and one line in [`FIGURES`].

mod checksum;
mod code_points;
mod difference;
mod error;
mod figures;
mod manifest;
mod number;
mod package;
mod read_attributions;
mod read_documents;
mod sorted;
mod staging;
mod table;
mod tables;

pub use difference::{Difference, differences, output_differences};
pub use error::ReportError;
pub use figures::{
    FIGURES, Figure, Format, Look, RasterError, ReliabilityBin, Subject, WIDTH, frame_colour, redraw, write_figures,
};
pub use manifest::{FileRecords, Input, Manifest, Records, Role, outputs_on_disk};
pub use number::{fixed, millionths, p_value};
pub use package::{data_package, write_data_package};
pub use read_attributions::read_attributions;
pub use read_documents::read_documents;
pub use sorted::SortedRows;
pub use staging::{Output, StagedFile, Staging};
pub use table::{Column, Kind, Rows, Table};
pub use tables::{
    ATTRIBUTIONS, CODINGS, REPORTS, Report, Source, attribution_rows, coding_rows, write_documents, write_excluded,
    write_findings,
};

/// Name of the file that lists what a run read and wrote.
pub const MANIFEST: &str = "manifest.json";

/// Name of the file that describes every table.
pub const DATA_PACKAGE: &str = "datapackage.json";
