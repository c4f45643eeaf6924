//! Labels from outside that code a study, as codebook, page and notebooks tell of them.

/// Who labelled what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labelling {
    /// Who: the coder that the file names, else the file's name.
    pub name: String,
    /// The files, as the study names them.
    pub files: Vec<String>,
    /// What was labelled: "sentence" or "document".
    pub unit: &'static str,
    /// Ids of the frames labelled.
    pub frames: Vec<String>,
    /// Ids of frames that the labels lack and the rules code.
    pub by_rules: Vec<String>,
}

impl Labelling {
    /// In sentences without markup.
    #[must_use]
    pub fn in_words(&self) -> String {
        let Self { name, files, unit, frames, by_rules } = self;
        let rules =
            if by_rules.is_empty() { String::new() } else { format!(" By the rules: {}.", by_rules.join(", ")) };
        let voices = match *unit {
            "document" => "Of whole documents no sentence is listed; the rules say nothing of them.",
            _ => {
                "Voice and stance are those of the labels where these have them, else of the rules' cues; where no rule matched, \
                 the voice is that of most of the sentence and the stance is empty."
            }
        };
        format!(
            "Coded by labels from outside, by {name} ({}), a {unit} at a time: {}.{rules} {voices} A {unit} without a label \
             counts for nothing.",
            files.join(", "),
            frames.join(", "),
        )
    }
}
