//! Days and moments as people write them, in Vietnam's time.

use chrono::{DateTime, Datelike, NaiveDate};
use civic::{Language, VIETNAM};

const MONTHS: [&str; 12] = [
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
    "December",
];

/// A date, or the date of a moment (RFC 3339): `21/07/2026`, `21 July 2026`.
pub(crate) fn day(text: &str, language: Language) -> Option<String> {
    let date = text.parse::<NaiveDate>().ok().or_else(|| Some(local(text)?.date_naive()))?;
    Some(match language {
        Language::Vi => date.format("%d/%m/%Y").to_string(),
        Language::En => format!("{} {} {}", date.day(), MONTHS[date.month0() as usize % 12], date.year()),
    })
}

/// A moment: `10:00 ngày 21/07/2026`, `10:00 on 21 July 2026`.
pub(crate) fn moment(text: &str, language: Language) -> Option<String> {
    let (time, day) = (local(text)?.format("%H:%M"), day(text, language)?);
    let on = match language {
        Language::Vi => "ngày",
        Language::En => "on",
    };
    Some(format!("{time} {on} {day}"))
}

/// A date typed as three numbers, as the API takes it; what is not a number is passed on for the API to refuse.
pub(crate) fn typed(day: &str, month: &str, year: &str) -> String {
    match [day, month, year] {
        ["", "", ""] => String::new(),
        _ => format!("{year:0>4}-{month:0>2}-{day:0>2}"),
    }
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
    }

    #[test]
    fn a_date_is_the_same_everywhere() {
        assert_eq!(day("1992-03-08", Language::Vi).as_deref(), Some("08/03/1992"));
        assert_eq!(day("1992-03-08", Language::En).as_deref(), Some("8 March 1992"));
        assert_eq!(day("2026-07-20T18:30:00Z", Language::En).as_deref(), Some("21 July 2026"));
    }
}
