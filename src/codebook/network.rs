//! Patterns compiled into one network in which equal parts stand once, whichever rules they come from.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::pattern::{Pattern, WordPattern};
use crate::codebook::word_classes::{ClassId, WordClasses};

/// Number of a node.
pub(super) type NodeId = u32;

/// A part of one or more patterns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// One word of the class.
    Class(ClassId),
    /// Nodes that follow each other without a word or a break between.
    Phrase(Vec<NodeId>),
    /// Any of the nodes.
    Any(Vec<NodeId>),
    /// Two nodes at most `distance` words apart; in either order if `either`.
    Near { left: NodeId, right: NodeId, distance: usize, either: bool },
}

/// Classes of which at least one must be in a sentence for a node to match, and how common we take their words to be.
#[derive(Clone, Debug, Default)]
struct Anchor {
    classes: Vec<ClassId>,
    commonness: usize,
}

/// What must be in a sentence for a node to match: of each of these sets of classes at least one.
type Needs = Vec<Vec<ClassId>>;

/// All nodes of a codebook, children before parents.
#[derive(Debug, Default)]
pub(super) struct Network {
    pub(super) nodes: Vec<Node>,
    pub(super) words: WordClasses,
    anchors: Vec<Anchor>,
    needs: Vec<Needs>,
    known: BTreeMap<Node, NodeId>,
    /// The nodes of lists that were added before.
    lists: BTreeMap<String, NodeId>,
    size: usize,
}

impl Network {
    /// The node of a pattern whose lists are resolved by `lists`; a list that is not there matches nothing.
    pub(super) fn add(&mut self, pattern: &Pattern, lists: &BTreeMap<String, Pattern>) -> NodeId {
        match pattern {
            Pattern::Word(word) => self.class(vec![word.clone()]),
            Pattern::Phrase(parts) => {
                let parts: Vec<NodeId> = parts.iter().map(|part| self.add(part, lists)).collect();
                let anchor = self.rarest(&parts);
                self.node(Node::Phrase(parts), anchor)
            }
            Pattern::Near { sides, distance, either } => {
                let (left, right) = (self.add(&sides.0, lists), self.add(&sides.1, lists));
                let anchor = self.rarest(&[left, right]);
                self.node(Node::Near { left, right, distance: *distance, either: *either }, anchor)
            }
            Pattern::Any(_) => self.any(pattern, lists),
            Pattern::List(name, _) => {
                // Twenty rules that name `{leaders}` share one node, which is then matched once per sentence.
                if let Some(known) = self.lists.get(name) {
                    return *known;
                }
                let node = self.any(pattern, lists);
                self.lists.insert(name.clone(), node);
                node
            }
        }
    }

    /// How many words and branches there are in all its parts: what memory and time go by.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// The classes of which at least one must be in a sentence for `node` to match.
    pub(super) fn anchor(&self, node: NodeId) -> &[ClassId] {
        &self.anchors[node as usize].classes
    }

    /// What must be in a sentence for `node` to match: of each of these sets of classes at least one.
    pub(super) fn needs(&self, node: NodeId) -> &[Vec<ClassId>] {
        &self.needs[node as usize]
    }

    fn any(&mut self, pattern: &Pattern, lists: &BTreeMap<String, Pattern>) -> NodeId {
        // Single words of all branches become one class, so that a list of 2,000 names costs a word form one look-up
        // and a sentence one node, not 2,000 branches.
        let (mut words, mut others) = (Vec::new(), Vec::new());
        flatten(pattern, (lists, &mut BTreeSet::new()), &mut words, &mut others);
        let mut nodes: Vec<NodeId> = others.into_iter().map(|branch| self.add(branch, lists)).collect();
        if !words.is_empty() {
            nodes.push(self.class(words));
        }
        // `(a b | c)` and `(c | a b)` are the same node.
        nodes.sort_unstable();
        nodes.dedup();
        if let [only] = nodes[..] {
            return only;
        }
        let mut anchor = Anchor::default();
        // Any branch may be the one that matches, so the words of each must wake the rule, and all of them make it
        // common.
        for node in &nodes {
            let part = &self.anchors[*node as usize];
            anchor.classes.extend(&part.classes);
            anchor.commonness += part.commonness;
        }
        anchor.classes.sort_unstable();
        anchor.classes.dedup();
        self.node(Node::Any(nodes), anchor)
    }

    fn class(&mut self, words: Vec<WordPattern>) -> NodeId {
        let commonness = words.iter().map(commonness).sum();
        self.size += words.len();
        let class = self.words.class(words);
        self.node(Node::Class(class), Anchor { classes: vec![class], commonness })
    }

    // All parts must be there, so one part's words are enough to wake the rule: `the sanctions` is tried where
    // "sanctions" stands, not at every "the". A list that is not there has no words, is the rarest of all, and never
    // wakes the rule, which indeed cannot match.
    fn rarest(&self, parts: &[NodeId]) -> Anchor {
        let anchors = parts.iter().map(|part| &self.anchors[*part as usize]);
        anchors.min_by_key(|anchor| anchor.commonness).cloned().unwrap_or_default()
    }

    fn node(&mut self, node: Node, anchor: Anchor) -> NodeId {
        if let Some(known) = self.known.get(&node) {
            return *known;
        }
        let id = NodeId::try_from(self.nodes.len()).unwrap_or(NodeId::MAX);
        let needs = match &node {
            Node::Class(class) => vec![vec![*class]],
            // Its branches' sets as one: which branch will match is not known, so all that is sure is one of their
            // words.
            Node::Any(_) => vec![anchor.classes.clone()],
            Node::Phrase(parts) => self.needs_of(parts),
            Node::Near { left, right, .. } => self.needs_of(&[*left, *right]),
        };
        let parts = match &node {
            Node::Class(_) => 1,
            Node::Near { .. } => 2,
            Node::Phrase(parts) | Node::Any(parts) => parts.len(),
        };
        self.size += parts + anchor.classes.len() + needs.iter().map(Vec::len).sum::<usize>();
        self.known.insert(node.clone(), id);
        self.nodes.push(node);
        self.anchors.push(anchor);
        self.needs.push(needs);
        id
    }
}

impl Network {
    /// What all of `parts` need together, small sets first, as they are the likelier to be missing.
    fn needs_of(&self, parts: &[NodeId]) -> Needs {
        let mut needs: Needs = parts.iter().flat_map(|part| self.needs(*part).iter().cloned()).collect();
        needs.sort_by_key(Vec::len);
        needs.dedup();
        needs
    }
}

/// The branches of nested alternatives and lists: single words apart from everything longer.
fn flatten<'p>(
    pattern: &'p Pattern,
    (lists, seen): (&'p BTreeMap<String, Pattern>, &mut BTreeSet<&'p str>),
    words: &mut Vec<WordPattern>,
    others: &mut Vec<&'p Pattern>,
) {
    match pattern {
        Pattern::Word(word) => words.push(word.clone()),
        Pattern::Any(branches) => branches.iter().for_each(|branch| flatten(branch, (lists, seen), words, others)),
        // A list adds nothing the second time.
        Pattern::List(name, _) => {
            if let Some(entries) = lists.get(name).filter(|_| seen.insert(name)) {
                flatten(entries, (lists, seen), words, others);
            }
        }
        Pattern::Phrase(_) | Pattern::Near { .. } => others.push(pattern),
    }
}

/// A rough guess of how common a word pattern's words are; only speed depends on it. Function words are short.
fn commonness(word: &WordPattern) -> usize {
    let (WordPattern::Folded(word) | WordPattern::Exact(word)) = word;
    // Wildcards are no letters here: `in*` is at least as common as `in`.
    match word.chars().filter(|c| !matches!(c, '*' | '?')).count() {
        0..=3 => 20,
        4..=5 => 3,
        _ => 1,
    }
}
