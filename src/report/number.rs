//! How numbers are printed: the same digits on every machine, and nothing where there is no number.

/// Probabilities below this are printed in scientific notation, so that small p-values stay apart.
const TINY: f64 = 1e-4;

/// The least probability that is printed. What is less, also what a double holds for 0 (below 1e-308), is no certainty.
const LEAST: f64 = 1e-300;

/// `value` with six decimals and a point, rounded half to even on the exact binary value; empty when it is missing,
/// infinite or no number. Never a negative zero.
#[must_use]
pub fn fixed(value: Option<f64>) -> String {
    value.filter(|value| value.is_finite()).map_or_else(String::new, |value| rounded(value, 6))
}

/// `value` for people to read, rounded to so many decimals (half to even on the exact binary value). Never a negative zero.
#[must_use]
pub fn rounded(value: f64, decimals: usize) -> String {
    let digits = format!("{value:.decimals$}");
    match digits.strip_prefix('-') {
        Some(rest) if rest.chars().all(|digit| matches!(digit, '0' | '.')) => rest.to_owned(),
        _ => digits,
    }
}

/// The same with a plus sign before what is not negative.
#[must_use]
pub fn signed(value: f64, decimals: usize) -> String {
    let digits = rounded(value, decimals);
    if digits.starts_with('-') { digits } else { format!("+{digits}") }
}

/// A p- or q-value: six decimals like every number, but three significant digits (`3.21e-12`) below 0.0001, and `1.00e-300` for
/// all that is less than that.
#[must_use]
pub fn p_value(value: Option<f64>) -> String {
    match value {
        Some(tiny) if tiny < TINY => format!("{:.2e}", tiny.max(LEAST)),
        other => fixed(other),
    }
}

/// A share given in millionths, with six decimals.
#[must_use]
pub fn millionths(value: u32) -> String {
    format!("{}.{:06}", value / 1_000_000, value % 1_000_000)
}

/// A share as a percentage with one decimal and a minus sign as people write it, `4.7 %`; no sign before a zero.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{} %", points(share))
}

/// A difference of shares in percentage points, as [`percent`] writes it but without the sign of per cent.
#[must_use]
pub(super) fn points(share: f64) -> String {
    let shown = format!("{:.1}", share * 100.0);
    if shown == "-0.0" { "0.0".to_owned() } else { shown.replace('-', "\u{2212}") }
}

/// A whole number with its thousands apart: `12,345`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A count with its noun: `1 document`, `2,000 documents`, `3 classes`.
#[must_use]
pub fn counted(count: u64, noun: &str) -> String {
    let ending = match (count, noun.ends_with('s')) {
        (1, _) => "",
        (_, true) => "es",
        (_, false) => "s",
    };
    format!("{} {noun}{ending}", grouped(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_six_decimals_and_are_empty_where_undefined() {
        for (value, printed) in [
            (Some(0.5), "0.500000"),
            (Some(-0.0), "0.000000"),
            (Some(-4e-7), "0.000000"),
            (Some(-6e-7), "-0.000001"),
            (Some(1.0 / 3.0), "0.333333"),
            (Some(12_345.678_901_2), "12345.678901"),
            (Some(f64::NAN), ""),
            (Some(f64::INFINITY), ""),
            (None, ""),
        ] {
            assert_eq!(fixed(value), printed, "{value:?}");
        }
    }

    #[test]
    fn numbers_for_people_are_rounded_and_zero_has_no_sign() {
        for (value, decimals, without, with) in [
            (-0.0004, 3, "0.000", "+0.000"),
            (-0.0006, 3, "-0.001", "-0.001"),
            (0.666_66, 3, "0.667", "+0.667"),
            (0.999_5, 3, "1.000", "+1.000"),
            (-0.4, 0, "0", "+0"),
            (99.96, 1, "100.0", "+100.0"),
        ] {
            assert_eq!((&rounded(value, decimals)[..], &signed(value, decimals)[..]), (without, with), "{value}");
        }
    }

    #[test]
    fn small_p_values_stay_apart() {
        for (value, printed) in [
            (Some(0.05), "0.050000"),
            (Some(0.000_1), "0.000100"),
            (Some(0.000_099), "9.90e-5"),
            (Some(3.214e-12), "3.21e-12"),
            (Some(4e-301), "1.00e-300"),
            (Some(0.0), "1.00e-300"),
            (Some(f64::NAN), ""),
            (None, ""),
        ] {
            assert_eq!(p_value(value), printed, "{value:?}");
        }
    }

    #[test]
    fn millionths_print_exactly() {
        for (value, printed) in [(0, "0.000000"), (1, "0.000001"), (731_059, "0.731059"), (1_000_000, "1.000000")] {
            assert_eq!(millionths(value), printed);
        }
    }

    #[test]
    fn percentages_have_one_decimal_and_a_zero_no_sign() {
        assert_eq!([0.0, -0.000_1, 0.046_921, -0.07].map(points), ["0.0", "0.0", "4.7", "\u{2212}7.0"]);
        assert_eq!(percent(0.5), "50.0 %");
    }

    #[test]
    fn thousands_stand_apart() {
        for (number, printed) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567")]
        {
            assert_eq!(grouped(number), printed);
        }
    }

    #[test]
    fn counts_agree_with_their_noun() {
        for (count, noun, shown) in [(1, "class", "1 class"), (2, "class", "2 classes"), (2000, "row", "2,000 rows")] {
            assert_eq!(counted(count, noun), shown);
        }
    }
}
