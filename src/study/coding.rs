//! Documents coded in parallel, handed on in the order they came.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::model::{CodedDocument, Document};
use crate::study::coder::{Coder, Workspace, code};

/// Documents that one worker codes before it looks for more work.
const RUN: usize = 8;

/// The workspaces of all workers, kept from batch to batch.
#[derive(Debug, Default)]
pub struct Workspaces {
    idle: Mutex<Vec<Workspace>>,
}

impl Workspaces {
    fn take(&self) -> Workspace {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn give_back(&self, workspace: Workspace) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(workspace);
    }
}

/// Codes every document of a batch and makes of it what `digest` makes; results stand in the order of the documents.
pub fn code_batch<T: Send>(
    coder: &Coder<'_>,
    documents: &[Document],
    workspaces: &Workspaces,
    digest: impl Fn(&Document, CodedDocument, &mut Workspace) -> T + Sync,
) -> Vec<T> {
    documents
        .par_chunks(RUN)
        .flat_map_iter(|run| {
            let mut workspace = workspaces.take();
            let result = |document| {
                let found = code(coder, document, &mut workspace);
                digest(document, found, &mut workspace)
            };
            let results: Vec<T> = run.iter().map(result).collect();
            workspaces.give_back(workspace);
            results
        })
        .collect()
}

/// Codes a stream of documents. `next_batch` reads some documents, none at the end; while one batch is coded the next
/// is read. `digest` works on each coded document beside the coding, in any order, with
/// the workspace that coded it, and `receive` gets what it made, in
/// the order of the documents. At most two batches are in memory.
///
/// # Errors
/// The first error of either function, after which nothing more is read.
pub fn code_stream<T: Send, E: Send>(
    coder: &Coder<'_>,
    mut next_batch: impl FnMut() -> Result<Vec<Document>, E> + Send,
    digest: impl Fn(&Document, CodedDocument, &mut Workspace) -> T + Sync,
    mut receive: impl FnMut(&Document, T) -> Result<(), E>,
) -> Result<(), E> {
    let workspaces = Workspaces::default();
    let mut batch = next_batch()?;
    while !batch.is_empty() {
        let (results, next) = rayon::join(|| code_batch(coder, &batch, &workspaces, &digest), &mut next_batch);
        for (document, result) in batch.iter().zip(results) {
            receive(document, result)?;
        }
        batch = next?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::parse;

    #[test]
    fn documents_come_out_in_the_order_they_went_in() {
        let text = "[[frame]]\nid = \"f\"\n[[rule]]\nid = \"r\"\nframe = \"f\"\nmatch = \"tank*\"\n";
        let codebook = parse(text, "codebook.toml").unwrap();
        let coder = Coder { codebook: &codebook, scorer: None, labels: None };
        let all: Vec<Document> =
            (0..100).map(|n| Document::new(format!("{n:03}"), "", &"A tank. ".repeat(n))).collect();
        let mut batches = all.chunks(30).map(<[Document]>::to_vec);
        let mut seen = Vec::new();
        let result: Result<(), String> = code_stream(
            &coder,
            || Ok(batches.next().unwrap_or_default()),
            |_, coded, _| coded.codings.len(),
            |document, codings| {
                seen.push((document.id.clone(), codings));
                Ok(())
            },
        );
        assert_eq!(result, Ok(()));
        let expected: Vec<_> = (0..100).map(|n| (format!("{n:03}"), n)).collect();
        assert_eq!(seen, expected);
    }
}
