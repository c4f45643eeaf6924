//! Who says it and which side that voice takes: tables of cases, and what holds for every text.

use parallax::model::{Document, Span};
use parallax::text::{AttributedWords, Language, Reading, Vocabulary, VoiceReader, VoiceRule, Voices, read};
use proptest::prelude::*;

/// Reads `text` (a title after "[title] ", a language other than English after "[de] ") and hands over its voices.
fn with_voices<T>(text: &str, check: impl FnOnce(&Document, &Reading, &Voices) -> T) -> T {
    let language = if text.starts_with("[de] ") { None } else { Language::of("en") };
    let document = match text.strip_prefix("[title] ") {
        Some(title) => Document::new("1", title, ""),
        None => Document::new("1", "", text),
    };
    let (mut vocabulary, mut reading, mut reader) = (Vocabulary::default(), Reading::default(), VoiceReader::default());
    read(&document, language, &mut vocabulary, &mut reading);
    check(&document, &reading, &reader.read(document.content(), &reading, &vocabulary, language))
}

fn word(debug: impl std::fmt::Debug) -> String {
    format!("{debug:?}").to_lowercase()
}

/// `source | verb | class kind complement mood | rule | content // content`
fn drawn(content: &str, attribution: &AttributedWords) -> String {
    let text = |span: Option<Span>| span.map_or("-", |span| span.of(content));
    let words: Vec<String> = attribution.content.iter().map(|span| span.of(content).replace('\n', "\\n")).collect();
    format!(
        "{} | {} | {} {} {} {} | {} | {}",
        text(attribution.source),
        text(attribution.verb),
        attribution.verb_class.as_str(),
        word(attribution.kind),
        word(attribution.complement),
        word(attribution.mood),
        attribution.rule.id(),
        words.join(" // ")
    )
}

#[test]
fn sources_verbs_and_words_are_found_in_every_form_of_news_english() {
    let table = include_str!("text/voice.txt");
    let mut wrong = Vec::new();
    let mut lines = table.lines().filter(|line| !line.starts_with("# ")).peekable();
    while let Some(text) = lines.next() {
        let mut expected = Vec::new();
        while let Some(line) = lines.next_if(|line| line.starts_with("    ")) {
            expected.push(line.trim().to_owned());
        }
        let found = with_voices(&text.replace("\\n", "\n"), |document, _, voices| {
            voices.attributions().iter().map(|it| drawn(document.content(), it)).collect::<Vec<_>>()
        });
        if found != expected {
            wrong.push(format!("{text}\n  expected {expected:#?}\n  found    {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_cue_has_the_voice_and_the_stance_a_reader_would_give_it() {
    let table = include_str!("text/stance.txt");
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with("# ")) {
        let [text, cue, expected] = line.splitn(3, " | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
        let found = with_voices(text, |document, _, voices| {
            let start = document.content().find(cue).expect(line);
            let span = Span::new(start, start + cue.len());
            let voice = voices.voice_of(span).map_or("own | -".to_owned(), |speaker| {
                format!("{} | {}", speaker.name.as_deref().unwrap_or("nobody"), speaker.verb_class.as_str())
            });
            let stand = voices.stand_of(span);
            let because = stand.because.map_or("-", |span| span.of(document.content()));
            let told = if stand.rule == VoiceRule::Affirmed { voices.voice_rule(span) } else { Some(stand.rule) };
            format!("{voice} | {} | {because} | {}", word(stand.polarity), told.map_or("-", VoiceRule::id))
        });
        if found != expected {
            wrong.push(format!("{text}\n  {cue}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_title_or_a_line_without_a_full_stop_says_nothing_of_the_next() {
    let lines = [
        "Vilnius arms its forces amid raid fears",
        "A town without hope",
        "Why the pact should not",
        "The mayor asks if",
        "Minsk denies",
        "Lis: there is no",
    ];
    let table = include_str!("text/stance.txt");
    for line in table.lines().filter(|line| !line.starts_with("# ") && !line.starts_with('[')) {
        let [text, cue, _] = line.splitn(3, " | ").collect::<Vec<_>>()[..] else { panic!("{line}") };
        for before in lines {
            let told = |title: &str, text: &str| {
                let document = Document::new("1", title, text);
                let (mut vocabulary, mut reading) = (Vocabulary::default(), Reading::default());
                read(&document, Language::of("en"), &mut vocabulary, &mut reading);
                let mut reader = VoiceReader::default();
                let voices = reader.read(document.content(), &reading, &vocabulary, Language::of("en"));
                let start = document.content().rfind(cue).expect(line);
                let span = Span::new(start, start + cue.len());
                let verb =
                    voices.voice_of(span).map(|it| (it.name.clone(), it.verb.map(|it| it.of(document.content()))));
                let stand = voices.stand_of(span);
                format!("{verb:?} {:?} {}", stand.polarity, stand.rule.id())
            };
            let paragraphs = |mark: &str| told("", &format!("{before}{mark}\n\n{text}"));
            assert_eq!(told(before, text), told(&format!("{before}."), text), "[{before}] {line}");
            assert_eq!(paragraphs(""), paragraphs("."), "{before} // {line}");
        }
    }
}

#[test]
fn a_sentence_stands_as_most_of_what_it_says() {
    for (text, expected) in [
        ("Minsk has massed tanks at the border of the town.", "affirmed stance/affirmed"),
        ("There is no sign that tanks were massed at the border.", "negated stance/negated-clause"),
        ("The town has tanks and guns, but no plan.", "affirmed stance/affirmed"),
        ("The general denied that tanks were massed at the border.", "denied stance/denied"),
        ("Will tanks come to the border?", "questioned stance/question-mark"),
        ("[de] Panzer kommen.", "unknown"),
    ] {
        let found = with_voices(text, |_, reading, voices| {
            let words = reading.tokens.iter().map(|token| token.span).filter(|word| !voices.is_report(*word));
            let words: Vec<Span> = words.collect();
            let core = voices.core_of(&words);
            let spoken: Vec<Span> = words.into_iter().filter(|word| core.contains(*word)).collect();
            let stand = voices.stand_of_most(&spoken);
            stand.map_or("unknown".to_owned(), |stand| format!("{} {}", word(stand.polarity), stand.rule.id()))
        });
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn every_rule_has_a_case() {
    let cases = [include_str!("text/voice.txt"), include_str!("text/stance.txt")];
    // Of plain affirmation the cases name the rule of the voice.
    for rule in VoiceRule::all().filter(|rule| *rule != VoiceRule::Affirmed) {
        let written = format!("| {}", rule.id());
        let has =
            |table: &&str| table.lines().any(|line| line.ends_with(&written) || line.contains(&format!("{written} |")));
        assert!(cases.iter().any(has), "{} has no case: {}", rule.id(), rule.doc());
    }
}

/// The names of those whom a text gives the word, in its order; a dash for nobody.
fn names_in(text: &str) -> String {
    with_voices(text, |_, _, voices| {
        let names = voices.attributions().iter().map(|it| it.name.clone().unwrap_or_else(|| "-".to_owned()));
        names.collect::<Vec<_>>().join(", ")
    })
}

#[test]
fn a_name_is_one_source_throughout_a_document_where_that_is_safe() {
    for (text, names) in [
        (
            "President Jan Nowak said it rained. Mr. Nowak said it snowed. He said it was cold.",
            "Jan Nowak, Jan Nowak, Jan Nowak",
        ),
        ("Jan Nowak said it snowed. Ewa Nowak said it was cold. Nowak said it rained.", "Jan Nowak, Ewa Nowak, Nowak"),
        ("Ewa Lis said it rained. The ministry said it snowed. She said it was cold.", "Ewa Lis, ministry, Ewa Lis"),
        ("He said it rained.", "-"),
        ("Ewa Lis said it rained. Jan Nowak said it snowed. She said it was cold.", "Ewa Lis, Jan Nowak, Ewa Lis"),
        ("Skye Lis said it rained. Kai Nowak said it snowed. She said it was cold.", "Skye Lis, Kai Nowak, Kai Nowak"),
        ("Ewa Lis met the press. The town was wet, she said.", "Ewa Lis"),
        ("Jan Nowak left. Ewa Lis said that he hoped it rained.", "Ewa Lis, Jan Nowak"),
        ("Jan Nowak said he hoped it rained.", "Jan Nowak, Jan Nowak"),
        ("Ms. Lis said it rained. Mr. Nowak said it snowed. She said it was cold.", "Lis, Nowak, Lis"),
        ("Ewa Lis, who said it rained, left.", "Ewa Lis"),
        ("Lodz and Vilnius said it rained. Vilnius said it snowed.", "Lodz and Vilnius, Vilnius"),
        // A line break was lost between two names.
        (
            "President Ewa Lis met Jan Nowak. Jan Nowak Lis said it rained. Lis said it snowed.",
            "Jan Nowak Lis, Ewa Lis",
        ),
        ("“I think it rained,” Ewa Lis said.", "Ewa Lis, Ewa Lis"),
        ("Jan Nowak met Ewa Lis -- who said it rained.", "Ewa Lis"),
        ("A battle over the town began between Russians, who said it rained.", "Russians"),
        ("A young widow, Ewa, was silent. She said it rained.", "Ewa"),
        // A caption is not what the text goes on about.
        (
            "Adam Nowak said it rained. President Jan Berg opens a fair in Lodz on May 3, 2021. “It snowed,” he added.",
            "Adam Nowak, Adam Nowak",
        ),
        ("QRS's Nowak said it rained. Adam Nowak left.", "Adam Nowak"),
        ("QRS's council said it rained. The town council left.", "QRS's council"),
        ("Adam Nowak said it rained. Nowak himself said it snowed.", "Adam Nowak, Adam Nowak"),
        ("In his kitchen in Lodz, Skye Berg keeps maps. These days, he says, it is cold.", "Skye Berg"),
        ("Orrin Freight will cut pay, it announced.", "Orrin Freight"),
        (
            "The head of the guild, Lea Dumas-Petit, said it rained. It was cold, she said.",
            "Lea Dumas-Petit, Lea Dumas-Petit",
        ),
        ("De los Rios said it rained. It was cold, she said.", "De los Rios, De los Rios"),
        (
            "Jan Lis was a surgeon. He saw much. In May his ward was shut. The town knew him. He said it rained.",
            "Jan Lis",
        ),
    ] {
        assert_eq!(names_in(text), names, "{text}");
    }
}

#[test]
fn an_office_is_who_the_text_says_holds_it() {
    for (text, names) in [
        (
            "President Jan Nowak met Mayor Ewa Lis. Nowak said it was late. The president said it rained. Mrs. Lis said it was late. The mayor said it snowed.",
            "Jan Nowak, Jan Nowak, Ewa Lis, Ewa Lis",
        ),
        (
            "Jan Nowak, the Polish foreign minister, left. The foreign minister said it rained. He was cold, he said.",
            "Jan Nowak, Jan Nowak",
        ),
        ("The governor, Ewa Lis, said it was late. The governor said it rained.", "Ewa Lis, Ewa Lis"),
        ("Polish President Jan Nowak met President Ewa Lis. The Polish president said it rained.", "Jan Nowak"),
        (
            "President Nowak met French President Jean Petit. Nowak said it was late. The president said it rained.",
            "Nowak, Nowak",
        ),
        ("Ewa Lis met President Jan Nowak. The president said it rained.", "president"),
        ("Secretary of State Jan Nowak met press secretary Ewa Lis. The press secretary said it rained.", "Ewa Lis"),
        // Of two nobody knows who is meant; another office is another's.
        ("Poland's president, Jan Nowak, left. The president said it rained.", "president"),
        ("Lodz Mayor Jan Nowak met Minsk Mayor Jean Petit. The mayor said it rained.", "mayor"),
        ("Polish President Jan Nowak met French President Jean Petit. The president said it rained.", "president"),
        ("Prime Minister Ewa Lis left. The minister said it rained.", "minister"),
        ("Former President Jan Nowak left. The president said it rained.", "president"),
        ("German President Jan Nowak left. The Polish president said it rained.", "Polish president"),
    ] {
        assert_eq!(names_in(text), names, "{text}");
    }
}

#[test]
fn a_name_is_whole_and_without_what_is_no_part_of_it() {
    for (text, names) in [
        // Family names of several words, and what tells a son from his father.
        (
            "Chief Emma van der Lis said it rained. Van der Lis left. “It is wet,” van der Lis said.",
            "Emma van der Lis, Emma van der Lis",
        ),
        ("Linda Lis-Nowak said it rained. Lis-Nowak said it snowed.", "Linda Lis-Nowak, Linda Lis-Nowak"),
        ("Moira O'Lis said it rained. O'Lis said it snowed.", "Moira O'Lis, Moira O'Lis"),
        ("Adam Nowak Jr. said it rained. Nowak said it snowed.", "Adam Nowak Jr., Adam Nowak Jr."),
        ("Adam Nowak said it rained. Adam Nowak Jr. said it snowed. Nowak left.", "Adam Nowak, Adam Nowak Jr."),
        // An office, however long, is no part of a name; whom somebody works for is not who speaks.
        ("President Adam K. Nowak of Oakland said it rained. Mr. Nowak said no.", "Adam K. Nowak, Adam K. Nowak"),
        ("The envoy to the United Cities Linda Lis said it rained.", "Linda Lis"),
        ("Chairman of the Joint Chiefs of Staff Gen. Adam Nowak said it rained.", "Adam Nowak"),
        ("QRS host and former secretary of state Adam Nowak said it rained.", "Adam Nowak"),
        ("QRS News' Linda Lis said it rained. CityAgency Administrator Adam Nowak said no.", "Linda Lis, Adam Nowak"),
        ("An aide to President Nowak said it rained.", "aide to President Nowak"),
        (
            "A spokesman for the Foreign, Trade & Aid Office said it rained.",
            "spokesman for the Foreign, Trade & Aid Office",
        ),
        ("The department of Trade and Industry said it rained.", "department of Trade and Industry"),
        // A capital that is due to its place.
        ("Officials said it rained. The officials said it snowed.", "officials, officials"),
        ("Senior QRS officials said it rained. Kremlin aides said no.", "senior QRS officials, Kremlin aides"),
        ("State Hall officials said it rained. Democrats said no.", "State Hall officials, Democrats"),
        ("Baker said it rained. The President said no.", "Baker, president"),
        // Of a clause with "that" or "which" the noun before it, also without an article.
        ("They differ on how to weigh US army assessments that say a raid is near.", "-, US army assessments"),
        ("He cited reports which warn that the tax could rise.", "-, reports"),
        ("It came to senior officials who said the port was closed.", "senior officials"),
        // A part of many, and those of whom there is no name.
        ("One of the officials said it rained. Some said it snowed.", "one of the officials, -"),
        ("The three main unions said it rained. Two officials said no.", "three main unions, officials"),
        ("The strike will hurt, people familiar with the matter said.", "people familiar with the matter"),
        ("The ministry met the union and the bank; the latter said it rained.", "bank"),
        ("Lodz and Minsk both said it rained. The army over the weekend said no.", "Lodz and Minsk, army"),
        ("This week, the chief, Adam Nowak, said it rained.", "Adam Nowak"),
        // "Oakland" is not the envoy to it.
        ("Russia's envoy to Oakland said it rained. Oakland said no.", "Russia's envoy to Oakland, Oakland"),
    ] {
        assert_eq!(names_in(text), names, "{text}");
    }
}

#[test]
fn clauses_end_where_a_verb_of_their_own_begins() {
    for marked in [
        "Troops are massing,| but talks go on.",
        "Warsaw and Vilnius agree.",
        "The mayor said| that the road was wet| because it had rained.",
        "The drill,| which began in May,| is over;| the tanks are gone.",
        "Mass was held for the dead,| leaving the square| (it is small) |full.",
        "After the drill the tanks left.",
    ] {
        let text = marked.replace('|', "");
        let found = with_voices(&text, |document, reading, voices| {
            let mut drawn = String::new();
            let mut at = 0;
            for (index, token) in reading.tokens.iter().enumerate() {
                let start = token.span.start;
                drawn.push_str(&document.content()[at..start]);
                if index > 0 && voices.clause_of(index).start == index {
                    drawn.push('|');
                }
                drawn.push_str(token.span.of(document.content()));
                at = token.span.end;
            }
            drawn
        });
        let bare = |drawn: &str| drawn.replace("| ", " |");
        assert_eq!(bare(&found), bare(marked));
    }
}

#[test]
fn nothing_is_known_of_a_language_that_is_not_supported() {
    with_voices("[de] \"Es ist kalt\", sagte Ewa Lis. Ewa Lis said no.", |_, _, voices| {
        assert!(!voices.is_known());
        assert!(voices.attributions().is_empty());
        assert_eq!(voices.voice_of(Span::new(5, 10)), None);
    });
}

/// Everything that must hold for the voices of any text.
fn check_voices(text: &str) -> Result<(), TestCaseError> {
    with_voices(text, |document, reading, voices| {
        let content = document.content();
        for attribution in voices.attributions() {
            prop_assert!(!voices.named_speaker(attribution).content.is_empty());
            let spans = attribution.content.iter().copied().chain(attribution.source).chain(attribution.verb);
            for span in spans {
                prop_assert!(span.start < span.end, "empty span");
                prop_assert!(content.get(span.start..span.end).is_some(), "no text at {span:?}");
            }
            prop_assert!(!attribution.content.is_empty());
            prop_assert!(attribution.content.is_sorted_by(|left, right| left.end <= right.start));
        }
        for (index, token) in reading.tokens.iter().enumerate() {
            let clause = voices.clause_of(index);
            prop_assert!(clause.contains(&index), "token {index} outside its clause {clause:?}");
            let stand = voices.stand_of(token.span);
            prop_assert!(stand.because.is_none_or(|span| content.get(span.start..span.end).is_some()));
        }
        Ok(())
    })
}

proptest! {
    #[test]
    fn any_text_has_voices_in_order_and_on_character_boundaries(text in "\\PC{0,200}") {
        check_voices(&text)?;
    }

    #[test]
    fn any_mixture_of_reporting_words_and_quotation_marks_has_voices(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "said", "Putin", "\"", "\u{201C}", "\u{201D}", "'", "''", "\u{AB}", "\u{BB}", ",", ".", "?", ":", ";",
                "(", ")", "-", "\u{2014}", "\n", "\n\n", " ", " ", " ", "that", "who", "he", "according", "to", "and",
                "not", "no", "denied", "claims", "by", "the", "his", "'s", "words", "in", "saying", "was", "as", "of",
                "told", "reporters", "I", "we", "say", "think", "on", "Monday", "whether", "@p", "U.S.", "so", "called", "Mr.", "NATO", "\u{E9}",
            ]),
            0..60,
        )
    ) {
        check_voices(&words.concat())?;
        check_voices(&words.join(" "))?;
    }
}
