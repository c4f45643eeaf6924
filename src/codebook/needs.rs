//! What must be in a sentence for a node of the network to match, asked before it is looked for: most patterns end here.

use std::collections::{BTreeMap, BTreeSet};

use crate::codebook::network::{Network, Node, NodeId};
use crate::codebook::word_classes::ClassId;

/// What must be in a sentence for a node to match: of each set of classes at least one. Alternatives are not asked beforehand, as
/// their branches are.
#[derive(Debug)]
pub(super) struct NodeNeeds(Box<[Need]>);

/// Classes of one set whose bits stand in the same word of `present`.
#[derive(Clone, Copy, Debug)]
struct Need {
    bits: u64,
    word: u32,
    /// Whether the set ends here.
    is_last: bool,
}

impl NodeNeeds {
    pub(super) fn new(network: &Network, node: usize) -> Self {
        let id = NodeId::try_from(node).unwrap_or(NodeId::MAX);
        let sets = match &network.nodes[node] {
            Node::Any(_) => &[],
            Node::Class(_) | Node::Phrase(_) | Node::Near { .. } => network.needs(id),
        };
        // What few words can meet is asked first, since most sentences do not.
        let mut sets: Vec<Vec<Need>> = sets.iter().map(|set| Need::of(set)).collect();
        sets.sort_by_key(|set| set.iter().map(|need| need.bits.count_ones()).sum::<u32>());
        Self(sets.concat().into())
    }

    pub(super) fn are_met(&self, present: &[u64]) -> bool {
        let mut is_met = false;
        for need in &self.0 {
            // Of `(a | b) c` a or b must be in the sentence, and c: sets one after the other, each closed by its last need.
            is_met |= present[need.word as usize] & need.bits != 0;
            if need.is_last && !std::mem::take(&mut is_met) {
                return false;
            }
        }
        true
    }
}

impl Need {
    /// A set of classes, word by word; of none a need that nothing meets.
    fn of(set: &[ClassId]) -> Vec<Self> {
        let mut words: BTreeMap<u32, u64> = BTreeMap::new();
        // A list of two thousand names is one class, but alternatives of phrases have one each.
        for class in set {
            *words.entry(class / 64).or_default() |= 1 << (class % 64);
        }
        // A list that is not there has no words: what names it cannot match.
        if words.is_empty() {
            words.insert(0, 0);
        }
        let last = words.keys().next_back().copied();
        words.into_iter().map(|(word, bits)| Self { bits, word, is_last: Some(word) == last }).collect()
    }
}

/// What words of a sentence may make match, as a set of bits: first their classes, then the branches of alternatives that these
/// wake, then the rules. Each part begins with a whole number, and a word form has its bits ready.
#[derive(Debug, Default)]
pub(super) struct Waking {
    /// By class: the branches of alternatives that may match where a word of it stands.
    branches: Vec<Vec<usize>>,
    /// By class: the rules that may.
    rules: Vec<Vec<usize>>,
    /// Where in the set branches, rules and nothing more begin.
    first_branch: usize,
    first_rule: usize,
    places: usize,
}

impl Waking {
    pub(super) fn new(network: &Network, rule_roots: &[NodeId]) -> Self {
        let classes = network.words.len();
        let (mut branches, mut rules) = (vec![Vec::new(); classes], vec![Vec::new(); classes]);
        for (rule, root) in rule_roots.iter().enumerate() {
            for class in network.anchor(*root) {
                rules[*class as usize].push(rule);
            }
        }
        for branch in network.nodes.iter().flat_map(branches_of).copied().collect::<BTreeSet<_>>() {
            for class in network.anchor(branch) {
                branches[*class as usize].push(branch as usize);
            }
        }
        let first_branch = classes.div_ceil(BITS).max(1);
        let first_rule = first_branch + network.nodes.len().div_ceil(BITS);
        let places = first_rule + rule_roots.len().div_ceil(BITS);
        Self { branches, rules, first_branch, first_rule, places }
    }

    /// Numbers in a set.
    pub(super) const fn places(&self) -> usize {
        self.places
    }

    /// What a word of these classes adds to a set.
    pub(super) fn bits(&self, classes: &[ClassId]) -> Vec<(usize, u64)> {
        let classes = classes.iter().map(|class| *class as usize);
        let branches = classes.clone().flat_map(|class| &self.branches[class]);
        let rules = classes.clone().flat_map(|class| &self.rules[class]);
        let branches = branches.map(|branch| BITS * self.first_branch + branch);
        packed(classes.chain(branches).chain(rules.map(|rule| BITS * self.first_rule + rule)))
    }

    /// The branches of an alternative, as they stand in a set; of another node none.
    pub(super) fn branch_bits(&self, node: &Node) -> Box<[(usize, u64)]> {
        packed(branches_of(node).iter().map(|branch| BITS * self.first_branch + *branch as usize)).into()
    }

    /// The branch that a bit stands for.
    pub(super) fn branch_at(&self, place: usize, bit: u32) -> NodeId {
        NodeId::try_from(BITS * (place - self.first_branch)).unwrap_or(NodeId::MAX) + bit
    }

    /// The rules in a set, ascending.
    pub(super) fn rules(&self, present: &[u64]) -> impl Iterator<Item = usize> {
        let words = present[self.first_rule..].iter().enumerate().filter(|(_, bits)| **bits != 0);
        words.flat_map(|(place, bits)| {
            (0..BITS).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| BITS * place + bit)
        })
    }
}

/// Bits of one number of a set.
const BITS: usize = 64;

fn branches_of(node: &Node) -> &[NodeId] {
    if let Node::Any(branches) = node { branches } else { &[] }
}

/// Members of a set as its numbers that are not 0, with their places.
fn packed(members: impl Iterator<Item = usize>) -> Vec<(usize, u64)> {
    let mut words: BTreeMap<usize, u64> = BTreeMap::new();
    for member in members {
        *words.entry(member / BITS).or_default() |= 1 << (member % BITS);
    }
    words.into_iter().collect()
}
