//! Days and moments as people write them, in Vietnam's time.

use chrono::{DateTime, Datelike, NaiveDate};
use civic::{Language, PartialDate, VIETNAM};

/// By their number; the twelfth comes first.
const MONTHS: [&str; 12] = [
    "December",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
];

/// A date, or the date of a moment (RFC 3339): `21/07/2026`, `21 July 2026`; of a date that is known in part, that part:
/// `07/2026`, `July 2026`, `2026`.
pub(crate) fn day(text: &str, language: Language) -> Option<String> {
    if let Some(part) = text.parse::<PartialDate>().ok().filter(|date| date.full().is_none()) {
        let (year, month) = (part.year(), part.month());
        return Some(match (month, language) {
            (None, _) => year.to_string(),
            (Some(month), Language::Vi) => format!("{month:02}/{year}"),
            (Some(month), Language::En) => format!("{} {year}", MONTHS[month as usize % 12]),
        });
    }
    let date = text.parse::<NaiveDate>().ok().or_else(|| Some(local(text)?.date_naive()))?;
    Some(match language {
        Language::Vi => date.format("%d/%m/%Y").to_string(),
        Language::En => format!("{} {} {}", date.day(), MONTHS[date.month() as usize % 12], date.year()),
    })
}

/// The hour of a moment (RFC 3339): `17:00`.
pub(crate) fn hour(text: &str) -> Option<String> {
    Some(local(text)?.format("%H:%M").to_string())
}

/// A moment: `10:00 ngày 21/07/2026`, `10:00 on 21 July 2026`.
pub(crate) fn moment(text: &str, language: Language) -> Option<String> {
    let (time, day) = (hour(text)?, day(text, language)?);
    let on = match language {
        Language::Vi => "ngày",
        Language::En => "on",
    };
    Some(format!("{time} {on} {day}"))
}

/// A date typed as three numbers, or as what is known of them, as the API takes it; what is not a number is passed on for the API to
/// refuse.
pub(crate) fn typed(day: &str, month: &str, year: &str) -> String {
    match [day, month, year] {
        ["", "", ""] => String::new(),
        ["", "", year] => format!("{year:0>4}"),
        ["", month, year] => format!("{year:0>4}-{month:0>2}"),
        _ => format!("{year:0>4}-{month:0>2}-{day:0>2}"),
    }
}

/// What is wrong with the three boxes of a date, as a message; nothing when they are a real date, or are left empty. `partial`: what is
/// not known may be left empty.
pub(crate) fn fault(day: &str, month: &str, year: &str, partial: bool) -> Option<&'static str> {
    let boxes = [day, month, year];
    if boxes.iter().all(|text| text.is_empty()) {
        return None;
    }
    if boxes.iter().any(|text| !text.bytes().all(|byte| byte.is_ascii_digit())) {
        return Some("date-digits");
    }
    let missing = match boxes {
        [_, _, year] if year.len() != 4 => Some("date-year-missing"),
        ["", ..] if partial => None,
        [_, "", _] => Some("date-month-missing"),
        ["", ..] => Some("date-day-missing"),
        _ => None,
    };
    missing.or_else(|| typed(day, month, year).parse::<PartialDate>().err().map(|_| "date-unreal"))
}

fn local(text: &str) -> Option<DateTime<chrono::FixedOffset>> {
    Some(DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&VIETNAM))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_in_vietnams_time() {
        assert_eq!(moment("2026-07-20T18:30:00Z", Language::Vi).as_deref(), Some("01:30 ngày 21/07/2026"));
        assert_eq!(moment("2026-07-20T18:30:00Z", Language::En).as_deref(), Some("01:30 on 21 July 2026"));
        assert_eq!(moment("yesterday", Language::En), None);
    }

    #[test]
    fn a_typed_date_is_as_long_as_a_date_should_be() {
        assert_eq!(typed("8", "3", "1992"), "1992-03-08");
        assert_eq!(typed("08", "12", "1992"), "1992-12-08");
        assert_eq!(typed("", "", ""), "");
        assert_eq!(typed("31", "", "1992"), "1992-00-31");
        assert_eq!((typed("", "", "1950"), typed("", "3", "1950")), ("1950".into(), "1950-03".into()));
    }

    #[test]
    fn what_is_wrong_with_three_boxes_is_said_of_the_box() {
        for (boxes, partial, expected) in [
            (["8", "3", "1992"], false, None),
            (["", "", ""], false, None),
            (["tám", "3", "1992"], false, Some("date-digits")),
            (["8", "3", "92"], false, Some("date-year-missing")),
            (["8", "3", ""], true, Some("date-year-missing")),
            (["8", "", "1992"], false, Some("date-month-missing")),
            (["8", "", "1992"], true, Some("date-month-missing")),
            (["", "3", "1992"], false, Some("date-day-missing")),
            (["", "3", "1992"], true, None),
            (["", "", "1950"], true, None),
            (["", "", "1950"], false, Some("date-month-missing")),
            (["30", "2", "1992"], false, Some("date-unreal")),
            (["", "13", "1992"], true, Some("date-unreal")),
        ] {
            let [day, month, year] = boxes;
            assert_eq!(fault(day, month, year, partial), expected, "{boxes:?} {partial}");
        }
    }

    #[test]
    fn a_date_is_the_same_everywhere() {
        assert_eq!(day("1992-03-08", Language::Vi).as_deref(), Some("08/03/1992"));
        assert_eq!(day("1992-03-08", Language::En).as_deref(), Some("8 March 1992"));
        assert_eq!(day("2026-07-20T18:30:00Z", Language::En).as_deref(), Some("21 July 2026"));
        assert_eq!(day("1992-12-08", Language::En).as_deref(), Some("8 December 1992"));
    }

    #[test]
    fn a_date_that_is_known_in_part_is_told_in_part() {
        for (text, vietnamese, english) in [("1950", "1950", "1950"), ("1950-03", "03/1950", "March 1950")] {
            assert_eq!(day(text, Language::Vi).as_deref(), Some(vietnamese));
            assert_eq!(day(text, Language::En).as_deref(), Some(english));
        }
    }
}
