//! Takes in the features of a unit: each as a number that stands for its name, so that no name is stored twice.

use crate::learning::features::FeatureFamily;

/// Between a family and the rest of a feature's name.
const BREAK: u8 = b':';

/// A feature of one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// [`feature_hash`] of its name.
    pub hash: u64,
    /// How often it occurs, or how strong it is.
    pub value: f32,
    /// The one token that it tells of, as a position in the document's reading; [`NO_TOKEN`] where it tells of several,
    /// or of none.
    pub token: u32,
}

/// Stands for no token.
const NO_TOKEN: u32 = u32::MAX;

/// The features of one unit, in the order they were added. Kept between units so that its memory is used again.
#[derive(Debug)]
pub struct Sink {
    family: FeatureFamily,
    prefix: u64,
    token: u32,
    /// Counts of things of which there are many kinds, such as words: they reach the learners through a vocabulary.
    /// The same name may stand here more than once; its values are to be summed.
    pub counts: Vec<Feature>,
    /// Measures of which there are few, such as a score: each is a column of its own. Values of one name are summed.
    pub measures: Vec<Feature>,
    /// The names, where somebody asked to keep them.
    pub names: Option<NameTable>,
}

impl Default for Sink {
    fn default() -> Self {
        Self {
            family: FeatureFamily::Words,
            prefix: 0,
            token: NO_TOKEN,
            counts: Vec::new(),
            measures: Vec::new(),
            names: None,
        }
    }
}

impl Sink {
    /// A sink that keeps the names of features.
    #[must_use]
    pub fn with_names() -> Self {
        Self { names: Some(NameTable::default()), ..Self::default() }
    }

    /// Forgets the features of the last unit; names stay.
    pub fn clear(&mut self) {
        self.counts.clear();
        self.measures.clear();
    }

    /// Whatever is added from here on is of this family.
    pub(super) fn begin(&mut self, family: FeatureFamily) {
        self.family = family;
        self.prefix = mix(mix(OFFSET, family.definition().name.as_bytes()), &[BREAK]);
        // Else the last token of the family before would be shown as evidence of this one.
        self.token = NO_TOKEN;
    }

    /// Whatever is added from here on tells of this token alone; of several or none again after `None`.
    pub(super) fn tell_of(&mut self, token: Option<usize>) {
        self.token = token.and_then(|token| u32::try_from(token).ok()).unwrap_or(NO_TOKEN);
    }

    /// Adds a feature of which there are many kinds: `add(&["before:", word], 1.0)`. Its name is that of the family, a
    /// colon, and the parts.
    pub fn add(&mut self, parts: &[&str], value: f32) {
        let hash = self.hash(parts);
        self.counts.push(Feature { hash, value, token: self.token });
    }

    /// Adds a measure: `measure(&["length"], 3.2)`.
    pub fn measure(&mut self, parts: &[&str], value: f32) {
        let hash = self.hash(parts);
        // A measure is of the whole stretch; no one token is its evidence.
        self.measures.push(Feature { hash, value, token: NO_TOKEN });
    }

    fn hash(&mut self, parts: &[&str]) -> u64 {
        let hash = parts.iter().fold(self.prefix, |hash, part| mix(hash, part.as_bytes()));
        if let Some(names) = &mut self.names {
            names.insert(hash, self.family.definition().name, parts);
        }
        hash
    }
}

/// Offset and prime of Fowler-Noll-Vo 1a, 64 bits (RFC 9923): the same on every machine and in every version.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

fn mix(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}

/// The number that stands for a feature's whole name, such as `words:tank`.
#[must_use]
pub fn feature_hash(name: &str) -> u64 {
    mix(OFFSET, name.as_bytes())
}

/// The names of features by their hashes, one after the other in one string.
#[derive(Clone, Debug, Default)]
pub struct NameTable {
    text: String,
    entries: Vec<(u64, u32)>,
    /// One past the place in `entries`, 0 for none; a power of two, at most half of it taken.
    slots: Vec<u32>,
}

impl NameTable {
    /// The place of the hash among the names, in the order in which they came first; `None` for one that did not.
    #[must_use]
    pub fn place(&self, hash: u64) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let at = self.slot(hash);
        (self.slots[at] as usize).checked_sub(1)
    }

    /// Every hash with its name, in the order in which they came first.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &str)> {
        (0..self.entries.len()).map(|place| (self.entries[place].0, self.name(place)))
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The name at a place.
    #[must_use]
    pub fn name(&self, place: usize) -> &str {
        let end = self.entries.get(place + 1).map_or(self.text.len(), |next| next.1 as usize);
        &self.text[self.entries[place].1 as usize..end]
    }

    /// Takes in a whole name under its hash; gives its place.
    pub fn insert_name(&mut self, hash: u64, name: &str) -> usize {
        self.insert_with(hash, |text| text.push_str(name))
    }

    fn insert(&mut self, hash: u64, family: &str, parts: &[&str]) {
        self.insert_with(hash, |text| {
            text.push_str(family);
            text.push(char::from(BREAK));
            for part in parts {
                text.push_str(part);
            }
        });
    }

    fn insert_with(&mut self, hash: u64, write: impl FnOnce(&mut String)) -> usize {
        // At half full a search takes one or two steps.
        if self.entries.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let at = self.slot(hash);
        if let Some(place) = (self.slots[at] as usize).checked_sub(1) {
            return place;
        }
        let place = self.entries.len();
        self.entries.push((hash, u32::try_from(self.text.len()).unwrap_or(u32::MAX)));
        write(&mut self.text);
        self.slots[at] = u32::try_from(place + 1).unwrap_or(u32::MAX);
        place
    }

    /// Where the hash is, or where it belongs.
    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        // The low bits of such hashes depend on few of the bits of the name; the high ones on all.
        let mut at = usize::try_from(hash ^ (hash >> 32)).unwrap_or_default() & mask;
        while self.slots[at] != 0 && self.entries[self.slots[at] as usize - 1].0 != hash {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(256)];
        for place in 0..self.entries.len() {
            let at = self.slot(self.entries[place].0);
            self.slots[at] = u32::try_from(place + 1).unwrap_or(u32::MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_known_by_its_whole_name() {
        let mut sink = Sink::with_names();
        sink.begin(FeatureFamily::Words);
        sink.add(&["tank", " ", "column"], 1.0);
        sink.add(&["tank column"], 2.0);
        let hash = feature_hash("words:tank column");
        assert!(sink.counts.iter().all(|feature| feature.hash == hash), "{:?}", sink.counts);
        let names = sink.names.unwrap_or_default();
        assert_eq!(names.iter().collect::<Vec<_>>(), [(hash, "words:tank column")]);
    }

    #[test]
    fn names_keep_the_order_in_which_they_came() {
        let mut names = NameTable::default();
        let all: Vec<String> = (0..5_000).map(|n| format!("words:{n}")).collect();
        for _ in 0..2 {
            for (place, name) in all.iter().enumerate() {
                assert_eq!(names.insert_name(feature_hash(name), name), place);
            }
        }
        assert!(names.iter().map(|(_, name)| name).eq(all.iter().map(String::as_str)));
        assert_eq!(names.place(feature_hash("words:4999")), Some(4_999));
        assert_eq!(names.place(feature_hash("words:5000")), None);
    }
}
