//! The codebook file, from TOML to a checked [`Codebook`].

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::file_keys::{CODEBOOK_KEYS, FRAME_KEYS, RULE_KEYS, STANCES, VOICES};
use crate::codebook::matching::Matcher;
use crate::codebook::network::{Network, NodeId};
use crate::codebook::pattern::{self, MAX_DEPTH, Pattern, PatternError};
use crate::codebook::toml_file::{Fields, Text, TomlError, TomlFile, unknown_word};
use crate::codebook::{Codebook, Frame, Rule, SourceGroup, WordList, Written};
use crate::model::Stance;
use crate::text::Language;

/// A coding is a hit from this probability on, where the frame does not say otherwise.
const DEFAULT_THRESHOLD: f64 = 0.5;

/// What a cue adds to the score, where the rule does not say otherwise.
const DEFAULT_WEIGHT: f64 = 1.0;

/// The most words and branches in all patterns together: hundreds of megabytes of memory, far beyond any dictionary.
const MAX_SIZE: usize = 5_000_000;

/// What is said of a list or pattern deeper than [`MAX_DEPTH`].
const TOO_DEEP: &str = "nests groups, lists and phrases more than 1000 deep; split it into several";

/// Reads a codebook; `name` is the file as the user named it, from wherever that was: one without a title is called as its
/// file, so that results do not depend on the folder the program was started in.
///
/// # Errors
/// At the first thing that is wrong: TOML, unknown keys, missing or repeated ids, unknown frames or lists, lists that
/// contain themselves, and patterns that cannot be read, each with its place in the file.
pub fn parse(text: &str, name: &str) -> Result<Codebook, TomlError> {
    let file = TomlFile { name, text };
    let table = file.parse()?;
    let root = Fields::root(file, &table, "the codebook");
    root.refuse_unknown(&CODEBOOK_KEYS, |_| None)?;
    let frames = frames(&root)?;
    let lists = lists(file, &root)?;
    let mut reader = Reader { file, frames: &frames, lists: &lists, network: Network::default(), roots: Vec::new() };
    let tables = root.tables("rule", "[[rule]]", "[[rule]] with two brackets, since there may be several")?;
    let mut rules = Vec::with_capacity(tables.len());
    let mut ids = BTreeSet::new();
    for fields in tables {
        let rule = reader.rule(&fields)?;
        if !ids.insert(rule.id.clone()) {
            return Err(fields.missing(&format!("rule \"{}\" is defined twice; give one another id", rule.id)));
        }
        rules.push(rule);
    }
    let sources = reader.sources(&root)?;
    let Reader { network, roots, .. } = reader;
    let matched: Vec<usize> = rules.iter().map(|rule| rule.pattern).collect();
    Ok(Codebook {
        title: root.text("title")?.map_or_else(|| file_name(name), |title| title.value),
        language: root.text("language")?.map_or_else(|| Language::DEFAULT.to_owned(), |language| language.value),
        matcher: Matcher::new(network, roots, &matched),
        frames,
        rules,
        sources,
        lists: written_lists(&root)?,
        patterns: lists,
    })
}

/// What finds `pattern`, number 0 of its patterns, in sentences; it may name the codebook's lists.
///
/// # Errors
/// When the pattern cannot be read or names an unknown list; the caret stands under the place.
pub fn search(codebook: &Codebook, pattern: &str) -> Result<Matcher, TomlError> {
    let file = TomlFile { name: "PATTERN", text: pattern };
    let checked = codebook.patterns.checked(pattern).map_err(|error| file.error(error.at, error.message))?;
    let mut network = Network::default();
    let root = network.add(&checked, &codebook.patterns.lists);
    if network.size() > MAX_SIZE {
        return Err(file.error(0, format!("more than {MAX_SIZE} words and branches; search for less at once")));
    }
    Ok(Matcher::new(network, vec![root], &[0]))
}

/// The last part of a path.
fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// The word lists as the file has them, by name.
fn written_lists(root: &Fields<'_, '_>) -> Result<Vec<WordList>, TomlError> {
    let Some(fields) = root.table("lists", "[lists]")? else { return Ok(Vec::new()) };
    let list = |name: &str| {
        let entries = fields.texts(name)?.into_iter().map(|entry| entry.value).collect();
        Ok(WordList { name: name.to_owned(), entries })
    };
    let mut lists: Vec<WordList> = fields.table.keys().map(|key| list(key.get_ref())).collect::<Result<_, _>>()?;
    lists.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(lists)
}

fn frames(root: &Fields<'_, '_>) -> Result<Vec<Frame>, TomlError> {
    let (mut frames, mut ids) = (Vec::new(), BTreeSet::new());
    for fields in root.tables("frame", "[[frame]]", "[[frame]] with two brackets, since there may be several")? {
        fields.refuse_unknown(&FRAME_KEYS, |_| None)?;
        let id = identifier(&fields)?;
        if !ids.insert(id.clone()) {
            return Err(fields.missing(&format!("frame \"{id}\" is defined twice; give one another id")));
        }
        let label = fields.text("label")?.map_or_else(|| id.clone(), |label| label.value);
        let definition = fields.text("definition")?.map(|text| text.value).unwrap_or_default();
        let threshold = match fields.number("threshold")? {
            None => DEFAULT_THRESHOLD,
            Some((threshold, _)) if threshold > 0.0 && threshold < 1.0 => threshold,
            Some((_, value)) => return Err(fields.expected(value, "threshold", "a number between 0 and 1")),
        };
        frames.push(Frame { id, label, definition, threshold });
    }
    if frames.is_empty() {
        return Err(root.missing("the codebook has no frame; add [[frame]] with id, label and definition"));
    }
    Ok(frames)
}

/// An id that can stand in a table beside others.
fn identifier(fields: &Fields<'_, '_>) -> Result<String, TomlError> {
    let id = fields.required("id", "give it a short name such as id = \"military-build-up\"")?;
    check_identifier(fields.file, &id.value, id.start())?;
    Ok(id.value)
}

fn check_identifier(file: TomlFile<'_>, id: &str, at: usize) -> Result<(), TomlError> {
    if id.is_empty() || id.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, ';' | ',' | '|' | '"')) {
        let message = format!("id \"{id}\" must have no spaces, commas, semicolons, bars or quotation marks");
        return Err(file.error(at, message));
    }
    Ok(())
}

/// Where each list is defined, and the lists that it uses.
type Uses = BTreeMap<String, (usize, BTreeSet<String>)>;

/// The word lists, each as the alternatives of its entries, and how deep each is; none contains itself.
fn lists(file: TomlFile<'_>, root: &Fields<'_, '_>) -> Result<Lists, TomlError> {
    let Some(fields) = root.table("lists", "[lists]")? else { return Ok(Lists::default()) };
    let names: BTreeSet<&str> = fields.table.keys().map(|key| key.get_ref().as_ref()).collect();
    let mut lists = BTreeMap::new();
    let mut uses = Uses::new();
    for key in fields.table.keys() {
        let (name, at) = (key.get_ref().as_ref(), key.span().start);
        let entries = fields.texts(name)?;
        if entries.is_empty() {
            return Err(file.error(at, format!("list {{{name}}} is empty; give it at least one entry")));
        }
        let mut branches = Vec::new();
        for entry in &entries {
            let branch = pattern_of(file, entry)?;
            uses.entry(name.to_owned())
                .or_insert_with(|| (at, BTreeSet::new()))
                .1
                .extend(named_lists(&branch, &names).map_err(|error| placed(file, entry, error))?);
            branches.push(branch);
        }
        lists.insert(name.to_owned(), Pattern::Any(branches));
    }
    let depths = depths(file, &in_order_of_use(file, &uses)?, &lists, &uses)?;
    Ok(Lists { lists, depths })
}

/// The lists that a pattern uses, all of which must exist.
fn named_lists(pattern: &Pattern, known: &BTreeSet<&str>) -> Result<Vec<String>, PatternError> {
    let mut names = Vec::new();
    pattern.lists(&mut names);
    for (name, at) in &names {
        if !known.contains(name.as_str()) {
            let known: Vec<&str> = known.iter().copied().collect();
            let message = unknown_word(&format!("list {{{name}}}"), name, &known);
            return Err(PatternError { at: *at, message });
        }
    }
    Ok(names.into_iter().map(|(name, _)| name).collect())
}

/// Trouble in a pattern as trouble in the file.
fn placed(file: TomlFile<'_>, text: &Text, error: PatternError) -> TomlError {
    file.error(text.offset(file, error.at), error.message)
}

/// The lists in an order in which each comes after those it uses.
fn in_order_of_use<'u>(file: TomlFile<'_>, uses: &'u Uses) -> Result<Vec<&'u str>, TomlError> {
    // Without recursion: how deep lists nest is checked only afterwards, and a chain of many thousands would overflow
    // the stack here.
    let mut dependents: BTreeMap<&str, Vec<&'u str>> = BTreeMap::new();
    let mut open: BTreeMap<&'u str, usize> = BTreeMap::new();
    for (name, (_, needed)) in uses {
        open.insert(name, needed.len());
        for other in needed {
            dependents.entry(other).or_default().push(name);
        }
    }
    let mut order: Vec<&'u str> =
        uses.iter().filter(|(_, (_, used))| used.is_empty()).map(|(name, _)| &name[..]).collect();
    let mut next = 0;
    while let Some(settled) = order.get(next).copied() {
        next += 1;
        open.remove(settled);
        for user in dependents.get(settled).into_iter().flatten() {
            if let Some(waits) = open.get_mut(user) {
                *waits -= 1;
                if *waits == 0 {
                    order.push(user);
                }
            }
        }
    }
    // What never settles goes round in circles.
    let Some(start) = open.keys().next() else { return Ok(order) };
    let settled = order.iter().copied().collect();
    let (cycle, at) = cycle_from(start, uses, &settled);
    Err(file.error(at, format!("lists contain themselves: {}; remove one of the uses", shown(&cycle))))
}

/// How deep each list is, of those whose names come after the ones they use; refuses one that is too deep to match.
fn depths(
    file: TomlFile<'_>,
    order: &[&str],
    lists: &BTreeMap<String, Pattern>,
    uses: &Uses,
) -> Result<BTreeMap<String, usize>, TomlError> {
    let mut depths = BTreeMap::new();
    for name in order {
        let depth = lists.get(*name).map_or(0, |entries| entries.depth(&depths));
        if depth > MAX_DEPTH {
            let at = uses.get(*name).map_or(0, |(at, _)| *at);
            return Err(file.error(at, format!("list {{{name}}} {TOO_DEEP}")));
        }
        depths.insert((*name).to_owned(), depth);
    }
    Ok(depths)
}

/// The first and last names of a chain of lists.
fn shown(names: &[String]) -> String {
    const ENDS: usize = 5;
    if names.len() <= 2 * ENDS {
        return names.join(" -> ");
    }
    format!("{} -> ... -> {}", names[..ENDS].join(" -> "), names[names.len() - ENDS..].join(" -> "))
}

/// The names along one circle that is reached from list `start`, the first repeated at the end, and where it begins.
fn cycle_from(start: &str, uses: &Uses, settled: &BTreeSet<&str>) -> (Vec<String>, usize) {
    let mut path = vec![start.to_owned()];
    loop {
        let last = path.last().map_or(start, String::as_str);
        let next = uses.get(last).and_then(|(_, used)| used.iter().find(|name| !settled.contains(name.as_str())));
        let Some(next) = next.cloned() else { return (path, 0) };
        if let Some(first) = path.iter().position(|name| *name == next) {
            let mut cycle = path.split_off(first);
            cycle.push(next);
            let at = uses.get(&cycle[0]).map_or(0, |(at, _)| *at);
            return (cycle, at);
        }
        path.push(next);
    }
}

fn pattern_of(file: TomlFile<'_>, text: &Text) -> Result<Pattern, TomlError> {
    pattern::parse(&text.value).map_err(|error| placed(file, text, error))
}

/// Word lists by name, and how deep they are.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: BTreeMap<String, Pattern>,
    depths: BTreeMap<String, usize>,
}

impl Lists {
    /// A pattern whose lists all exist, and which is not too deep.
    fn checked(&self, written: &str) -> Result<Pattern, PatternError> {
        let pattern = pattern::parse(written)?;
        named_lists(&pattern, &self.lists.keys().map(String::as_str).collect())?;
        if pattern.depth(&self.depths) > MAX_DEPTH {
            return Err(PatternError { at: 0, message: format!("the pattern {TOO_DEEP}") });
        }
        Ok(pattern)
    }
}

struct Reader<'a> {
    file: TomlFile<'a>,
    frames: &'a [Frame],
    lists: &'a Lists,
    network: Network,
    roots: Vec<NodeId>,
}

impl Reader<'_> {
    fn rule(&mut self, fields: &Fields<'_, '_>) -> Result<Rule, TomlError> {
        fields.refuse_unknown(&RULE_KEYS, |_| None)?;
        let id = identifier(fields)?;
        let matches = fields.required("match", "write the pattern, such as match = \"troop* NEAR/5 border*\"")?;
        let (unless, source) = (fields.text("unless")?, fields.text("source")?);
        Ok(Rule {
            id,
            frame: self.frame(fields)?,
            pattern: self.pattern(&matches)?,
            unless: unless.as_ref().map(|text| self.pattern(text)).transpose()?,
            stance: fields.choice("stance", &STANCES)?.unwrap_or(Stance::Favor),
            voice: fields.choice("voice", &VOICES)?,
            source: source.as_ref().map(|text| self.pattern(text)).transpose()?,
            written: Written {
                matches: matches.value,
                unless: unless.map(|text| text.value),
                source: source.map(|text| text.value),
            },
            weight: weight(fields)?,
            hits: fields.texts("hits")?.into_iter().map(|text| text.value).collect(),
            misses: fields.texts("misses")?.into_iter().map(|text| text.value).collect(),
        })
    }

    fn frame(&self, fields: &Fields<'_, '_>) -> Result<usize, TomlError> {
        let frame = fields.required("frame", "name the id of a [[frame]]")?;
        self.frames.iter().position(|known| known.id == frame.value).ok_or_else(|| {
            let known: Vec<&str> = self.frames.iter().map(|frame| frame.id.as_str()).collect();
            self.file.error(frame.start(), unknown_word(&format!("frame \"{}\"", frame.value), &frame.value, &known))
        })
    }

    /// The groups of sources, by id.
    fn sources(&mut self, root: &Fields<'_, '_>) -> Result<Vec<SourceGroup>, TomlError> {
        let Some(fields) = root.table("sources", "[sources]")? else { return Ok(Vec::new()) };
        let mut sources = Vec::new();
        for key in fields.table.keys() {
            let (id, at) = (key.get_ref().as_ref(), key.span().start);
            check_identifier(self.file, id, at)?;
            let names = fields.texts(id)?;
            if names.is_empty() {
                let message = format!("sources \"{id}\" is empty; give it at least one name, such as \"Kremlin*\"");
                return Err(self.file.error(at, message));
            }
            let branches: Result<_, _> = names.iter().map(|name| self.checked(name)).collect();
            let pattern = self.add(&Pattern::Any(branches?), at)?;
            let names = names.into_iter().map(|name| name.value).collect();
            sources.push(SourceGroup { id: id.to_owned(), pattern, names });
        }
        // Of groups that match a name equally well the first counts, and that must not depend on the order in the
        // file.
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(sources)
    }

    /// The number of a pattern, added to the network.
    fn pattern(&mut self, text: &Text) -> Result<usize, TomlError> {
        let pattern = self.checked(text)?;
        self.add(&pattern, text.start())
    }

    /// A pattern whose lists all exist.
    fn checked(&self, text: &Text) -> Result<Pattern, TomlError> {
        self.lists.checked(&text.value).map_err(|error| placed(self.file, text, error))
    }

    /// The number of a pattern that begins at byte `at`, added to the network.
    fn add(&mut self, pattern: &Pattern, at: usize) -> Result<usize, TomlError> {
        self.roots.push(self.network.add(pattern, &self.lists.lists));
        if self.network.size() > MAX_SIZE {
            let message = format!(
                "up to here the patterns have more than {MAX_SIZE} words and branches, lists counted where they are \
                 mixed with other words; name a long list alone, as {{list}}, or shorten it"
            );
            return Err(self.file.error(at, message));
        }
        Ok(self.roots.len() - 1)
    }
}

/// What a cue adds: a number that moves the score, but not beyond all other evidence.
fn weight(fields: &Fields<'_, '_>) -> Result<f64, TomlError> {
    // Odds of 485 million to one: a heavier cue could not be outweighed by anything.
    const LARGEST: f64 = 20.0;
    match fields.number("weight")? {
        None => Ok(DEFAULT_WEIGHT),
        Some((weight, _)) if weight.abs() > 0.0 && weight.abs() <= LARGEST => Ok(weight),
        Some((_, value)) => {
            Err(fields.expected(value, "weight", &format!("a number between -{LARGEST} and {LARGEST}, not 0")))
        }
    }
}
