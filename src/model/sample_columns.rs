//! The columns of a sample for coders, which are written by one side and read again by another.

/// What a blinded sample calls a unit.
pub const ITEM: &str = "item";

/// The probability that a unit was drawn with.
pub const INCLUSION: &str = "inclusion_probability";

/// What is known of a unit beside its words.
pub const ABOUT_UNIT: [&str; 8] = ["document", "sentence", "start", "end", "outlet", "date", "stratum", INCLUSION];

/// The unit's words, and what stands around them.
pub const UNIT_WORDS: [&str; 3] = ["before", "text", "after"];

/// Who codes.
pub const CODER: &str = "coder";

/// What is asked of a sentence besides the frames: who speaks them, and with which stance; and room for a remark. Of a
/// document as a whole only the remark, as many voices speak in it.
pub const ABOUT_FRAMES: [&str; 3] = ["voice", "stance", "note"];

/// Whether a column of that name is a sample's own, and so no coding of a frame.
#[must_use]
pub fn is_sample_column(name: &str) -> bool {
    let lists: [&[&str]; 4] = [&ABOUT_UNIT, &UNIT_WORDS, &ABOUT_FRAMES, &[ITEM, CODER]];
    lists.iter().any(|list| list.contains(&name))
}
