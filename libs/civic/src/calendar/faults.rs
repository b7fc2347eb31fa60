//! What an agency's calendar must hold to be kept.

use std::{collections::BTreeSet, ops::RangeInclusive};

use super::{CalendarDay, CalendarSettings};
use crate::{LocalText, typed};
use chrono::Datelike;

/// Days of either kind.
const MOST_DAYS: usize = 400;
/// Letters of a day's reason.
const LONGEST_REASON: usize = 200;
/// Years that a calendar is kept for.
const YEARS: RangeInclusive<i32> = 2020..=2100;

/// Something that is wrong with a calendar, and where.
#[derive(Debug)]
pub struct CalendarFault {
    /// A JSON Pointer into the calendar.
    pub pointer: String,
    /// What to do.
    pub text: LocalText,
}

impl CalendarSettings {
    /// All that is wrong with it: whoever keeps it, or counts by it, judges it here. Its hours are right, or there would be none.
    pub fn faults(&self) -> Vec<CalendarFault> {
        let mut known = BTreeSet::new();
        let mut found = Vec::new();
        for (list, days) in [("days_off", &self.days_off), ("days_worked", &self.days_worked)] {
            if days.len() > MOST_DAYS {
                let text = LocalText::new(format!("Tối đa {MOST_DAYS} ngày."), format!("At most {MOST_DAYS} days."));
                found.push(CalendarFault { pointer: format!("/{list}"), text });
            }
            for (place, day) in days.iter().enumerate() {
                let again = !known.insert(day.day);
                let wrong = [("reason", reason(day)), ("day", year(day)), ("day", again.then(|| twice(day)))];
                found.extend(wrong.into_iter().filter_map(|(member, text)| {
                    Some(CalendarFault { pointer: format!("/{list}/{place}/{member}"), text: text? })
                }));
            }
        }
        found
    }
}

fn reason(day: &CalendarDay) -> Option<LocalText> {
    let line = match typed::line(&day.reason) {
        Ok(line) => line,
        Err(fault) => return Some(fault.sentence()),
    };
    let length = line.chars().count();
    (length == 0 || length > LONGEST_REASON).then(|| {
        LocalText::new(
            format!("Hãy ghi lý do, tối đa {LONGEST_REASON} ký tự."),
            format!("Say why, in at most {LONGEST_REASON} letters."),
        )
    })
}

fn year(day: &CalendarDay) -> Option<LocalText> {
    (!YEARS.contains(&day.day.year()))
        .then(|| LocalText::new("Hãy chọn ngày từ năm 2020 đến năm 2100.", "Choose a day of the years 2020 to 2100."))
}

fn twice(day: &CalendarDay) -> LocalText {
    LocalText::new(
        format!("Ngày {} được ghi hai lần. Hãy bỏ một lần.", day.day.format("%d/%m/%Y")),
        format!("{} stands there twice. Take one out.", day.day),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: &str, reason: &str) -> CalendarDay {
        CalendarDay { day: day.parse().expect("a day"), reason: reason.into() }
    }

    #[test]
    fn a_day_has_a_reason_and_stands_there_once() {
        let calendar = CalendarSettings {
            days_off: vec![day("2026-12-02", "Bão số 5"), day("2026-12-03", " "), day("1926-12-03", "Cũ")],
            days_worked: vec![day("2026-12-02", "Làm bù")],
            ..CalendarSettings::default()
        };
        let pointers: Vec<_> = calendar.faults().into_iter().map(|fault| fault.pointer).collect();
        let expected = ["/days_off/1/reason", "/days_off/2/day", "/days_worked/0/day"];
        assert_eq!(pointers, expected);
        assert!(CalendarSettings::vietnam().faults().is_empty());
    }
}
