//! Values of a frame that are neither 1 nor 0, and whether they are too many for the others to be what they seem.
//!
//! Statistics packages code yes and no as 1 and 2. With every 2 left out each share would be 1, and with 0 and 2 none
//! would be: codings of such a frame are left out whole. Not here: codes for missing values, which stand alone.

use std::collections::BTreeMap;

use crate::model::{HandCoding, Presence, is_missing_code, presence};

/// Fewest unclear values that tell of another coding, and one in how many of the frame's: a slip or two are slips.
const LEAST: usize = 3;
const ONE_IN: usize = 20;

/// By frame, how many values are unclear, and the first.
#[derive(Debug, Default)]
pub(super) struct UnclearValues(BTreeMap<String, (usize, String)>);

impl UnclearValues {
    /// Counts a value of a frame that cannot be read.
    pub(super) fn add(&mut self, frame: &str, value: &str) {
        if presence(value) == Presence::Unclear && !is_missing_code(value) {
            self.0.entry(frame.trim().to_lowercase()).or_insert_with(|| (0, value.to_owned())).0 += 1;
        }
    }

    /// Takes the codings of frames with too many of them out, and says so.
    pub(super) fn leave_out(&self, codings: &mut Vec<HandCoding>) -> Vec<String> {
        let mut notes = Vec::new();
        for (frame, (unclear, first)) in &self.0 {
            let is_of = |coding: &HandCoding| coding.frame.to_lowercase() == *frame;
            let clear = codings.iter().filter(|coding| is_of(coding)).count();
            if *unclear >= LEAST && *unclear * ONE_IN >= clear && clear > 0 {
                codings.retain(|coding| !is_of(coding));
                notes.push(format!(
                    "{unclear} values of \"{frame}\" are neither 1 nor 0 (the first is \"{first}\"), so none of its codings is \
                     used, the {clear} others included: write 1 where the frame is there and 0 where it is not"
                ));
            }
        }
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_coded_in_other_numbers_is_left_out_whole() {
        for (case, values, kept) in [
            ("1 and 2", vec!["1", "2", "1", "2", "2", "1"], 0),
            ("0 and 2", vec!["0", "2", "0", "2", "2"], 0),
            ("two slips", vec!["1", "0", "3", "2", "1"], 3),
            ("codes for missing values", vec!["1", "0", "-9", "99", "999", "-9"], 2),
            ("words", vec!["1", "0", "perhaps", "perhaps", "perhaps"], 0),
        ] {
            let (mut unclear, mut codings) = (UnclearValues::default(), Vec::new());
            for value in values {
                match presence(value) {
                    Presence::Present | Presence::Absent => {
                        codings.push(HandCoding { frame: "Rain".to_owned(), ..HandCoding::default() });
                    }
                    Presence::NotCoded | Presence::Unclear => unclear.add("rain", value),
                }
            }
            let clear = codings.len();
            let notes = unclear.leave_out(&mut codings);
            assert_eq!((codings.len(), notes.len()), (kept, usize::from(kept < clear)), "{case}: {notes:?}");
        }
    }
}
