//! Finding the rules of a codebook in a sentence: one look-up per token, then positions only.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::codebook::marks::PhraseMark;
use crate::codebook::nearness::{BUDGET, Match, Nearness, keep_distinct, within};
use crate::codebook::needs::{NodeNeeds, Waking};
use crate::codebook::network::{Network, Node, NodeId};
use crate::codebook::word_classes::ClassId;
use crate::text::{Token, TokenKind, Vocabulary};

/// Where a pattern matches in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// From the first matched word to the last, as positions in the tokens that were entered.
    pub tokens: Range<usize>,
    /// How many words between them are not matched.
    pub gap: usize,
    found: Match,
}

impl Hit {
    /// What hits are sorted by to keep the tightest of those that overlap.
    #[must_use]
    pub const fn looseness(&self) -> (usize, Reverse<usize>, usize) {
        // Of the ways a rule matches the same words "invade Ukraine" is kept, not "invade ... Ukraine".
        (self.gap, Reverse(self.tokens.end - self.tokens.start), self.tokens.start)
    }
}

/// What one worker keeps between sentences: memory to use again, and what it knows of word forms.
/// Nothing in it changes a result.
#[derive(Debug, Default)]
pub struct MatchMemory {
    forms: Vec<Option<Form>>,
    generation: u64,
    form_classes: Vec<ClassId>,
    /// What each adds to `present`.
    form_bits: Vec<(usize, u64)>,
    epoch: u32,
    /// Tokens of the sentence's words, by word position.
    words: Vec<usize>,
    /// Whether a phrase may not run from the word before into this one.
    breaks: Vec<bool>,
    /// The form of each word.
    word_forms: Vec<Form>,
    /// Classes that the sentence has a word of, and what they wake.
    present: Vec<u64>,
    /// Positions by class, as chains through `links`, once a pattern asks for any: most sentences have what wakes a rule, and
    /// not what it needs.
    are_linked: bool,
    chains: Vec<Chain>,
    links: Vec<Link>,
    /// Matches of the nodes evaluated so far, one run per node.
    found: Vec<Match>,
    evaluated: Vec<Evaluated>,
    candidates: Vec<usize>,
    spare: Vec<Vec<Match>>,
    gave_up: bool,
}

#[derive(Clone, Copy, Debug)]
struct Form {
    first_class: u32,
    end_class: u32,
    first_bits: u32,
    end_bits: u32,
    mark: PhraseMark,
}

impl Form {
    const fn classes(self) -> Range<usize> {
        self.first_class as usize..self.end_class as usize
    }

    const fn bits(self) -> Range<usize> {
        self.first_bits as usize..self.end_bits as usize
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Chain {
    epoch: u32,
    first: u32,
    last: u32,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    position: u32,
    next: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Evaluated {
    epoch: u32,
    start: u32,
    end: u32,
}

const NO_LINK: u32 = u32::MAX;

/// Steps of the budget that a joined pair of a phrase counts for: it is kept and sorted, where others are only looked at.
const JOINED: usize = 8;

/// The patterns of a codebook, ready to be found. Each has a number, which the codebook's rules keep.
#[derive(Debug, Default)]
pub struct Matcher {
    network: Network,
    roots: Vec<NodeId>,
    needs: Vec<NodeNeeds>,
    /// By rule.
    rule_roots: Vec<NodeId>,
    waking: Waking,
    /// By node: the branches of an alternative, as bits of `present`. Of the forty phrases of `{leaders}` a sentence has the words
    /// of one, and the others are passed over at once.
    branches: Vec<Box<[(usize, u64)]>>,
}

/// A search for the way in which a phrase came to match.
struct Trace<'a> {
    memory: &'a MatchMemory,
    positions: &'a mut Vec<u32>,
    /// What is known not to lead there: how many parts are left, and what they would have to match.
    dead: BTreeSet<(usize, Match)>,
}

impl Matcher {
    /// The matcher of `roots`; those numbered in `rules` are the rules', looked for in every sentence.
    pub(super) fn new(network: Network, roots: Vec<NodeId>, rules: &[usize]) -> Self {
        let needs = (0..network.nodes.len()).map(|node| NodeNeeds::new(&network, node)).collect();
        let rule_roots: Vec<NodeId> = rules.iter().map(|pattern| roots[*pattern]).collect();
        let waking = Waking::new(&network, &rule_roots);
        let branches = network.nodes.iter().map(|node| waking.branch_bits(node)).collect();
        Self { network, roots, needs, rule_roots, waking, branches }
    }

    /// Looks at a sentence, or any run of tokens: [`Matcher::find`] then finds patterns in it. Returns the indices of
    /// the rules that may match, ascending.
    pub fn enter<'m>(&self, tokens: &[Token], vocabulary: &Vocabulary, memory: &'m mut MatchMemory) -> &'m [usize] {
        memory.begin(self, vocabulary);
        let mut is_break = true;
        for (index, token) in tokens.iter().enumerate() {
            let form = memory.form(self, token, vocabulary);
            match token.kind {
                // A hyphen between two words does not part them: "build up" is found in "build-up", too.
                TokenKind::Mark => is_break |= form.mark.breaks(tokens, index),
                TokenKind::Word => {
                    memory.breaks.push(is_break);
                    memory.words.push(index);
                    is_break = false;
                    memory.word_forms.push(form);
                    // "Russia" is in a hundred classes of a codebook on Russia, whose bits lie in a few numbers.
                    for (place, bits) in &memory.form_bits[form.bits()] {
                        memory.present[*place] |= bits;
                    }
                }
            }
        }
        let MatchMemory { candidates, present, .. } = &mut *memory;
        let rules = self.waking.rules(present);
        candidates.extend(rules.filter(|rule| self.needs[self.rule_roots[*rule] as usize].are_met(present)));
        &memory.candidates
    }

    /// Where pattern `pattern` matches in the sentence entered last, ascending by start, then end.
    pub fn find(&self, pattern: usize, memory: &mut MatchMemory, hits: &mut Vec<Hit>) {
        let run = self.evaluate(self.roots[pattern], memory);
        hits.clear();
        let words = &memory.words;
        hits.extend(memory.found[run].iter().map(|found| Hit {
            tokens: words[found.first as usize]..words[found.last as usize] + 1,
            gap: (found.last - found.first + 1 - found.words) as usize,
            found: *found,
        }));
    }

    /// The tokens that pattern `pattern` matched in `hit`, without those between: of several ways to match, the first
    /// with the most words.
    pub fn matched_words(&self, pattern: usize, hit: &Hit, memory: &MatchMemory, tokens: &mut Vec<usize>) {
        let mut positions = Vec::new();
        self.trace(self.roots[pattern], hit.found, memory, &mut positions);
        positions.sort_unstable();
        positions.dedup();
        tokens.clear();
        tokens.extend(positions.iter().map(|position| memory.words[*position as usize]));
    }

    /// Adds the positions by which `node`, already evaluated, came to match `wanted`; `false` where it does not.
    fn trace(&self, node: NodeId, wanted: Match, memory: &MatchMemory, positions: &mut Vec<u32>) -> bool {
        if memory.matches(node).binary_search(&wanted).is_err() {
            return false;
        }
        match &self.network.nodes[node as usize] {
            Node::Class(_) => positions.push(wanted.first),
            Node::Any(branches) => {
                return branches.iter().any(|branch| self.trace(*branch, wanted, memory, positions));
            }
            Node::Phrase(parts) => {
                return self.trace_phrase(parts, wanted, &mut Trace { memory, positions, dead: BTreeSet::new() });
            }
            Node::Near { left, right, distance, either } => {
                let (lefts, rights) = (within(memory.matches(*left), wanted), within(memory.matches(*right), wanted));
                // The two are disjoint, so one begins and the other ends what is wanted; any match amid it is in no
                // such pair.
                let edge = |hit: &&Match| hit.first == wanted.first || hit.last == wanted.last;
                let nearness = Nearness::new(*distance, *either);
                let pair = lefts.iter().filter(edge).find_map(|a| {
                    let mut ends = rights.iter().filter(edge);
                    let b = ends.find(|b| a.hull(**b) == wanted && nearness.holds(*a, **b))?;
                    Some((*a, *b))
                });
                let Some((a, b)) = pair else { return false };
                return self.trace(*left, a, memory, positions) && self.trace(*right, b, memory, positions);
            }
        }
        true
    }

    /// As [`Self::trace`], for parts that follow each other.
    fn trace_phrase(&self, parts: &[NodeId], wanted: Match, trace: &mut Trace<'_>) -> bool {
        let [part, rest @ ..] = parts else { return wanted.words == 0 };
        // Else a phrase whose parts have several lengths, `(a | a b) (b c | c)`, would be cut in every way anew.
        if trace.dead.contains(&(parts.len(), wanted)) {
            return false;
        }
        let matches = trace.memory.matches(*part);
        let from = matches.partition_point(|hit| hit.first < wanted.first);
        let heads = matches[from..].iter().take_while(|hit| hit.first == wanted.first);
        for head in heads.filter(|head| head.words <= wanted.words && head.last <= wanted.last) {
            let before = trace.positions.len();
            let tail = Match { first: head.last + 1, last: wanted.last, words: wanted.words - head.words };
            let is_end = rest.is_empty() && head.last == wanted.last && tail.words == 0;
            if (is_end || (!rest.is_empty() && self.trace_phrase(rest, tail, trace)))
                && self.trace(*part, *head, trace.memory, trace.positions)
            {
                return true;
            }
            trace.positions.truncate(before);
        }
        trace.dead.insert((parts.len(), wanted));
        false
    }

    fn evaluate(&self, node: NodeId, memory: &mut MatchMemory) -> Range<usize> {
        let known = memory.evaluated[node as usize];
        if known.epoch == memory.epoch {
            return known.start as usize..known.end as usize;
        }
        // Most patterns end here: a sentence without any of `{forces}` is never searched for `{forces} NEAR/6 amass*`.
        if !self.needs[node as usize].are_met(&memory.present) {
            return memory.keep(node, &[]);
        }
        let mut result = memory.spare.pop().unwrap_or_default();
        result.clear();
        match &self.network.nodes[node as usize] {
            Node::Class(class) => {
                memory.link_words();
                memory.positions(*class, &mut result);
            }
            Node::Phrase(parts) => self.phrase(parts, memory, &mut result),
            Node::Any(_) => {
                for &(place, bits) in &self.branches[node as usize] {
                    // "White House" and "Boris Johnson" are branches of `{leaders}`; where neither "white" nor "boris" stands,
                    // one "and" says so of sixty-four of them.
                    let mut awake = memory.present[place] & bits;
                    while awake != 0 {
                        let run = self.evaluate(self.waking.branch_at(place, awake.trailing_zeros()), memory);
                        result.extend_from_slice(&memory.found[run]);
                        awake &= awake - 1;
                    }
                }
                keep_distinct(&mut result);
            }
            Node::Near { left, right, distance, either } => {
                let left = self.evaluate(*left, memory);
                // Most sentences lack the rarer side; then the other is never looked for.
                if !left.is_empty() {
                    let right = self.evaluate(*right, memory);
                    let nearness = Nearness::new(*distance, *either);
                    if !nearness.pairs(&memory.found[left], &memory.found[right], &mut result) {
                        memory.give_up(&mut result);
                    }
                }
            }
        }
        let run = memory.keep(node, &result);
        memory.spare.push(result);
        run
    }

    fn phrase(&self, parts: &[NodeId], memory: &mut MatchMemory, result: &mut Vec<Match>) {
        let mut joined = memory.spare.pop().unwrap_or_default();
        for (index, part) in parts.iter().enumerate() {
            let run = self.evaluate(*part, memory);
            let next = &memory.found[run];
            joined.clear();
            let mut is_over = false;
            if index == 0 {
                joined.extend_from_slice(next);
            } else {
                for head in result.iter() {
                    let wanted = head.last + 1;
                    let from = next.partition_point(|tail| tail.first < wanted);
                    let adjacent = next[from..].iter().take_while(|tail| tail.first == wanted);
                    joined.extend(
                        adjacent.filter(|tail| !memory.breaks[tail.first as usize]).map(|tail| head.hull(*tail)),
                    );
                    // `(a NEAR/100 a) (a NEAR/100 a)` joins ten thousand pairs at every "a" of a line of them.
                    is_over = joined.len() > BUDGET / JOINED;
                    if is_over {
                        break;
                    }
                }
                keep_distinct(&mut joined);
            }
            std::mem::swap(result, &mut joined);
            if is_over {
                memory.give_up(result);
            }
            if result.is_empty() {
                break;
            }
        }
        memory.spare.push(joined);
    }
}

impl MatchMemory {
    /// Whether a pattern that was looked for in the sentence entered last was given up there: it counts as not matching, as far
    /// as its parts took too long to be joined.
    #[must_use]
    pub const fn gave_up(&self) -> bool {
        self.gave_up
    }

    /// Half of the matches would be an accident of the order in which they are joined.
    fn give_up(&mut self, result: &mut Vec<Match>) {
        result.clear();
        self.gave_up = true;
    }

    fn begin(&mut self, matcher: &Matcher, vocabulary: &Vocabulary) {
        if self.generation != vocabulary.generation() {
            self.generation = vocabulary.generation();
            self.forms.clear();
            self.form_classes.clear();
            self.form_bits.clear();
        }
        self.words.clear();
        self.breaks.clear();
        self.word_forms.clear();
        self.are_linked = false;
        self.links.clear();
        self.found.clear();
        self.candidates.clear();
        self.gave_up = false;
        // Marks of earlier sentences are told by their epoch instead of being erased: a codebook has thousands of
        // classes, a sentence some twenty words. Past the last epoch an old mark would pass for a new one.
        if self.epoch == u32::MAX || self.chains.len() != matcher.network.words.len() {
            self.epoch = 0;
            self.chains = vec![Chain::default(); matcher.network.words.len()];
            self.evaluated = vec![Evaluated::default(); matcher.network.nodes.len()];
        }
        self.epoch += 1;
        self.present.clear();
        self.present.resize(matcher.waking.places(), 0);
    }

    fn form(&mut self, matcher: &Matcher, token: &Token, vocabulary: &Vocabulary) -> Form {
        let index = token.word.index();
        if index >= self.forms.len() {
            self.forms.resize(vocabulary.len().max(index + 1), None);
        }
        if let Some(form) = self.forms[index] {
            return form;
        }
        let word = vocabulary.word(token.word);
        let classes = matcher.network.words.of(word);
        let place = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let (first_class, first_bits) = (place(self.form_classes.len()), place(self.form_bits.len()));
        self.form_bits.extend(matcher.waking.bits(&classes));
        self.form_classes.extend(classes);
        let (end_class, end_bits) = (place(self.form_classes.len()), place(self.form_bits.len()));
        let form = Form { first_class, end_class, first_bits, end_bits, mark: PhraseMark::of(word) };
        self.forms[index] = Some(form);
        form
    }

    /// Chains the words of each class, if they are not yet.
    fn link_words(&mut self) {
        if std::mem::replace(&mut self.are_linked, true) {
            return;
        }
        for (position, form) in (0..).zip(&self.word_forms) {
            for class in &self.form_classes[form.classes()] {
                let link = u32::try_from(self.links.len()).unwrap_or(NO_LINK);
                self.links.push(Link { position, next: NO_LINK });
                let chain = &mut self.chains[*class as usize];
                if chain.epoch == self.epoch {
                    self.links[chain.last as usize].next = link;
                    chain.last = link;
                } else {
                    *chain = Chain { epoch: self.epoch, first: link, last: link };
                }
            }
        }
    }

    fn positions(&self, class: ClassId, result: &mut Vec<Match>) {
        let chain = self.chains[class as usize];
        let mut link = if chain.epoch == self.epoch { chain.first } else { NO_LINK };
        while link != NO_LINK {
            let Link { position, next } = self.links[link as usize];
            result.push(Match { first: position, last: position, words: 1 });
            link = next;
        }
    }

    /// The matches of a node that was evaluated in this sentence; none of one that was not.
    fn matches(&self, node: NodeId) -> &[Match] {
        let Evaluated { epoch, start, end } = self.evaluated[node as usize];
        if epoch == self.epoch { &self.found[start as usize..end as usize] } else { &[] }
    }

    fn keep(&mut self, node: NodeId, result: &[Match]) -> Range<usize> {
        let start = self.found.len();
        self.found.extend_from_slice(result);
        let run = start..self.found.len();
        self.evaluated[node as usize] = Evaluated {
            epoch: self.epoch,
            start: u32::try_from(run.start).unwrap_or(u32::MAX),
            end: u32::try_from(run.end).unwrap_or(u32::MAX),
        };
        run
    }
}
