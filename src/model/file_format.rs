//! The formats of corpus files, by what a study calls them.

/// How a file is cut into records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// Values between commas, semicolons or vertical bars.
    Csv,
    /// Values between tabs.
    Tsv,
    /// An object of JSON on each line.
    JsonLines,
    /// A list of objects of JSON, or one after another.
    Json,
    /// A spreadsheet of Excel or `OpenDocument`.
    Spreadsheet,
    /// A file of columns of Apache Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
    /// A Word file of Nexis Uni.
    Word,
    /// An archive of Word files.
    Zip,
    /// A web page, or a download of an archive as one.
    Html,
    /// A download of Factiva as XML.
    Xml,
    /// A download of APA as rich text.
    RichText,
    /// A web archive.
    Warc,
    /// A stream of Arrow, which comes over a pipe and is no file.
    #[cfg(feature = "arrow")]
    ArrowStream,
    /// Plain text, one article or a download of the old `LexisNexis`.
    Text,
    /// A download of a press archive; its ending or its first bytes say how it is laid out.
    Archive,
}
