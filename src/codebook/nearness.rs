//! Runs of words that patterns match, and which of two kinds lie near each other. Not here: words and phrases (`matching`).

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Words `first..=last` of a sentence that a node matches, of which `words` are matched and the others lie between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) words: u32,
}

impl Match {
    pub(super) fn hull(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last), words: self.words + other.words }
    }
}

/// From so many possible pairs on, they are joined by where they end and not one by one. Ordinary sentences have a few;
/// `a NEAR/100 a NEAR/100 a` has millions in a line of five hundred a's.
const CROWDED: usize = 1 << 14;

/// Steps that joining the parts of one pattern may take in one sentence, some ten milliseconds. Nothing written for readers
/// comes near: of `out NEAR/100 out NEAR/100 out`, a line of four hundred times "out" takes half of it. It is of each node of the
/// network alone, so that what is given up does not depend on the other rules.
pub(super) const BUDGET: usize = 1 << 24;

/// What `NEAR` and `BEFORE` ask of two matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nearness {
    /// Words from the last of one to the first of the other, at most; 1 is adjacent.
    distance: u32,
    /// Whether the right one may come first.
    either: bool,
}

impl Nearness {
    pub(super) fn new(distance: usize, either: bool) -> Self {
        Self { distance: u32::try_from(distance).unwrap_or(u32::MAX), either }
    }

    /// Whether two matches are disjoint and near.
    pub(super) fn holds(self, a: Match, b: Match) -> bool {
        self.follows(a, b) || (self.either && self.follows(b, a))
    }

    fn follows(self, before: Match, after: Match) -> bool {
        after.first.checked_sub(before.last).is_some_and(|gap| gap > 0 && gap <= self.distance)
    }

    /// Adds the hulls of all pairs that are near: distinct, in order, each with the most words that a pair of it has.
    /// Both sides are in order. `false` where that takes more than [`BUDGET`]; then `result` has some of them.
    #[must_use]
    pub(super) fn pairs(self, left: &[Match], right: &[Match], result: &mut Vec<Match>) -> bool {
        if left.len().saturating_mul(right.len()) > CROWDED {
            return self.crowded(left, right, result);
        }
        self.one_by_one(left, right, result);
        true
    }

    fn one_by_one(self, left: &[Match], right: &[Match], result: &mut Vec<Match>) {
        let longest = right.iter().map(|hit| hit.last - hit.first).max().unwrap_or(0);
        for a in left {
            let after = right.partition_point(|b| b.first <= a.last);
            let close = right[after..].iter().take_while(|b| b.first - a.last <= self.distance);
            result.extend(close.map(|b| a.hull(*b)));
            if self.either {
                // Matches are in order of their first words, so one that begins long before may still end close by.
                let earliest = a.first.saturating_sub(self.distance).saturating_sub(longest);
                let before = right.partition_point(|b| b.first < earliest);
                let close = right[before..].iter().take_while(|b| b.first < a.first);
                result.extend(close.filter(|b| self.follows(**b, *a)).map(|b| a.hull(*b)));
            }
        }
        keep_distinct(result);
    }

    /// What may follow a match depends on where it ends alone, and of two pairs of one hull only the wordier counts.
    fn crowded(self, left: &[Match], right: &[Match], result: &mut Vec<Match>) -> bool {
        let (mut after_left, mut after_right) = (Followers::new(right, self), Followers::new(left, self));
        let (mut left, mut right) = (left, if self.either { right } else { &[] });
        let mut hulls = Ends::default();
        while let Some(first) = left.first().into_iter().chain(right.first()).map(|hit| hit.first).min() {
            hulls.begin(first);
            left = hulls.join(left, &mut after_left);
            right = hulls.join(right, &mut after_right);
            result.extend(hulls.iter().map(|(last, words)| Match { first, last, words }));
            if hulls.steps + after_left.steps + after_right.steps > BUDGET {
                return false;
            }
        }
        true
    }
}

/// The matches that begin near after a word, by the word.
struct Followers<'m> {
    matches: &'m [Match],
    nearness: Nearness,
    known: BTreeMap<u32, Ends>,
    /// Matches looked at so far.
    steps: usize,
}

impl<'m> Followers<'m> {
    fn new(matches: &'m [Match], nearness: Nearness) -> Self {
        Self { matches, nearness, known: BTreeMap::new(), steps: 0 }
    }

    fn after(&mut self, word: u32) -> &Ends {
        self.known.entry(word).or_insert_with(|| {
            let mut ends = Ends::default();
            ends.begin(word);
            let from = self.matches.partition_point(|hit| hit.first <= word);
            for hit in self.matches[from..].iter().take_while(|hit| hit.first - word <= self.nearness.distance) {
                ends.add(hit.last, hit.words);
                self.steps += 1;
            }
            ends
        })
    }

    /// Forgets words before `word`, which nothing ends at any more.
    fn forget(&mut self, word: u32) {
        while let Some(entry) = self.known.first_entry().filter(|entry| *entry.key() < word) {
            entry.remove();
        }
    }
}

/// The most words of a match by its last word, where all begin alike; 0 where none ends.
#[derive(Debug, Default)]
struct Ends {
    first: u32,
    words: Vec<u32>,
    /// Places looked at so far to join others with these.
    steps: usize,
}

impl Ends {
    fn begin(&mut self, first: u32) {
        self.first = first;
        self.words.clear();
    }

    fn add(&mut self, last: u32, words: u32) {
        let place = (last - self.first) as usize;
        if place >= self.words.len() {
            self.words.resize(place + 1, 0);
        }
        self.words[place] = self.words[place].max(words);
    }

    /// Joins those of `matches` that begin here with what follows each; gives back the others.
    fn join<'m>(&mut self, matches: &'m [Match], followers: &mut Followers) -> &'m [Match] {
        followers.forget(self.first);
        let here = matches.partition_point(|hit| hit.first == self.first);
        for hit in &matches[..here] {
            let ends = followers.after(hit.last);
            for (last, words) in ends.iter() {
                self.add(last, hit.words + words);
            }
            self.steps += ends.words.len();
        }
        &matches[here..]
    }

    fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        (self.first..).zip(self.words.iter().copied()).filter(|(_, words)| *words > 0)
    }
}

/// Of matches in order, those that begin in `wanted`.
pub(super) fn within(matches: &[Match], wanted: Match) -> &[Match] {
    let start = matches.partition_point(|hit| hit.first < wanted.first);
    let end = matches.partition_point(|hit| hit.first <= wanted.last);
    &matches[start..end]
}

/// Sorts, and of matches from the same first to the same last word keeps the one with the most words.
pub(super) fn keep_distinct(matches: &mut Vec<Match>) {
    matches.sort_unstable_by_key(|hit| (hit.first, hit.last, Reverse(hit.words)));
    matches.dedup_by_key(|hit| (hit.first, hit.last));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Matches of a little generator (the minimal standard of Park and Miller), in order.
    fn matches(seed: u64, count: usize) -> Vec<Match> {
        let mut state = seed;
        let mut next = |below: u64| {
            state = state * 48_271 % 2_147_483_647;
            u32::try_from(state % below).unwrap()
        };
        let mut found: Vec<Match> = (0..count)
            .map(|_| {
                let (first, length) = (next(40), next(6));
                Match { first, last: first + length, words: 1 + next(u64::from(length) + 1) }
            })
            .collect();
        keep_distinct(&mut found);
        found
    }

    #[test]
    fn joined_by_their_ends_or_one_by_one_the_pairs_are_the_same() {
        for seed in 1..200 {
            let (left, right) = (matches(seed, 30), matches(seed + 1000, 25));
            for nearness in [Nearness::new(1, true), Nearness::new(4, false), Nearness::new(9, true)] {
                let (mut one_by_one, mut crowded) = (Vec::new(), Vec::new());
                nearness.one_by_one(&left, &right, &mut one_by_one);
                assert!(nearness.crowded(&left, &right, &mut crowded), "seed {seed}, {nearness:?}");
                assert_eq!(one_by_one, crowded, "seed {seed}, {nearness:?}");
                assert!(!crowded.is_empty(), "seed {seed}");
            }
        }
    }

    #[test]
    fn what_takes_too_long_is_given_up_and_said_to_be() {
        let words =
            |count: u32| -> Vec<Match> { (0..count).map(|at| Match { first: at, last: at, words: 1 }).collect() };
        let near = Nearness::new(100, true);
        for (count, expected) in [(400, &[true, true]), (2_000, &[true, false])] {
            let (mut chain, mut within_budget) = (words(count), Vec::new());
            for _ in expected {
                let mut longer = Vec::new();
                within_budget.push(near.pairs(&chain, &words(count), &mut longer));
                chain = longer;
            }
            assert_eq!(within_budget, expected, "{count} words");
        }
    }
}
