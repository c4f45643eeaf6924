//! Small rules of the house, counted by file: what a reader stumbles over, whatever the layers.
//!
//! Each is an approximation on the text. What offended when a rule came in stands in `allowances.txt`, by rule and file; a
//! count there may only fall, and a line without an offence must leave.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Source;

/// Most parameters of a function; a tuple counts as its parts.
const MAX_PARAMETERS: usize = 5;

/// Named closures that a function may have.
const MAX_CLOSURES: usize = 1;

/// One offence: the rule, the file and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Offence {
    pub(crate) rule: &'static str,
    pub(crate) path: String,
    pub(crate) what: String,
}

/// How many offences of a rule each file has: `(rule, path)` to their number and what they are.
pub(crate) type Tally = BTreeMap<(String, String), Vec<String>>;

/// The offences by rule and file.
pub(crate) fn tally(offences: &[Offence]) -> Tally {
    let mut tally = Tally::new();
    for Offence { rule, path, what } in offences {
        tally.entry(((*rule).to_owned(), path.clone())).or_default().push(what.clone());
    }
    tally
}

/// Lines `rule path count` of `text`.
pub(crate) fn allowances(text: &str) -> BTreeMap<(String, String), usize> {
    let line = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        Some(((words.next()?, words.next()?), words.next()?.parse().ok()?))
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect()
}

/// Everything in the sources that breaks a rule. `elsewhere` is the text of tests, benches and examples, where a public
/// item may be used too.
pub(crate) fn offences(sources: &[Source], elsewhere: &str) -> Vec<Offence> {
    let mut found = Vec::new();
    for source in sources {
        let mut add = |rule, what: String| found.push(Offence { rule, path: source.path.clone(), what });
        for function in functions(&source.code) {
            if function.parameters > MAX_PARAMETERS {
                add("parameters", format!("{} has {}", function.name, function.parameters));
            }
            for _ in MAX_CLOSURES..function.closures.max(MAX_CLOSURES) {
                add("closures", format!("{} has {}", function.name, function.closures));
            }
        }
    }
    found.extend(clashes(sources));
    found.extend(unused(sources, elsewhere));
    found.extend(circles(sources));
    found.sort();
    found
}

/// Code, and the offences it has by rule, for the check of the checks.
pub(crate) const EXAMPLES: [(&str, &[&str]); 9] = [
    ("fn f(a: u8, (b, c): (u8, u8), (d, e): (u8, u8)) {}", &[]),
    ("fn f(a: u8, (b, c): (u8, u8), (d, e, g): (u8, u8, u8)) {}", &["parameters"]),
    ("fn f(a: u8, b: (u8, u8), c: &(u8, u8, u8)) {}", &["parameters"]),
    ("fn f<F: Fn(u8) -> u8>(&self, a: F, b: Map<u8, u8>, c: u8, d: u8, e: u8) {}", &[]),
    ("fn f() { let a = |x: u8| x; a(1); }", &[]),
    ("fn f() { let a = |x: u8| x; let b = move |y| a(y); b(1); }", &["closures"]),
    ("pub struct Cell; pub(crate) enum Cell {}", &["names", "names"]),
    ("pub const fn lonely() -> u8 { 1 }", &["unused"]),
    ("pub(super) fn main() {}", &[]),
];

/// A function as the rules see it.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) lines: usize,
    pub(crate) parameters: usize,
    pub(crate) closures: usize,
}

/// The functions in `code`.
pub(crate) fn functions(code: &str) -> Vec<Function> {
    words(code, "fn").filter_map(|at| function(&code[at + 3..])).collect()
}

/// The function whose name `rest` begins with; `None` for a function type, or one without a body.
fn function(rest: &str) -> Option<Function> {
    let name: String = rest.chars().take_while(|c| is_part(*c)).collect();
    let open = name.len() + parameters_start(&rest[name.len()..])?;
    let close = open + closing(&rest[open..])?;
    let body = close + rest[close..].find(['{', ';'])?;
    if name.is_empty() || rest[body..].starts_with(';') {
        return None;
    }
    let end = body + closing(&rest[body..])?;
    let parameters = parts(&rest[open + 1..close]).iter().map(|parameter| weight(parameter)).sum();
    // As clippy counts: a comment makes no function longer.
    let lines = rest[..end].lines().filter(|line| !line.trim().is_empty()).count();
    Some(Function { name, lines, parameters, closures: closures(&rest[body..end]) })
}

/// Where the parameters begin, behind the generics.
fn parameters_start(rest: &str) -> Option<usize> {
    let mut depth = 0_i32;
    let mut last = ' ';
    for (at, c) in rest.char_indices() {
        match c {
            '<' => depth += 1,
            '>' if last != '-' => depth -= 1,
            '(' if depth == 0 => return Some(at),
            _ => {}
        }
        last = c;
    }
    None
}

/// Where the bracket that `rest` begins with is closed.
fn closing(rest: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth <= 1 => return Some(at),
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `list` at its commas outside brackets.
fn parts(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found, mut before) = (0_i32, 0, Vec::new(), ' ');
    for (at, c) in list.char_indices() {
        match c {
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if before == '-' => {}
            ')' | ']' | '}' | '>' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        before = c;
    }
    found.push(&list[start..]);
    found.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// What a parameter counts for: nothing for `self`, its parts for a tuple.
fn weight(parameter: &str) -> usize {
    if words(parameter, "self").next().is_some() {
        return 0;
    }
    let taken_apart = parameter.starts_with('(').then_some(parameter);
    let of_type = parameter.split_once(": ").map(|(_, of_type)| of_type.trim_start_matches('&'));
    match taken_apart.or(of_type.filter(|it| it.starts_with('('))) {
        Some(tuple) => closing(tuple).map_or(1, |end| parts(&tuple[1..end]).len()),
        None => 1,
    }
}

/// Closures that get a name.
fn closures(body: &str) -> usize {
    let is_closure = |at: usize| {
        let statement = &body[at..];
        let value = statement.find('=').map_or("", |equals| statement[equals + 1..].trim_start());
        let name = &statement[..statement.find('=').unwrap_or(0)];
        let value = value.strip_prefix("move").map_or(value, str::trim_start);
        value.starts_with('|') && !name.contains([';', '{'])
    };
    words(body, "let").filter(|at| is_closure(*at)).count()
}

/// Public types whose name another has.
fn clashes(sources: &[Source]) -> Vec<Offence> {
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for source in sources {
        // It stands in the place of `figures`, type by type, in a build without them.
        let stands_in = source.path.ends_with("/no_figures.rs");
        for item in items(&source.code).into_iter().filter(|item| item.is_type && !stands_in) {
            places.entry(item.name).or_default().push(&source.path);
        }
    }
    let mut found = Vec::new();
    for (name, paths) in places.into_iter().filter(|(_, paths)| paths.len() > 1) {
        let what = format!("{name} is also in another file");
        found.extend(paths.iter().map(|path| Offence { rule: "names", path: (*path).to_owned(), what: what.clone() }));
    }
    found
}

/// An item that can be seen outside its file.
struct Item<'a> {
    name: &'a str,
    is_type: bool,
}

/// Items with `pub` or `pub(...)` before them.
fn items(code: &str) -> Vec<Item<'_>> {
    let item = |at: usize| {
        let rest = code[at + 3..].trim_start();
        let rest = rest.strip_prefix('(').map_or(rest, |inner| inner.split_once(')').map_or(rest, |(_, rest)| rest));
        let rest = rest.trim_start();
        let rest = rest.strip_prefix("const ").filter(|rest| rest.starts_with("fn ")).unwrap_or(rest);
        let (kind, rest) = rest.split_once(' ')?;
        let name = rest.split(|c: char| !is_part(c)).next().filter(|name| !name.is_empty())?;
        let is_type = matches!(kind, "struct" | "enum" | "trait" | "type");
        (is_type || matches!(kind, "fn" | "const" | "static")).then_some(Item { name, is_type })
    };
    words(code, "pub").filter_map(item).collect()
}

/// Public functions and constants that no other file names. A type may be used without its name.
fn unused(sources: &[Source], elsewhere: &str) -> Vec<Offence> {
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for source in sources {
        // What a `mod.rs` hands on is not yet used.
        let code = without_reexports(&source.code);
        for word in all_words(&code) {
            if let Some(known) = files.get_mut(word) {
                *known += 1;
            } else if let Some(at) = source.code.find(word) {
                files.insert(&source.code[at..at + word.len()], 1);
            }
        }
    }
    let outside = all_words(elsewhere);
    let mut found = Vec::new();
    for source in sources {
        for item in items(&source.code).iter().filter(|item| !item.is_type) {
            if files.get(item.name).copied().unwrap_or(0) < 2 && !outside.contains(item.name) && item.name != "main" {
                let what = format!("{} is used nowhere else", item.name);
                found.push(Offence { rule: "unused", path: source.path.clone(), what });
            }
        }
    }
    found
}

fn without_reexports(code: &str) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) =
        words(rest, "pub").find(|at| rest[*at..].split(';').next().is_some_and(|it| it.contains(" use ")))
    {
        let statement = &rest[at..];
        let end = statement.find(';').map_or(statement.len(), |end| end + 1);
        let is_use =
            statement.trim_start_matches("pub").trim_start_matches(|c: char| c != ' ').trim_start().starts_with("use ");
        kept.push_str(&rest[..at]);
        if !is_use {
            kept.push_str(&statement[..3]);
        }
        rest = if is_use { &statement[end..] } else { &statement[3..] };
    }
    kept + rest
}

/// Files and folders of one folder that use each other in a circle; a folder counts as one, `mod.rs` not at all.
fn circles(sources: &[Source]) -> Vec<Offence> {
    let homes = homes(sources);
    let mut graphs: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for source in sources {
        let from = module(&source.path);
        for used in used_paths(&source.code) {
            let to = resolve(&used, &homes);
            let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
            if shared == 0 || shared >= from.len() || shared >= to.len() {
                continue;
            }
            let graph = graphs.entry(from[..shared].join("/")).or_default();
            graph.entry(from[shared].clone()).or_default().insert(to[shared].clone());
        }
    }
    let mut found = Vec::new();
    for (folder, graph) in &graphs {
        for name in graph.keys().filter(|name| reaches(graph, name, name)) {
            let mut what: Vec<&str> = graph
                .keys()
                .filter(|other| *other != name && reaches(graph, name, other) && reaches(graph, other, name))
                .map(String::as_str)
                .collect();
            what.sort_unstable();
            let what = format!("{name} uses, and is used by, {}", what.join(", "));
            found.push(Offence { rule: "circles", path: format!("src/{folder}/{name}"), what });
        }
    }
    found
}

/// `src/a/b.rs` as `a`, `b`; a `mod.rs` as its folder.
fn module(path: &str) -> Vec<String> {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    inside.split('/').map(str::to_owned).collect()
}

/// Where names that a `mod.rs` hands on are at home: (module, name) to the module of the child.
fn homes(sources: &[Source]) -> BTreeMap<(Vec<String>, String), Vec<String>> {
    let mut homes = BTreeMap::new();
    for source in sources.iter().filter(|source| source.path.ends_with("/mod.rs")) {
        let folder = module(&source.path);
        for at in words(&source.code, "use").filter(|at| source.code[..*at].trim_end().ends_with(['b', ')'])) {
            let statement = source.code[at + 4..].split(';').next().unwrap_or_default();
            for path in expand(statement) {
                if let Some((name, child)) = path.split_last() {
                    let mut home = folder.clone();
                    home.extend(child.iter().cloned());
                    homes.insert((folder.clone(), name.clone()), home);
                }
            }
        }
    }
    homes
}

/// Paths from the root of the crate that the code names.
fn used_paths(code: &str) -> Vec<Vec<String>> {
    let at_root = words(code, "crate").filter(|at| code[at + 5..].starts_with("::") && !code[..*at].ends_with('('));
    at_root.flat_map(|at| expand(path_text(&code[at + 7..]))).collect()
}

/// The path or tree of paths that `rest` begins with.
fn path_text(rest: &str) -> &str {
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 1 => depth -= 1,
            '}' => return &rest[..(at + depth).min(rest.len())],
            _ if depth > 0 || is_part(c) || c == ':' => {}
            _ => return &rest[..at],
        }
    }
    rest
}

/// `a::{b, c::d}` as `a b`, `a c d`.
fn expand(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim();
    if let Some(group) = tree.strip_prefix('{') {
        return parts(group.trim_end().trim_end_matches('}')).into_iter().flat_map(expand).collect();
    }
    let (first, rest) = tree.split_once("::").unwrap_or((tree, ""));
    let first = first.split_whitespace().next().unwrap_or_default().to_owned();
    if rest.is_empty() {
        return vec![vec![first]];
    }
    let rest = expand(rest);
    rest.into_iter()
        .map(|path| [first.clone()].into_iter().chain(path).filter(|name| name != "self").collect())
        .collect()
}

/// The module that a path leads into, through what `mod.rs` files hand on.
fn resolve(path: &[String], homes: &BTreeMap<(Vec<String>, String), Vec<String>>) -> Vec<String> {
    for at in 1..path.len() {
        if let Some(home) = homes.get(&(path[..at].to_vec(), path[at].clone())) {
            return home.clone();
        }
    }
    path.to_vec()
}

/// Whether a way of one step or more leads from `from` to `to`.
fn reaches(graph: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(at) = next.pop() {
        for used in graph.get(at).into_iter().flatten() {
            if used == to {
                return true;
            }
            if seen.insert(used) {
                next.push(used);
            }
        }
    }
    false
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where `word` stands as a whole.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(word).map(|(at, _)| at).filter(move |at| {
        !code[..*at].chars().next_back().is_some_and(is_part)
            && !code[at + word.len()..].chars().next().is_some_and(is_part)
    })
}

fn all_words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !is_part(c)).filter(|word| !word.is_empty()).collect()
}
