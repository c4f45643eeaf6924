//! The header of a record of a web archive.

/// What a record says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Bytes of the header, with the empty line that ends it.
    pub(super) length: usize,
    /// Bytes of what follows.
    pub(super) block: u64,
    /// `response`, `request`, `warcinfo`, ...
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) url: String,
    pub(super) date: String,
    pub(super) content_type: String,
    /// Whether what follows is an answer with a header of its own.
    pub(super) is_http: bool,
}

impl Header {
    /// The header at the beginning of `bytes`; `None` where its end is not there, or it says no length.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let length = end(bytes)?;
        let mut header = Self { length, ..Self::default() };
        let mut block = None;
        for (name, value) in fields(&bytes[..length]) {
            match &name[..] {
                "content-length" => block = value.parse().ok(),
                "warc-type" => header.kind = value.to_lowercase(),
                "warc-record-id" => {
                    bare(&value).trim_start_matches("urn:uuid:").clone_into(&mut header.id);
                }
                // Addresses have no brackets in WARC 1.1; some programs write those of 1.0.
                "warc-target-uri" => {
                    bare(&value).clone_into(&mut header.url);
                }
                "warc-date" => header.date = value,
                "content-type" => header.content_type = value,
                _ => {}
            }
        }
        header.is_http = header.content_type.to_lowercase().starts_with("application/http");
        Some(Self { block: block?, ..header })
    }

    /// Whether it is what a server answered: a page, or a file that was kept as one.
    pub(super) fn is_answer(&self) -> bool {
        let is_page = self.is_http && self.url.starts_with("http");
        (self.kind == "response" && is_page) || (self.kind == "resource" && self.content_type.contains("html"))
    }
}

fn bare(value: &str) -> &str {
    value.trim_matches(['<', '>'])
}

/// Where the header ends that `bytes` begin with: behind its empty line.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    let ends = [&b"\r\n\r\n"[..], b"\n\n"];
    ends.iter().filter_map(|end| memchr::memmem::find(bytes, end).map(|at| at + end.len())).min()
}

/// The fields of a header, names in lower case; the first line is none.
pub(super) fn fields(header: &[u8]) -> Vec<(String, String)> {
    let lines = String::from_utf8_lossy(header);
    let fields = lines.lines().skip(1).filter_map(|line| line.split_once(':'));
    fields.map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned())).collect()
}
