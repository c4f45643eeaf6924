//! Notes: what a reader must know of a row, in words that stay the same from row to row.

/// Cells with fewer documents get their numbers, and a note.
const FEW_DOCUMENTS: u64 = 5;

/// Remarks of one row, in order.
#[derive(Default)]
pub(super) struct Notes(Vec<String>);

impl Notes {
    /// Adds the remark if it applies.
    pub(super) fn add(&mut self, applies: bool, remark: &str) {
        if applies {
            self.0.push(remark.to_owned());
        }
    }

    /// Adds what is to be said of a small cell, given its documents and how many of them are no copies; `of` names the
    /// group where it is not plain.
    pub(super) fn add_size(&mut self, (documents, distinct): (u64, u64), of: &str) {
        if documents == 0 {
            self.0.push(format!("no documents{of}"));
        } else if documents < FEW_DOCUMENTS {
            self.0.push(format!("fewer than {FEW_DOCUMENTS} documents{of}"));
        } else if distinct < FEW_DOCUMENTS {
            self.0.push(format!("fewer than {FEW_DOCUMENTS} distinct documents{of}"));
        }
    }

    /// The remarks joined by "; ".
    pub(super) fn into_text(self) -> String {
        self.0.join("; ")
    }
}
