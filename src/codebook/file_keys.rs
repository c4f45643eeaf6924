//! The keys of a codebook.

use crate::codebook::RuleVoice;
use crate::codebook::keys::{FileKey, Holds, KeyTable, choice_words};
use crate::model::Stance;

pub(super) const STANCES: [(&str, Stance); 3] = [
    (Stance::Favor.as_str(), Stance::Favor),
    (Stance::Against.as_str(), Stance::Against),
    (Stance::Neutral.as_str(), Stance::Neutral),
];

pub(super) const VOICES: [(&str, RuleVoice); 2] = [("own", RuleVoice::Own), ("attributed", RuleVoice::Attributed)];

/// A codebook.
pub static CODEBOOK_KEYS: KeyTable = KeyTable {
    place: "the codebook",
    keys: &[
        FileKey {
            name: "title",
            holds: Holds::Text,
            default: Some("the name of the file"),
            meaning: "For headings.",
            example: "title = \"Wolves, two views\"",
        },
        FileKey {
            name: "language",
            holds: Holds::Text,
            default: Some("\"en\""),
            meaning: "ISO 639-1 code of the language that the rules are written for.",
            example: "language = \"de\"",
        },
        FileKey {
            name: "lists",
            holds: Holds::TextsByName,
            default: Some("none"),
            meaning: "Lists of patterns that rules name as {list}.",
            example: "[lists]\nforces = [\"troop*\", \"soldier*\"]",
        },
        FileKey {
            name: "sources",
            holds: Holds::TextsByName,
            default: Some("none"),
            meaning: "Groups of sources by what they are called, as rows of sources.csv of their own. A name that several match is in the one that matches before its first preposition (a U.S. Embassy in Kyiv is Washington's), then in the one that matches the longest stretch.",
            example: "[sources]\nkremlin = [\"Kremlin\", \"Peskov\"]",
        },
        FileKey {
            name: "frame",
            holds: Holds::Tables(&FRAME_KEYS),
            default: None,
            meaning: "A category, one table each.",
            example: "[[frame]]\nid = \"threat\"",
        },
        FileKey {
            name: "rule",
            holds: Holds::Tables(&RULE_KEYS),
            default: Some("none"),
            meaning: "Evidence for a frame, one table each.",
            example: "[[rule]]\nid = \"massed\"\nframe = \"threat\"\nmatch = \"massed troops\"",
        },
    ],
};

pub(super) static FRAME_KEYS: KeyTable = KeyTable {
    place: "[[frame]]",
    keys: &[
        FileKey {
            name: "id",
            holds: Holds::Text,
            default: None,
            meaning: "What tables call it; no blanks, commas, semicolons or bars.",
            example: "id = \"military-build-up\"",
        },
        FileKey {
            name: "label",
            holds: Holds::Text,
            default: Some("the id"),
            meaning: "What figures and pages call it.",
            example: "label = \"Military build-up\"",
        },
        FileKey {
            name: "definition",
            holds: Holds::Text,
            default: Some("none"),
            meaning: "What carries the frame and what does not, for coders and readers.",
            example: "definition = \"Presents an attack as coming.\"",
        },
        FileKey {
            name: "threshold",
            holds: Holds::Number,
            default: Some("0.5"),
            meaning: "From which probability, between 0 and 1, a sentence carries the frame; where hand codings teach a scorer, its own \
                      threshold counts.",
            example: "threshold = 0.7",
        },
    ],
};

pub(super) static RULE_KEYS: KeyTable = KeyTable {
    place: "[[rule]]",
    keys: &[
        FileKey {
            name: "id",
            holds: Holds::Text,
            default: None,
            meaning: "What tables and `explain` call it.",
            example: "id = \"forces-massed\"",
        },
        FileKey {
            name: "frame",
            holds: Holds::Text,
            default: None,
            meaning: "Id of the frame that it is evidence for.",
            example: "frame = \"threat\"",
        },
        FileKey {
            name: "match",
            holds: Holds::Text,
            default: None,
            meaning: "The pattern.",
            example: "match = \"(amass* | mass*) NEAR/6 troop*\"",
        },
        FileKey {
            name: "unless",
            holds: Holds::Text,
            default: Some("nothing"),
            meaning: "A pattern that cancels a match which it overlaps or shares a clause with.",
            example: "unless = \"joint exercise*\"",
        },
        FileKey {
            name: "stance",
            holds: Holds::Choice(&choice_words(&STANCES)),
            default: Some("\"favor\""),
            meaning: "Where a voice that affirms the match stands toward the frame.",
            example: "stance = \"against\"",
        },
        FileKey {
            name: "voice",
            holds: Holds::Choice(&choice_words(&VOICES)),
            default: Some("either"),
            meaning: "The rule counts only in the outlet's own words, or only in a source's.",
            example: "voice = \"own\"",
        },
        FileKey {
            name: "source",
            holds: Holds::Text,
            default: Some("any"),
            meaning: "The rule counts only where the source matches this pattern.",
            example: "source = \"Kremlin | Peskov\"",
        },
        FileKey {
            name: "weight",
            holds: Holds::Number,
            default: Some("1"),
            meaning: "What a match adds to the score, like log-odds; below 0 it speaks against the frame.",
            example: "weight = -0.5",
        },
        FileKey {
            name: "hits",
            holds: Holds::Texts,
            default: Some("none"),
            meaning: "Sentences that the rule must match; `check` tries them.",
            example: "hits = [\"Troops are massed there.\"]",
        },
        FileKey {
            name: "misses",
            holds: Holds::Texts,
            default: Some("none"),
            meaning: "Sentences that it must not match.",
            example: "misses = [\"Mass was held.\"]",
        },
    ],
};
