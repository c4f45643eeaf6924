//! The keys of a study file: what each holds, what counts without it, what it does.

use crate::codebook::{FileKey, Holds, KeyTable, choice_words};
use crate::model::{
    CopyRule, FileFormat, Period, RestRule, ScorerKind, StanceFilter, TableFormat, Unit, VoiceFilter, Weight,
};

pub(super) const SCORERS: [(&str, ScorerKind); 3] =
    [("rules", ScorerKind::Rules), ("taught-by-rules", ScorerKind::TaughtByRules), ("labels", ScorerKind::Labels)];

pub(super) const TABLE_FORMATS: [(&str, TableFormat); 2] =
    [("csv", TableFormat::Csv), ("parquet", TableFormat::Parquet)];

pub(super) const PERIODS: [(&str, Period); 5] = [
    ("day", Period::Day),
    ("week", Period::Week),
    ("month", Period::Month),
    ("quarter", Period::Quarter),
    ("year", Period::Year),
];
pub(super) const VOICES: [(&str, VoiceFilter); 3] =
    [("all", VoiceFilter::All), ("own", VoiceFilter::Own), ("attributed", VoiceFilter::Attributed)];
pub(super) const STANCES: [(&str, StanceFilter); 3] =
    [("all", StanceFilter::All), ("favor", StanceFilter::Favor), ("against", StanceFilter::Against)];
pub(super) const WEIGHTS: [(&str, Weight); 2] =
    [(Weight::Sentence.as_str(), Weight::Sentence), (Weight::Document.as_str(), Weight::Document)];
pub(super) const COPY_RULES: [(&str, CopyRule); 3] =
    [("all", CopyRule::All), ("one", CopyRule::One), ("weight", CopyRule::Weight)];
pub(super) const REST_RULES: [(&str, RestRule); 2] =
    [(RestRule::Pooled.as_str(), RestRule::Pooled), (RestRule::Equal.as_str(), RestRule::Equal)];
pub(super) const UNITS: [(&str, Unit); 2] = [("sentence", Unit::Sentence), ("document", Unit::Document)];
pub(super) const FORMATS: [(&str, FileFormat); 16] = [
    ("csv", FileFormat::Csv),
    ("tsv", FileFormat::Tsv),
    ("jsonl", FileFormat::JsonLines),
    ("json", FileFormat::Json),
    ("spreadsheet", FileFormat::Spreadsheet),
    ("docx", FileFormat::Word),
    ("zip", FileFormat::Zip),
    ("html", FileFormat::Html),
    ("xml", FileFormat::Xml),
    ("rtf", FileFormat::RichText),
    ("warc", FileFormat::Warc),
    ("text", FileFormat::Text),
    ("nexis", FileFormat::Archive),
    ("factiva", FileFormat::Archive),
    ("europresse", FileFormat::Archive),
    ("apa", FileFormat::Archive),
];

const TEXT_OR_TEXTS: Holds = Holds::AnyOf(&[Holds::Text, Holds::Texts]);

/// A study.
pub static STUDY_KEYS: KeyTable = KeyTable {
    place: "the study file",
    keys: &[
        FileKey {
            name: "title",
            holds: Holds::Text,
            default: Some("the name of the file"),
            meaning: "For headings.",
            example: "title = \"Two papers and a dam\"",
        },
        FileKey {
            name: "seed",
            holds: Holds::Whole,
            default: Some("1"),
            meaning: "Of every random stream; the same seed gives the same bytes.",
            example: "seed = 20220203",
        },
        FileKey {
            name: "codebook",
            holds: Holds::Text,
            default: None,
            meaning: "The codebook, relative to the study file, as all paths are.",
            example: "codebook = \"codebook.toml\"",
        },
        FileKey {
            name: "codings",
            holds: TEXT_OR_TEXTS,
            default: Some("none"),
            meaning: "Hand codings: one file or several.",
            example: "codings = [\"anna.csv\", \"boris.csv\"]",
        },
        FileKey {
            name: "labels",
            holds: TEXT_OR_TEXTS,
            default: Some("none"),
            meaning: "Labels from outside (a language model, another classifier, a crowd), which code in the scorer's place.",
            example: "labels = \"llm.csv\"",
        },
        FileKey {
            name: "scorer",
            holds: Holds::AnyOf(&[Holds::Choice(&choice_words(&SCORERS)), Holds::Text]),
            default: Some("\"rules\"; \"labels\" beside `labels`"),
            meaning: "How sentences are scored where no hand codings teach a scorer. A file that ends in .json is a scorer that was \
                      learnt before, by a run (results/scorer.json, copied beside the study) or by `train`, with the codebook as it \
                      is now: then nothing is learnt, and codings only correct.",
            example: "scorer = \"taught-by-rules\"",
        },
        FileKey {
            name: "vectors",
            holds: Holds::Text,
            default: Some("none"),
            meaning: "Sentence vectors that `parallax encode` wrote, for scorers to learn from.",
            example: "codings = \"anna.csv\"\nvectors = \"vectors.plv\"",
        },
        FileKey {
            name: "output",
            holds: Holds::Text,
            default: Some("\"results\""),
            meaning: "Folder of the results.",
            example: "output = \"results\"",
        },
        FileKey {
            name: "tables",
            holds: Holds::Texts,
            default: Some("[\"csv\"]"),
            meaning: "How tables are written: CSV always, and `\"parquet\"` beside it, with the same cells in columns of their types (text, \
                      64-bit whole numbers, doubles, days, truths; empty is null). Parquet takes a program built with the feature `parquet`.",
            example: "tables = [\"csv\", \"parquet\"]",
        },
        FileKey {
            name: "zeros",
            holds: Holds::Truth,
            default: Some("true"),
            meaning: "Whether documents.csv has a row for each frame that a document does not carry. With `false` rows in which every \
                      count is 0 are left out, but for each document's first frame and the first document: with 300 frames \
                      nearly all rows. What reads the table takes a frame that a document lacks for 0.",
            example: "zeros = false",
        },
        FileKey {
            name: "notebooks",
            holds: Holds::Text,
            default: Some("none"),
            meaning: "A folder that runs write notebooks to besides the one in the results.",
            example: "notebooks = \"analysis\"",
        },
        FileKey {
            name: "date_format",
            holds: TEXT_OR_TEXTS,
            default: Some("none"),
            meaning: "How dates are written in corpora that say nothing themselves.",
            example: "date_format = \"%d.%m.%Y\"",
        },
        FileKey {
            name: "corpus",
            holds: Holds::Tables(&CORPUS_KEYS),
            default: None,
            meaning: "Where articles are, one table for files that are read alike.",
            example: "[[corpus]]\npath = \"a.csv\"",
        },
        FileKey {
            name: "compare",
            holds: Holds::Table(&COMPARE_KEYS),
            default: Some("the defaults of its keys"),
            meaning: "What is held against what.",
            example: "[compare]\nby = \"outlet\"",
        },
        FileKey {
            name: "groups",
            holds: Holds::TextsByName,
            default: Some("every value a group of its own"),
            meaning: "Values of the column compared by that are one group.",
            example: "[groups]\nstate-media = [\"RT\", \"TASS\"]",
        },
        FileKey {
            name: "frame_group",
            holds: Holds::Tables(&FRAME_GROUP_KEYS),
            default: Some("none"),
            meaning: "Frames that are counted together, too, as rows of their own, whose p-values are adjusted together with those of frames.",
            example: "[[frame_group]]\nid = \"danger\"\nframes = [\"threat\", \"risk\"]",
        },
        FileKey {
            name: "regression",
            holds: Holds::Table(&REGRESSION_KEYS),
            default: Some("the column compared by, and date"),
            meaning: "What regression.csv explains shares by.",
            example: "[regression]\non = [\"outlet\", \"date\"]",
        },
        FileKey {
            name: "keyness",
            holds: Holds::Table(&KEYNESS_KEYS),
            default: Some("each group against the others"),
            meaning: "Whose words keyness.csv compares, too.",
            example: "[keyness]\nleast_documents = 10",
        },
        FileKey {
            name: "mark",
            holds: Holds::Tables(&MARK_KEYS),
            default: Some("none"),
            meaning: "Days that figures show a line at.",
            example: "[[mark]]\ndate = \"2022-02-21\"\nlabel = \"Recognition\"",
        },
    ],
};

/// Where articles are, and how their files are to be read.
pub(super) static CORPUS_KEYS: KeyTable = KeyTable {
    place: "[[corpus]]",
    keys: &[
        FileKey {
            name: "path",
            holds: Holds::Text,
            default: None,
            meaning: "A file, a folder, or a pattern such as \"articles/*.csv\".",
            example: "path = \"articles/*.csv\"",
        },
        FileKey {
            name: "columns",
            holds: Holds::ValuesByName,
            default: Some("as the names used here"),
            meaning: "Which column of the files stands for id, outlet, date, title or text, or for any name of your own.",
            example: "columns = { outlet = \"source\", date = \"published\" }",
        },
        FileKey {
            name: "set",
            holds: Holds::ValuesByName,
            default: Some("none"),
            meaning: "What is the same for every record.",
            example: "set = { language = \"en\" }",
        },
        FileKey {
            name: "date_format",
            holds: TEXT_OR_TEXTS,
            default: Some("that of the study"),
            meaning: "How dates are written where they are neither ISO 8601 nor name their month; the first format that fits counts.",
            example: "date_format = [\"%d.%m.%Y\", \"%Y%m%d\"]",
        },
        FileKey {
            name: "format",
            holds: Holds::Choice(&choice_words(&FORMATS)),
            default: Some("as the ending of each file says"),
            meaning: "How the files are read whatever their ending is; of a folder, all of them.",
            example: "format = \"warc\"",
        },
        FileKey {
            name: "encoding",
            holds: Holds::Text,
            default: Some("found out: UTF-8, UTF-16 or Windows-1252"),
            meaning: "The encoding by its WHATWG name, or \"utf-8-twice\" for UTF-8 that was decoded twice.",
            example: "encoding = \"windows-1251\"",
        },
        FileKey {
            name: "rename",
            holds: Holds::ValuesByName,
            default: Some("none"),
            meaning: "Spellings of an outlet, or of a group, that are one.",
            example: "rename = { \"QUAY MAIL\" = \"Quay Mail\" }",
        },
        FileKey {
            name: "strip_html",
            holds: Holds::Truth,
            default: Some("false"),
            meaning: "Takes tags and entities out of titles and texts.",
            example: "strip_html = true",
        },
        FileKey {
            name: "drop_repeated_title",
            holds: Holds::Truth,
            default: Some("false"),
            meaning: "Takes a title at the beginning of its text out there.",
            example: "drop_repeated_title = true",
        },
        FileKey {
            name: "where",
            holds: Holds::Text,
            default: Some("all records"),
            meaning: "A condition on columns; records outside are excluded as outside-subset.",
            example: "where = \"section == 'World' and words >= 300\"",
        },
        FileKey {
            name: "from",
            holds: Holds::Day,
            default: Some("the first"),
            meaning: "First day that belongs to the study.",
            example: "from = 2022-01-01",
        },
        FileKey {
            name: "to",
            holds: Holds::Day,
            default: Some("the last"),
            meaning: "Last day that belongs to it.",
            example: "to = 2022-02-23",
        },
    ],
};

/// What is held against what.
pub(super) static COMPARE_KEYS: KeyTable = KeyTable {
    place: "[compare]",
    keys: &[
        FileKey {
            name: "by",
            holds: Holds::Text,
            default: Some("\"outlet\""),
            meaning: "Column whose values are the groups.",
            example: "by = \"desk\"",
        },
        FileKey {
            name: "period",
            holds: Holds::AnyOf(&[Holds::Choice(&choice_words(&PERIODS)), Holds::Days]),
            default: Some("none, the whole span only"),
            meaning: "How dates are grouped; cut dates each begin a period.",
            example: "period = \"week\"",
        },
        FileKey {
            name: "voice",
            holds: Holds::Choice(&choice_words(&VOICES)),
            default: Some("\"all\""),
            meaning: "Whose hits count: the outlet's own, those of its sources, or both.",
            example: "voice = \"own\"",
        },
        FileKey {
            name: "stance",
            holds: Holds::Choice(&choice_words(&STANCES)),
            default: Some("\"all\""),
            meaning: "Hits of which stance count; not beside a voice.",
            example: "stance = \"against\"",
        },
        FileKey {
            name: "unit",
            holds: Holds::Choice(&choice_words(&UNITS)),
            default: Some("\"sentence\""),
            meaning: "What a share is a share of.",
            example: "unit = \"document\"",
        },
        FileKey {
            name: "at_least",
            holds: Holds::AnyOf(&[Holds::Number, Holds::NumbersByName]),
            default: Some("1 sentence, or what codings of documents say"),
            meaning: "With unit = \"document\": from how many sentences, or which share of them, a document carries a frame; one number, or by frame.",
            example: "at_least = { moral = 2 }",
        },
        FileKey {
            name: "contrasts",
            holds: Holds::Pairs,
            default: Some("none"),
            meaning: "Pairs of frames held against each other inside each group.",
            example: "contrasts = [[\"jobs\", \"environment\"]]",
        },
        FileKey {
            name: "period_pairs",
            holds: Holds::Truth,
            default: Some("false"),
            meaning: "Compares each pair of groups in single periods, too.",
            example: "period_pairs = true",
        },
        FileKey {
            name: "least_documents",
            holds: Holds::Whole,
            default: Some("4"),
            meaning: "Groups with fewer documents have shares but no pairs.",
            example: "least_documents = 6",
        },
        FileKey {
            name: "interruptions",
            holds: Holds::Days,
            default: Some("none"),
            meaning: "Days named before looking: step, change of slope, before and after, in trends.csv.",
            example: "interruptions = [\"2022-02-24\"]",
        },
        FileKey {
            name: "copies",
            holds: Holds::Choice(&choice_words(&COPY_RULES)),
            default: Some("\"all\""),
            meaning: "Of copies of one text in a group: every one counts, only the earliest, or each by one over their number (in shares, differences and contrasts); always they are one unit.",
            example: "copies = \"one\"",
        },
        FileKey {
            name: "rest",
            holds: Holds::Choice(&choice_words(&REST_RULES)),
            default: Some("\"pooled\""),
            meaning: "All others that a group is held against in comparisons.csv and within.csv: their sentences as those of one group, or each of them alike, as the mean of their shares.",
            example: "rest = \"equal\"",
        },
        FileKey {
            name: "weight",
            holds: Holds::Choice(&choice_words(&WEIGHTS)),
            default: Some("\"sentence\""),
            meaning: "What counts alike in shares, differences and contrasts: every sentence, or every document however long, copies of a text in a group being one.",
            example: "weight = \"document\"",
        },
        FileKey {
            name: "within",
            holds: Holds::Text,
            default: Some("none"),
            meaning: "Column inside whose values groups are compared, too: within.csv; \"story\" stands for the stories found where the corpus has no such column.",
            example: "within = \"event\"",
        },
    ],
};

/// What shares are explained by.
pub(super) static REGRESSION_KEYS: KeyTable = KeyTable {
    place: "[regression]",
    keys: &[FileKey {
        name: "on",
        holds: Holds::Texts,
        default: None,
        meaning: "Columns of the corpus, each once; the date is a time, the others are values.",
        example: "on = [\"outlet\", \"date\"]",
    }],
};

/// Whose words are compared, and from how many documents on.
pub(super) static KEYNESS_KEYS: KeyTable = KeyTable {
    place: "[keyness]",
    keys: &[
        FileKey {
            name: "least_documents",
            holds: Holds::Whole,
            default: Some("5"),
            meaning: "A term is tested where so many distinct documents of the side that uses it more have it, and each side has as many; \
                      2 or more.",
            example: "least_documents = 10",
        },
        FileKey {
            name: "subsets",
            holds: Holds::ValuesByName,
            default: Some("none"),
            meaning: "Parts of the corpus by names of your own, each a condition as `where` has it; each is held against all other \
                      documents, or against what `pairs` says.",
            example: "subsets = { war = \"date >= 2022-02-24\", peace = \"date < 2022-02-24\" }",
        },
        FileKey {
            name: "pairs",
            holds: Holds::Pairs,
            default: Some("none"),
            meaning: "Pairs of subsets held against each other; a document of both is on neither side.",
            example: "subsets = { war = \"date >= 2022-02-24\", peace = \"date < 2022-02-24\" }\npairs = [[\"war\", \"peace\"]]",
        },
        FileKey {
            name: "reference",
            holds: Holds::Text,
            default: Some("none: all others are what is held against"),
            meaning: "A table of word frequencies elsewhere, columns term and count; groups, and subsets in no pair, are held against it \
                      in place of all others. A term of two words is a pair.",
            example: "reference = \"words.csv\"",
        },
    ],
};

/// A day on which something happened.
pub(super) static MARK_KEYS: KeyTable = KeyTable {
    place: "[[mark]]",
    keys: &[
        FileKey {
            name: "date",
            holds: Holds::Day,
            default: None,
            meaning: "The day.",
            example: "date = \"2022-02-21\"",
        },
        FileKey {
            name: "label",
            holds: Holds::Text,
            default: None,
            meaning: "What happened, in few words.",
            example: "label = \"Recognition\"",
        },
    ],
};

/// Frames that are counted together.
pub(super) static FRAME_GROUP_KEYS: KeyTable = KeyTable {
    place: "[[frame_group]]",
    keys: &[
        FileKey {
            name: "id",
            holds: Holds::Text,
            default: None,
            meaning: "What tables call it; no id of a frame.",
            example: "id = \"danger\"",
        },
        FileKey {
            name: "frames",
            holds: Holds::Texts,
            default: None,
            meaning: "Ids of the frames, two or more.",
            example: "frames = [\"threat\", \"risk\"]",
        },
    ],
};
