//! Texts that many rows have, each held once: names of groups, periods and frames, and remarks. Of 5,000 outlets in 12 months there
//! are millions of rows, and thousands of texts.

use std::sync::Arc;

use rustc_hash::FxHashSet;

/// The texts met so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SharedText(FxHashSet<Arc<str>>);

impl SharedText {
    /// Makes equal texts one in memory.
    pub(super) fn share<'t>(&mut self, texts: impl IntoIterator<Item = &'t mut Arc<str>>) {
        for text in texts {
            match self.0.get(text) {
                Some(known) => text.clone_from(known),
                None => drop(self.0.insert(text.clone())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_one_in_memory() {
        let mut texts: [Arc<str>; 3] = ["alfa".into(), "beta".into(), "alfa".into()];
        SharedText::default().share(&mut texts);
        assert_eq!(texts.each_ref().map(|text| &**text), ["alfa", "beta", "alfa"]);
        assert!(Arc::ptr_eq(&texts[0], &texts[2]) && !Arc::ptr_eq(&texts[0], &texts[1]));
    }
}
