//! Dates and amounts as providers and banks write them.

use chrono::{NaiveDate, NaiveDateTime};
use civic::Vnd;

/// What a day is written like; a time behind it says nothing more.
const DAYS: [&str; 4] = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y"];

/// A day, with or without a time behind it.
pub fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").ok().map(|at| at.date());
    }
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let read = DAYS.iter().find_map(|format| NaiveDate::parse_from_str(day, format).ok());
    // A year of two digits is nobody's.
    read.filter(|day| (1990..2200).contains(&chrono::Datelike::year(day)))
}

/// An amount of whole đồng and whether it is below zero: `16.000`, `16,000`, `16000`, `16,000.00`, `-16.000 ₫`. A fraction that is
/// not zero is no amount of đồng.
pub fn amount(text: &str) -> Option<(bool, Vnd)> {
    let text: String = text.chars().filter(|char| !char.is_whitespace() && *char != '\u{a0}').collect();
    let text =
        ["₫", "đ", "VND", "VNĐ"].iter().fold(text.as_str(), |text, unit| text.strip_suffix(unit).unwrap_or(text));
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let whole = without_fraction(digits)?;
    let dong = grouped(whole)?.parse().ok()?;
    Some((negative, Vnd::new(dong).ok()?))
}

/// Without a fraction of zeros: two digits behind the last separator are one, three are a group.
fn without_fraction(digits: &str) -> Option<&str> {
    let Some(at) = digits.rfind([',', '.']) else { return Some(digits) };
    let (whole, fraction) = (&digits[..at], &digits[at + 1..]);
    match fraction.len() {
        3 => Some(digits),
        0..=2 if fraction.bytes().all(|byte| byte == b'0') && !whole.is_empty() => Some(whole),
        _ => None,
    }
}

/// Its digits, when groups of three are what its separators part.
fn grouped(digits: &str) -> Option<String> {
    let separators: Vec<_> = digits.matches([',', '.']).collect();
    let mut groups = digits.split([',', '.']);
    let first = groups.next()?;
    let one_kind = separators.windows(2).all(|pair| pair[0] == pair[1]);
    let sound = separators.is_empty() || (1..=3).contains(&first.len());
    let rest: Vec<_> = groups.collect();
    let whole = one_kind && sound && !first.is_empty() && rest.iter().all(|group| group.len() == 3);
    let digits = [&[first], rest.as_slice()].concat().concat();
    (whole && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}
