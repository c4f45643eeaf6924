//! Which records of a corpus a study is about: a span of days, and a condition over the columns. How a file says it is
//! `study::condition`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;

/// The part of a `[[corpus]]` table's records that belongs to the study; all of them where nothing is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subset {
    /// What the columns of a record must say.
    pub condition: Option<SubsetCondition>,
    /// The same as the study writes it; empty where it asks nothing of them.
    pub written: String,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

/// What the columns of a record must say.
#[derive(Clone, Debug, PartialEq)]
pub enum SubsetCondition {
    /// Every one of these.
    All(Vec<SubsetCondition>),
    /// At least one of these.
    Any(Vec<SubsetCondition>),
    /// Not this.
    Not(Box<SubsetCondition>),
    /// What one column says.
    Column(ColumnTest),
}

/// One column held against one value, or against several of which one is enough.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnTest {
    /// The column by the name the study uses for it.
    pub column: String,
    /// How it is held against the values.
    pub relation: Relation,
    /// Never empty.
    pub values: Vec<Literal>,
}

/// How a cell is held against a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same: as text letter by letter, as a number or as a day by what the cell is worth.
    Equal,
    /// A smaller number, or an earlier day.
    Less,
    /// Smaller or the same.
    AtMost,
    /// A greater number, or a later day.
    Greater,
    /// Greater or the same.
    AtLeast,
    /// Has this text in it, in capitals or not.
    Contains,
    /// Begins with this text, in capitals or not.
    StartsWith,
}

/// A value that a study writes down.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// In quotation marks.
    Text(String),
    /// A finite number.
    Number(f64),
    /// A day.
    Day(Date),
}

impl fmt::Display for Literal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(out, "'{text}'"),
            Self::Number(number) => write!(out, "{number}"),
            Self::Day(day) => write!(out, "{day}"),
        }
    }
}

/// The cells of a record by column; an empty one where the record has no such column. Days of the column `date` as
/// `2022-01-26`, however the file writes them.
pub type CellLookup<'c> = dyn Fn(&str) -> Cow<'c, str> + 'c;

impl Subset {
    /// Whether it is asked for by day, so that every record needs one.
    #[must_use]
    pub fn needs_day(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// "outlet == 'A', from 2022-01-01 to 2022-01-31": what is asked; `None` where nothing is.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        let days = match (self.from, self.to) {
            (Some(from), Some(to)) => format!("from {from} to {to}"),
            (Some(from), None) => format!("from {from} on"),
            (None, Some(to)) => format!("up to {to}"),
            (None, None) => String::new(),
        };
        let parts: Vec<&str> = [self.written.trim(), &days].into_iter().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Names of the columns that the condition looks at.
    #[must_use]
    pub fn columns(&self) -> BTreeSet<&str> {
        let mut columns = BTreeSet::new();
        if let Some(condition) = &self.condition {
            condition.collect_columns(&mut columns);
        }
        columns
    }

    /// Why a day lies outside; `None` where it does not.
    #[must_use]
    pub fn misses_day(&self, day: Date) -> Option<String> {
        let early = self.from.filter(|from| day < *from).map(|from| format!("{day} is before from = {from}"));
        early.or_else(|| self.to.filter(|to| day > *to).map(|to| format!("{day} is after to = {to}")))
    }
}

impl SubsetCondition {
    /// The texts that a column is to be the same as, or not to be, each with the column.
    #[must_use]
    pub fn texts(&self) -> Vec<(&str, &str)> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::texts).collect(),
            Self::Not(part) => part.texts(),
            Self::Column(ColumnTest { column, relation: Relation::Equal, values }) => {
                let texts =
                    values.iter().filter_map(|value| if let Literal::Text(text) = value { Some(text) } else { None });
                texts.map(|text| (&column[..], &text[..])).collect()
            }
            Self::Column(_) => Vec::new(),
        }
    }

    fn collect_columns<'c>(&'c self, columns: &mut BTreeSet<&'c str>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.collect_columns(columns)),
            Self::Not(part) => part.collect_columns(columns),
            Self::Column(test) => _ = columns.insert(&test.column),
        }
    }

    /// Whether a record is as asked.
    ///
    /// # Errors
    /// What is wrong with a cell that is neither empty nor a number or day, where one is asked for: it would be left out
    /// without a word.
    pub fn holds(&self, cell: &CellLookup<'_>) -> Result<bool, String> {
        match self {
            // Every part is asked before one settles it: whether a cell that cannot be read is told must not depend on which
            // side of an `or` it stands on.
            Self::All(parts) => parts.iter().try_fold(true, |all, part| Ok(part.holds(cell)? && all)),
            Self::Any(parts) => parts.iter().try_fold(false, |any, part| Ok(part.holds(cell)? || any)),
            Self::Not(part) => part.holds(cell).map(|holds| !holds),
            Self::Column(test) => test.holds(&cell(&test.column)),
        }
    }
}

impl ColumnTest {
    fn holds(&self, cell: &str) -> Result<bool, String> {
        self.values.iter().try_fold(false, |any, value| Ok(self.holds_of(cell.trim(), value)? || any))
    }

    /// Whether a cell, white space around it apart, is to one value as asked. An empty cell is no number and no day.
    fn holds_of(&self, cell: &str, value: &Literal) -> Result<bool, String> {
        let trouble =
            |kind: &str| format!("\"{cell}\" in \"{}\" is no {kind}, to be held against {value}", self.column);
        match value {
            Literal::Text(text) => Ok(self.relation.holds_of_text(cell, text)),
            _ if cell.is_empty() => Ok(false),
            Literal::Number(number) => {
                let found: f64 = cell.parse().map_err(|_| trouble("number") + remedy_for_comma(cell))?;
                Ok(self.relation.holds_of_order(found.partial_cmp(number)))
            }
            Literal::Day(day) => {
                let found = leading_day(cell).ok_or_else(|| trouble("day such as 2022-01-26"))?;
                Ok(self.relation.holds_of_order(Some(found.cmp(day))))
            }
        }
    }
}

/// What to do about a number that has a comma: of "1,200" only who wrote it knows whether it is more than a thousand.
fn remedy_for_comma(cell: &str) -> &'static str {
    let is_number = cell.contains(',') && cell.replace([',', '.', ' '], "").parse::<f64>().is_ok();
    if is_number { "; write decimals with a point (5.5), and thousands without a sign (1200)" } else { "" }
}

impl Relation {
    fn holds_of_text(self, cell: &str, text: &str) -> bool {
        match self {
            Self::Equal => cell == text.trim(),
            Self::Contains => cell.to_lowercase().contains(&text.to_lowercase()),
            Self::StartsWith => cell.to_lowercase().starts_with(&text.to_lowercase()),
            // Texts have no order that all languages agree on; the parser refuses to ask.
            Self::Less | Self::AtMost | Self::Greater | Self::AtLeast => false,
        }
    }

    fn holds_of_order(self, order: Option<std::cmp::Ordering>) -> bool {
        order.is_some_and(|order| match self {
            Self::Equal => order.is_eq(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
            Self::Contains | Self::StartsWith => false,
        })
    }
}

/// The day that a cell begins with: `2022-01-26`, also of `2022-01-26T08:30:00Z`.
fn leading_day(cell: &str) -> Option<Date> {
    const LENGTH: usize = "2022-01-26".len();
    let day = cell.get(..LENGTH)?.parse().ok()?;
    let ends = cell[LENGTH..].chars().next().is_none_or(|next| next == 'T' || next == ' ');
    ends.then_some(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn test(column: &str, relation: Relation, value: Literal) -> SubsetCondition {
        SubsetCondition::Column(ColumnTest { column: column.to_owned(), relation, values: vec![value] })
    }

    #[test]
    fn cells_are_held_against_texts_numbers_and_days() {
        let day = Literal::Day(date(2022, 1, 26));
        for (cell, relation, value, expected) in [
            ("World", Relation::Equal, Literal::Text("World".into()), Ok(true)),
            (" World ", Relation::Equal, Literal::Text("World".into()), Ok(true)),
            ("world", Relation::Equal, Literal::Text("World".into()), Ok(false)),
            ("World news", Relation::Contains, Literal::Text("NEWS".into()), Ok(true)),
            ("World news", Relation::StartsWith, Literal::Text("news".into()), Ok(false)),
            ("007", Relation::Equal, Literal::Number(7.0), Ok(true)),
            ("6.5", Relation::Less, Literal::Number(7.0), Ok(true)),
            ("7", Relation::AtMost, Literal::Number(7.0), Ok(true)),
            ("7", Relation::Greater, Literal::Number(7.0), Ok(false)),
            ("", Relation::Less, Literal::Number(7.0), Ok(false)),
            ("1,200", Relation::Greater, Literal::Number(7.0), Err(())),
            ("2022-01-26", Relation::Equal, day.clone(), Ok(true)),
            ("2022-01-27T08:00:00Z", Relation::Greater, day.clone(), Ok(true)),
            ("26 Jan", Relation::Equal, day, Err(())),
        ] {
            let found = test("x", relation, value.clone()).holds(&|_| cell.into());
            assert_eq!(found.map_err(|_| ()), expected, "{cell:?} {relation:?} {value}");
        }
    }

    #[test]
    fn conditions_are_joined_and_a_cell_that_cannot_be_read_is_told_in_any_order() {
        let is = |column: &str, text: &str| test(column, Relation::Equal, Literal::Text(text.into()));
        let number = test("b", Relation::Less, Literal::Number(1.0));
        let cell = |column: &str| Cow::from(column.to_owned());
        let unread: Result<bool, String> = Err("\"b\" in \"b\" is no number, to be held against 1".to_owned());
        for (condition, expected) in [
            (SubsetCondition::All(vec![is("a", "a"), is("b", "b")]), Ok(true)),
            (SubsetCondition::All(vec![is("a", "x"), number.clone()]), unread.clone()),
            (SubsetCondition::All(vec![number.clone(), is("a", "x")]), unread.clone()),
            (SubsetCondition::Any(vec![is("a", "a"), number.clone()]), unread.clone()),
            (SubsetCondition::Any(vec![number.clone(), is("a", "a")]), unread.clone()),
            (SubsetCondition::Any(vec![is("a", "x"), is("b", "x")]), Ok(false)),
            (SubsetCondition::Not(Box::new(is("a", "x"))), Ok(true)),
            (SubsetCondition::Not(Box::new(number)), unread),
        ] {
            assert_eq!(condition.holds(&cell), expected, "{condition:?}");
        }
    }

    #[test]
    fn a_number_with_a_comma_is_refused_with_the_remedy() {
        let of = |cell: &'static str| test("reach", Relation::AtLeast, Literal::Number(5.0)).holds(&|_| cell.into());
        for cell in ["5,5", "-0,25", "1.234,5", "1,234.5"] {
            let trouble = of(cell).unwrap_err();
            assert!(trouble.contains("is no number, to be held against 5; write decimals with a point"), "{trouble}");
        }
        assert!(!of("five, or so").unwrap_err().contains("write"), "not a number");
    }

    #[test]
    fn days_outside_say_on_which_side() {
        let subset = Subset { from: Some(date(2022, 1, 1)), to: Some(date(2022, 1, 31)), ..Subset::default() };
        assert_eq!(subset.misses_day(date(2022, 1, 31)), None);
        assert_eq!(subset.misses_day(date(2021, 12, 31)).unwrap(), "2021-12-31 is before from = 2022-01-01");
        assert_eq!(subset.misses_day(date(2022, 2, 1)).unwrap(), "2022-02-01 is after to = 2022-01-31");
    }
}
