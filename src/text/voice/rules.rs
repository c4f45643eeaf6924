//! The rules of voice and stance: the id by which each decision can be counted, and what it is in one line.
//!
//! Every attribution and every stance carries its rule. The cases of each stand in `tests/text/voice.txt` and
//! `tests/text/stance.txt`; a test sees to it that none is without.

/// A rule by which a voice or a stance is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each has its line in the table")]
pub enum VoiceRule {
    According,
    Worded,
    Subject,
    Inverted,
    OpeningInverted,
    Shared,
    Unlinked,
    Participle,
    OpeningParticiple,
    Answered,
    QuotedAs,
    Unnamed,
    Agent,
    Noun,
    Announced,
    Turn,
    NamelessTurn,
    Label,
    Signed,
    Dashed,
    Bare,
    Hearsay,
    Own,
    Presupposed,
    Affirmed,
    DenialItself,
    Unsaid,
    NegatedWill,
    Supposed,
    Opposed,
    DeniedTwice,
    Denied,
    NegatedBefore,
    NegatedClause,
    JudgedFalse,
    NegatedVerb,
    Whether,
    Asked,
    QuestionMark,
    DistanceWord,
    SoCalled,
    ScareQuotes,
    Conceded,
    Litotes,
    Counterfactual,
    SupposedSo,
    Uncertain,
}

/// Each rule with its id and what it says, in the order of the enum.
const RULES: [(VoiceRule, &str, &str); 47] = [
    (VoiceRule::According, "voice/according-to", r#""according to X", before or after what X says"#),
    (VoiceRule::Worded, "voice/in-words-of", r#""in X's words", "by X's account""#),
    (VoiceRule::Subject, "voice/subject-verb", r#"the subject of a verb of saying speaks: "X said""#),
    (
        VoiceRule::Inverted,
        "voice/verb-subject",
        r#"the words stand first and the subject after its verb: "..., said X""#,
    ),
    (
        VoiceRule::OpeningInverted,
        "voice/opening-verb",
        r#"a verb of saying opens the sentence and its words are quoted: "Said X: ...""#,
    ),
    (
        VoiceRule::Shared,
        "voice/shared-subject",
        r#"a further verb of saying shares the subject of the one before: "said ... and added""#,
    ),
    (
        VoiceRule::Unlinked,
        "voice/unlinked-verb",
        r#"a further verb of saying after a comma, in the same form: "X denies a raid, calls it a hoax""#,
    ),
    (VoiceRule::Participle, "voice/participle", r#"a participle of saying: ", saying that", "by claiming""#),
    (
        VoiceRule::OpeningParticiple,
        "voice/opening-participle",
        r#"a participle of saying opens the sentence of its subject: "Claiming that ..., X left""#,
    ),
    (
        VoiceRule::Answered,
        "voice/asked-about",
        r#"what somebody is asked and answers: "Asked if it would rain, X said""#,
    ),
    (VoiceRule::QuotedAs, "voice/quoted-as-saying", r#""X was quoted as saying""#),
    (
        VoiceRule::Unnamed,
        "voice/passive-clause",
        r#"it is said, and nobody named: "it was alleged that", "X is said to""#,
    ),
    (
        VoiceRule::Agent,
        "voice/passive-by",
        r#"the speaker stands after "by": "were told by X that", "was criticised by X""#,
    ),
    (VoiceRule::Noun, "voice/noun", r#"a noun of saying with its words: "X's claim that", "a warning from X that""#),
    (VoiceRule::Announced, "voice/announced", "a sentence ends with a colon before a quotation, whatever its verb"),
    (VoiceRule::Turn, "voice/turn", "a name in capitals before a colon opens a turn of a transcript"),
    (
        VoiceRule::NamelessTurn,
        "voice/nameless-turn",
        "a colon that has lost its name opens a turn, after a sentence that names the programme",
    ),
    (VoiceRule::Label, "voice/label", "a name before a colon, in a headline or before a quotation"),
    (VoiceRule::Signed, "voice/signed", r#"a headline ends with who says it: "...: ministry""#),
    (VoiceRule::Dashed, "voice/signed-dash", "a name after a dash signs a quotation or a headline"),
    (VoiceRule::Bare, "voice/bare-quotation", "a quotation of a sentence's length that nobody is named for"),
    (VoiceRule::Hearsay, "voice/hearsay", r#"it is passed on, and nobody named: "reportedly", "allegedly""#),
    (VoiceRule::Own, "voice/own", "the words stand in nobody's quoted or reported words"),
    (
        VoiceRule::Presupposed,
        "voice/presupposed",
        r#"the outlet names what a source speaks of: "denied the fearmongering""#,
    ),
    (VoiceRule::Affirmed, "stance/affirmed", "nothing negates, denies, asks or keeps a distance"),
    (VoiceRule::DenialItself, "stance/denial-itself", "the words are the verb of denial: who denies says so"),
    (VoiceRule::Unsaid, "stance/unsaid", r#"it was not said: "did not say", "would not say whether""#),
    (
        VoiceRule::NegatedWill,
        "stance/negated-will",
        r#"to deny the thought or will is to think or want the contrary: "does not believe that""#,
    ),
    (VoiceRule::Supposed, "stance/supposed-not", r#"what is supposed not to be: "if the army does not attack""#),
    (VoiceRule::Opposed, "stance/opposed", r#"the negation of a demand: "should not attack""#),
    (
        VoiceRule::DeniedTwice,
        "stance/denied-and-negated",
        r#"a denial of what is negated affirms: "denied that there was no raid""#,
    ),
    (VoiceRule::Denied, "stance/denied", r#"the source denies it: "denied planning a raid""#),
    (VoiceRule::NegatedBefore, "stance/negated-before", r#"a negator before it, in its clause: "no sign of a raid""#),
    (
        VoiceRule::NegatedClause,
        "stance/negated-clause",
        r#"a negator just before the clause that it stands in: "no evidence that""#,
    ),
    (
        VoiceRule::JudgedFalse,
        "stance/judged-false",
        r#"it is said to be false or absent: "reports of a raid are false""#,
    ),
    (VoiceRule::NegatedVerb, "stance/negated-verb", r#"its verb is negated, and it is new: "a raid is not under way""#),
    (VoiceRule::Whether, "stance/whether", r#""whether" or "if" opens the clause of a question"#),
    (VoiceRule::Asked, "stance/asked", "its source asks"),
    (VoiceRule::QuestionMark, "stance/question-mark", "the sentence ends with a question mark"),
    (VoiceRule::DistanceWord, "stance/distance-word", r#""purported", "supposed" before it"#),
    (VoiceRule::SoCalled, "stance/so-called", r#""so-called", "self-styled" before it"#),
    (VoiceRule::ScareQuotes, "stance/scare-quotes", "a few words of the outlet's own in quotation marks"),
    (VoiceRule::Conceded, "stance/conceded", r#"a conjunction of concession opens its clause: "although""#),
    (
        VoiceRule::Litotes,
        "stance/not-denied",
        r#"a denial is negated after it, which leaves it open: "a raid could not be ruled out""#,
    ),
    (
        VoiceRule::Counterfactual,
        "stance/counterfactual",
        r#"it would have been: "had the bank not acted, prices would have crashed""#,
    ),
    (VoiceRule::SupposedSo, "stance/supposed", r#"what is supposed to be: "if an outbreak is confirmed, ...""#),
    (
        VoiceRule::Uncertain,
        "stance/uncertain",
        r#"it may be or not: "a merger is far from certain", "may have been set""#,
    ),
];

impl VoiceRule {
    /// All rules.
    pub fn all() -> impl Iterator<Item = Self> {
        RULES.iter().map(|(rule, _, _)| *rule)
    }

    /// Its id: `voice/...` or `stance/...`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        RULES[self as usize].1
    }

    /// What it says, in one line.
    #[must_use]
    pub const fn doc(self) -> &'static str {
        RULES[self as usize].2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum_and_ids_are_unique() {
        for (at, (rule, id, _)) in RULES.iter().enumerate() {
            assert_eq!(*rule as usize, at, "{id}");
            assert!(RULES[..at].iter().all(|(_, other, _)| other != id), "{id}");
        }
    }
}
