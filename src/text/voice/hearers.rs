//! What is said behind who is told: "told reporters that", "urged Kyiv to". Not here: words that follow the verb (`placing`).

use crate::text::language::{Class, Follows};
use crate::text::voice::candidate::Placing;
use crate::text::voice::objects::opens_question;
use crate::text::voice::placing::VerbPlace;

/// Longest name of who is told, in tokens.
const LONGEST_HEARER: usize = 6;

impl VerbPlace<'_, '_> {
    /// What is said behind a preposition or behind who is asked: "warned of a raid", "told of misery in the wards", "put it to the witness that".
    pub(in crate::text) fn told(&self, next: usize) -> Option<(Placing, usize)> {
        let passage = self.passage;
        let role = passage.role(next);
        if self.entry.takes_preposition(role) && !self.entry.takes(Follows::As) {
            // "talked about the cuts" only names them, "talked of 200 cuts" says that they come.
            let named = self.entry.takes(Follows::Topic) && !role.is(Class::Of);
            return Some((if named { Placing::Topic(next + 1) } else { Placing::Object(next + 1) }, next + 1));
        }
        // "told of how it was"
        if passage.is(next, Class::Of) && self.entry.takes(Follows::Hearer) {
            let how = passage.is(next + 1, Class::Question);
            return Some((if how { Placing::After(next + 1) } else { Placing::Object(next + 1) }, next + 1));
        }
        let put = passage.is(next, Class::To) && self.entry.takes(Follows::It);
        let that = (next + 1..next + LONGEST_HEARER).find(|&at| put && passage.is(at, Class::That));
        that.map(|that| (Placing::After(that), next))
    }

    /// "told reporters that", "urged Kyiv to"
    pub(in crate::text) fn after_hearer(&self, next: usize) -> Option<Placing> {
        let passage = self.passage;
        let limit = self.tokens.end.min(next + 25);
        let mut titled_until = next;
        for at in next..limit {
            let role = passage.role(at);
            if role.is(Class::Complementiser) && at > next && self.entry.takes(Follows::That)
                || at > next && opens_question(passage, self.entry, at)
            {
                return Some(Placing::After(at));
            }
            if role.is(Class::Comma) {
                return self.after_comma(at);
            }
            if role.is(Class::Colon) {
                return Some(Placing::After(at + 1));
            }
            // "..., he told reporters -- to loud applause"
            if role.is(Class::Dash)
                && let Some(placing) = self.before(None)
            {
                return Some(placing);
            }
            // "told the station's "Late Night" that"
            if passage.is_quote_mark(at) && passage.is(at - 1, Class::Possessive) {
                titled_until = self.quotation_end(at).unwrap_or(at);
            }
            if at < titled_until {
                continue;
            }
            if passage.is_quote_mark(at) && role.is(Class::SpaceBefore) && self.quotation_at(at) {
                return Some(Placing::After(at));
            }
            let toward = passage.is_any(at + 1, &[Class::Capital, Class::Definite, Class::Indefinite]);
            if at > next && passage.is(at, Class::To) && !toward && self.entry.takes(Follows::HearerTo) {
                return Some(Placing::Action(next));
            }
            let clause = at > next && passage.is_any(at, &[Class::Subject, Class::Definite, Class::Dummy]);
            if clause
                && self.has_finite(at)
                && self.entry.takes(Follows::Bare)
                && passage.is_word(at - 1)
                && !passage.is_any(at - 1, &[Class::Preposition, Class::Coordinator])
            {
                return Some(Placing::After(at));
            }
            if role.is(Class::Stop) && at + 1 >= self.tokens.end {
                break;
            }
        }
        // "told the paper of botched welds", "asked the pact for guarantees"
        let asks = self.entry.takes(Follows::For);
        let leads = |at: &usize| passage.is(*at, Class::Of) || asks && passage.is(*at, Class::For);
        let of = (next + 1..limit).find(leads).filter(|of| !self.has_finite(*of));
        let apart = !passage.is(self.left.wrapping_sub(1), Class::Comma);
        let told = of.filter(|_| self.entry.takes(Follows::Hearer) && apart);
        // "it came as the army pressed its attack": what stands before is not the army's.
        let when =
            passage.is(self.left.wrapping_sub(1), Class::As) && !passage.is(self.left.wrapping_sub(2), Class::Comma);
        self.before(None).filter(|_| !when).or(told.map(|of| Placing::Object(of + 1)))
    }
}
