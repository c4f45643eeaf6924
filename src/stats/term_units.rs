//! The units of a side as a term's log-odds and their variance need them: how many words each has, and which have the term.
//!
//! Not here: the log-odds (`keyness`).

use crate::stats::UnitCount;

/// How many words each unit of a side has, prepared for many terms.
///
/// A unit without the term moves the log-odds by `-ln(1 - n/Q)`, `Q` being the words of the side that are not the term. A
/// corpus has a hundred thousand terms, and each is in few of its units, so these sums come from power sums of the lengths;
/// of the few units that are long beside the side they are computed one by one.
#[derive(Clone, Debug, Default)]
pub struct UnitLengths {
    units: u64,
    sum: u64,
    /// Words from which on a unit is long.
    longest: f64,
    /// Power sums of the units that are not long.
    powers: Powers,
    long: Vec<u64>,
}

/// Terms of the series: for the longest of the short units the next one is 1e-12 of the first.
const TERMS: usize = 8;

/// A unit of more than this part of a side is long; there are at most fifty, and a hundred of all units.
const LONG: f64 = 0.02;

/// Coefficients of `-ln(1 - x)` and of its square, from the first and from the second power on.
const LOGARITHM: [f64; TERMS] = [1.0, 0.5, 1.0 / 3.0, 0.25, 0.2, 1.0 / 6.0, 1.0 / 7.0, 0.125];
const SQUARE: [f64; TERMS - 1] = [1.0, 1.0, 11.0 / 12.0, 5.0 / 6.0, 137.0 / 180.0, 0.7, 363.0 / 560.0];

/// Sums of numbers of words, of their squares, and so on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Powers([f64; TERMS]);

impl Powers {
    fn add(&mut self, words: u64) {
        let mut power = 1.0;
        for sum in &mut self.0 {
            power *= words as f64;
            *sum += power;
        }
    }

    fn minus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|place| self.0[place] - other.0[place]))
    }

    /// The moves of units that lose so many of `without` words that are not the term.
    fn moves(&self, without: f64) -> Moves {
        let (mut moves, mut scale) = (Moves::default(), 1.0);
        for (place, power) in self.0.iter().enumerate() {
            scale /= without;
            moves.sum += LOGARITHM[place] * power * scale;
            if place > 0 {
                moves.squares += SQUARE[place - 1] * power * scale;
            }
        }
        moves
    }
}

impl UnitLengths {
    /// Those of a side with units of so many words, in this order.
    #[must_use]
    pub fn of(lengths: impl Iterator<Item = u64> + Clone) -> Self {
        let longest = LONG * lengths.clone().sum::<u64>() as f64;
        Self::with_longest(lengths, longest)
    }

    /// Those of all units, from which sides of less than half of their words are taken away by [`without`](Self::without).
    #[must_use]
    pub fn of_all(lengths: impl Iterator<Item = u64> + Clone) -> Self {
        let longest = LONG / 2.0 * lengths.clone().sum::<u64>() as f64;
        Self::with_longest(lengths, longest)
    }

    fn with_longest(lengths: impl Iterator<Item = u64>, longest: f64) -> Self {
        let mut found = Self { longest, ..Self::default() };
        for length in lengths {
            found.units += 1;
            found.sum += length;
            if found.is_long(length) { found.long.push(length) } else { found.powers.add(length) }
        }
        found
    }

    /// Those of all units but these.
    #[must_use]
    pub fn without(&self, lengths: impl Iterator<Item = u64>) -> Self {
        let taken = Self::with_longest(lengths, self.longest);
        let mut long = self.long.clone();
        for length in &taken.long {
            remove_one(&mut long, length);
        }
        Self {
            units: self.units - taken.units,
            sum: self.sum - taken.sum,
            longest: self.longest,
            powers: self.powers.minus(&taken.powers),
            long,
        }
    }

    /// Number of units.
    #[must_use]
    pub const fn units(&self) -> u64 {
        self.units
    }

    /// Words of all units.
    #[must_use]
    pub const fn words(&self) -> u64 {
        self.sum
    }

    fn is_long(&self, length: u64) -> bool {
        length as f64 > self.longest
    }
}

/// Takes one out that is equal, if there is one.
fn remove_one<T: PartialEq>(list: &mut Vec<T>, one: &T) {
    if let Some(place) = list.iter().position(|it| it == one) {
        list.swap_remove(place);
    }
}

/// The units of a side that have a term: what of them its log-odds and the variance of these need.
///
/// A unit with k of K occurrences, and with n words, moves the log-odds by `ln(1 - k/K) - ln(1 - (n - k)/Q)`. Units of equal k
/// go together, of which power sums of n - k say all; so what all units but some of them say is a difference.
#[derive(Clone, Debug, Default)]
pub struct TermCarriers {
    k: u64,
    /// Power sums of the words of those that are not long.
    powers: Powers,
    /// Those that are not long, by k in the order in which it came up.
    of_k: Vec<AlikeCarriers>,
    long: Vec<UnitCount>,
}

/// Carriers with equally many occurrences.
#[derive(Clone, Copy, Debug)]
struct AlikeCarriers {
    k: u64,
    units: u64,
    /// Power sums of their other words.
    others: Powers,
}

impl TermCarriers {
    /// Makes it those of some units of a side, each with all its words, in this order.
    pub fn count(&mut self, lengths: &UnitLengths, carriers: impl Iterator<Item = UnitCount>) {
        self.clear();
        for unit in carriers {
            self.k += unit.k;
            if lengths.is_long(unit.n) {
                self.long.push(unit);
                continue;
            }
            self.powers.add(unit.n);
            let alike = self.alike(unit.k);
            alike.units += 1;
            alike.others.add(unit.n - unit.k);
        }
    }

    /// Makes it those that `all` has and `some` of them are not.
    pub fn subtract(&mut self, all: &Self, some: &Self) {
        self.clear();
        self.k = all.k - some.k;
        self.powers = all.powers.minus(&some.powers);
        self.of_k.extend_from_slice(&all.of_k);
        for taken in &some.of_k {
            let alike = self.alike(taken.k);
            alike.units -= taken.units;
            alike.others = alike.others.minus(&taken.others);
        }
        self.of_k.retain(|alike| alike.units > 0);
        self.long.extend_from_slice(&all.long);
        for unit in &some.long {
            remove_one(&mut self.long, unit);
        }
    }

    /// Occurrences of the term.
    pub(super) const fn occurrences(&self) -> u64 {
        self.k
    }

    /// How far leaving out one unit of the side moves the log-odds of a term that is there `with` times, other words `without`.
    pub(super) fn moves(&self, lengths: &UnitLengths, [with, without]: [f64; 2]) -> Moves {
        let mut moves = lengths.powers.minus(&self.powers).moves(without);
        for alike in &self.of_k {
            moves.add_shifted(alike.others.moves(without), alike.units as f64, ln_1m(alike.k as f64 / with));
        }
        // The long units that have no such word are left when those that have some are taken out.
        let mut long = lengths.long.clone();
        for unit in &self.long {
            remove_one(&mut long, &unit.n);
            moves.add(ln_1m(unit.k as f64 / with) - ln_1m((unit.n - unit.k) as f64 / without));
        }
        for length in long {
            moves.add(-ln_1m(length as f64 / without));
        }
        moves
    }

    fn clear(&mut self) {
        (self.k, self.powers) = (0, Powers::default());
        self.of_k.clear();
        self.long.clear();
    }

    fn alike(&mut self, k: u64) -> &mut AlikeCarriers {
        let place = self.of_k.iter().position(|alike| alike.k == k).unwrap_or_else(|| {
            self.of_k.push(AlikeCarriers { k, units: 0, others: Powers::default() });
            self.of_k.len() - 1
        });
        &mut self.of_k[place]
    }
}

/// How far leaving out one unit moves the log-odds, summed over units.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moves {
    pub(super) sum: f64,
    pub(super) squares: f64,
}

impl Moves {
    fn add(&mut self, one: f64) {
        self.sum += one;
        self.squares += one * one;
    }

    /// Adds the moves of so many units, each of which moves further by `more`.
    fn add_shifted(&mut self, moves: Self, units: f64, more: f64) {
        self.sum += moves.sum + units * more;
        self.squares += moves.squares + more * (2.0 * moves.sum + units * more);
    }
}

/// The natural logarithm of `1 - x`, for x below 1.
fn ln_1m(x: f64) -> f64 {
    // Most units are a ten-thousandth of their side, and the logarithm would be most of the work.
    if x.abs() < 1e-3 {
        return -x * (1.0 + x * (0.5 + x * (1.0 / 3.0 + x * (0.25 + x * 0.2))));
    }
    (-x).ln_1p()
}
