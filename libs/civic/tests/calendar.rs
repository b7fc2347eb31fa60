//! The working calendar counts the days and hours Vietnamese agencies work.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use civic::{CalendarSettings, WorkingCalendar};
use proptest::prelude::*;
use serde_json::json;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A moment given by the clock in Vietnam, `2026-07-21 10:15`.
fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_str(&format!("{text} +0700"), "%Y-%m-%d %H:%M %z").unwrap().to_utc()
}

#[test]
fn working_days_after_a_day_skip_weekends_holidays_and_count_swap_saturdays() {
    let calendar = WorkingCalendar::vietnam();
    for (from, count, to) in [
        ("2026-02-12", 3, "2026-02-24"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-04-24", 2, "2026-04-29"),
        ("2026-04-29", 1, "2026-05-04"),
        ("2026-08-20", 3, "2026-08-24"),
        ("2026-08-28", 2, "2026-09-04"),
        ("2026-11-20", 3, "2026-11-26"),
        ("2026-07-21", 10, "2026-08-04"),
        ("2026-12-30", 3, "2027-01-05"),
    ] {
        assert_eq!(calendar.add_working_days(day(from), count), day(to), "{from} + {count}");
    }
}

#[test]
fn days_off_are_the_announced_ones() {
    let calendar = WorkingCalendar::vietnam();
    for off in [
        "2025-01-27",
        "2025-01-31",
        "2025-04-07",
        "2025-05-02",
        "2025-09-01",
        "2026-01-02",
        "2026-02-16",
        "2026-02-20",
        "2026-04-27",
        "2026-08-31",
        "2026-09-02",
        "2026-11-24",
        "2027-05-03",
        "2026-07-25",
    ] {
        assert!(!calendar.is_working_day(day(off)), "{off}");
    }
    for worked in ["2025-04-26", "2026-01-10", "2026-08-22", "2026-02-13", "2026-02-23", "2026-07-21"] {
        assert!(calendar.is_working_day(day(worked)), "{worked}");
    }
}

#[test]
fn no_working_days_is_the_day_itself_or_the_next_worked_one() {
    let calendar = WorkingCalendar::vietnam();
    assert_eq!(calendar.add_working_days(day("2026-07-21"), 0), day("2026-07-21"));
    assert_eq!(calendar.add_working_days(day("2026-07-25"), 0), day("2026-07-27"));
    assert_eq!(calendar.next_working_day(day("2026-07-24")), day("2026-07-27"));
}

#[test]
fn outside_hours_waits_for_the_opening() {
    let calendar = WorkingCalendar::vietnam();
    for (arrived, counted) in [
        ("2026-07-21 10:15", "2026-07-21 10:15"),
        ("2026-07-21 06:00", "2026-07-21 07:00"),
        ("2026-07-21 11:30", "2026-07-21 13:30"),
        ("2026-07-21 12:45", "2026-07-21 13:30"),
        ("2026-07-21 17:00", "2026-07-22 07:00"),
        ("2026-07-21 23:59", "2026-07-22 07:00"),
        ("2026-07-24 18:00", "2026-07-27 07:00"),
        ("2026-08-21 18:00", "2026-08-22 07:00"),
        ("2026-02-13 17:30", "2026-02-23 07:00"),
    ] {
        assert_eq!(calendar.opening_moment(at(arrived)), at(counted), "{arrived}");
    }
}

#[test]
fn working_time_is_eight_hours_a_day() {
    let calendar = WorkingCalendar::vietnam();
    for (from, to, minutes) in [
        ("2026-07-21 00:00", "2026-07-22 00:00", 8 * 60),
        ("2026-07-21 11:00", "2026-07-21 14:00", 60),
        ("2026-07-24 16:00", "2026-07-27 08:00", 2 * 60),
        ("2026-02-14 00:00", "2026-02-23 07:00", 0),
        ("2026-07-21 10:00", "2026-07-21 09:00", 0),
    ] {
        let counted = calendar.working_time_between(at(from), at(to));
        assert_eq!(counted, TimeDelta::minutes(minutes), "{from} to {to}");
    }
}

#[test]
fn working_time_ends_at_a_close_rather_than_at_the_next_opening() {
    let calendar = WorkingCalendar::vietnam();
    let hours = |hours| TimeDelta::hours(hours);
    assert_eq!(calendar.add_working_time(at("2026-07-21 07:00"), hours(8)), at("2026-07-21 17:00"));
    assert_eq!(calendar.add_working_time(at("2026-07-21 10:00"), hours(3)), at("2026-07-21 15:00"));
    assert_eq!(calendar.add_working_time(at("2026-07-24 16:00"), hours(2)), at("2026-07-27 08:00"));
    assert_eq!(calendar.add_working_time(at("2026-07-21 12:00"), hours(-1)), at("2026-07-21 13:30"));
}

#[test]
fn working_time_before_a_moment_is_counted_back_over_lunch_nights_and_days_off() {
    let calendar = WorkingCalendar::vietnam();
    for (at_moment, hours, expected) in [
        ("2026-07-21 17:00", 8, "2026-07-21 07:00"),
        ("2026-07-21 17:00", 2, "2026-07-21 15:00"),
        ("2026-07-21 14:00", 2, "2026-07-21 10:00"),
        ("2026-07-27 08:00", 2, "2026-07-24 16:00"),
        // Tết of 2026: 14 to 22 February.
        ("2026-02-23 08:00", 8, "2026-02-13 08:00"),
        ("2026-07-21 20:00", 1, "2026-07-21 16:00"),
    ] {
        let counted = calendar.working_time_before(at(at_moment), TimeDelta::hours(hours));
        assert_eq!(counted, at(expected), "{hours} hours before {at_moment}");
    }
}

#[test]
fn an_agency_may_have_its_own_calendar() {
    let own = json!({
        "holidays": ["2026-07-21"],
        "working_saturdays": ["2026-07-25"],
        "hours": [{"opens": "08:00", "closes": "12:00"}],
    });
    let calendar: WorkingCalendar = serde_json::from_value(own.clone()).unwrap();
    assert_eq!(calendar.add_working_days(day("2026-07-20"), 4), day("2026-07-25"));
    assert_eq!(calendar.opening_moment(at("2026-07-20 12:00")), at("2026-07-22 08:00"));
    assert_eq!(serde_json::to_value(calendar).unwrap(), own);
}

#[test]
fn hours_that_overlap_or_never_open_are_refused() {
    for hours in [
        json!([]),
        json!([{"opens": "12:00", "closes": "08:00"}]),
        json!([{"opens": "08:00", "closes": "12:00"}, {"opens": "11:00", "closes": "17:00"}]),
        json!([{"opens": "13:00", "closes": "17:00"}, {"opens": "08:00", "closes": "12:00"}]),
        json!([{"opens": "8 o'clock", "closes": "12:00"}]),
    ] {
        let calendar = json!({"holidays": [], "hours": hours});
        assert!(serde_json::from_value::<WorkingCalendar>(calendar).is_err());
    }
}

/// Any minute of the years the calendar knows.
fn any_moment() -> impl Strategy<Value = DateTime<Utc>> {
    (0..3 * 365 * 24 * 60_i64).prop_map(|minutes| at("2025-01-01 00:00") + TimeDelta::minutes(minutes))
}

proptest! {
    #[test]
    fn more_working_days_never_end_earlier(from in any_moment(), count in 0..300_u16) {
        let calendar = WorkingCalendar::vietnam();
        let from = from.date_naive();
        let fewer = calendar.add_working_days(from, count);
        let more = calendar.add_working_days(from, count + 1);
        prop_assert!(fewer <= more && from <= fewer);
        prop_assert!(calendar.is_working_day(more));
        prop_assert!(more <= calendar.add_working_days(from.succ_opt().unwrap(), count + 1));
    }

    #[test]
    fn what_is_added_is_what_lies_between(from in any_moment(), minutes in 0..20_000_i64) {
        let calendar = WorkingCalendar::vietnam();
        let duration = TimeDelta::minutes(minutes);
        let end = calendar.add_working_time(from, duration);
        prop_assert_eq!(calendar.working_time_between(from, end), duration);
    }

    #[test]
    fn later_and_longer_never_end_earlier(a in any_moment(), b in any_moment(), minutes in 0..20_000_i64) {
        let calendar = WorkingCalendar::vietnam();
        let (earlier, later) = (a.min(b), a.max(b));
        let duration = TimeDelta::minutes(minutes);
        let end = calendar.add_working_time(earlier, duration);
        prop_assert!(end <= calendar.add_working_time(later, duration));
        prop_assert!(end <= calendar.add_working_time(earlier, duration + TimeDelta::minutes(1)));
    }

    #[test]
    fn what_is_counted_back_is_left(at in any_moment(), minutes in 1_i64..6_000) {
        let (calendar, time) = (WorkingCalendar::vietnam(), TimeDelta::minutes(minutes));
        let before = calendar.working_time_before(at, time);
        prop_assert_eq!(calendar.working_time_between(before, at), time);
    }

    #[test]
    fn working_time_adds_up(a in any_moment(), b in any_moment(), c in any_moment()) {
        let calendar = WorkingCalendar::vietnam();
        let mut moments = [a, b, c];
        moments.sort();
        let [a, b, c] = moments;
        let parts = calendar.working_time_between(a, b) + calendar.working_time_between(b, c);
        prop_assert_eq!(calendar.working_time_between(a, c), parts);
    }
}

fn settings(own: serde_json::Value) -> WorkingCalendar {
    let own: CalendarSettings = serde_json::from_value(own).unwrap();
    WorkingCalendar::of(&CalendarSettings::vietnam(), &own)
}

#[test]
fn an_agency_that_has_nothing_of_its_own_has_the_countrys() {
    assert_eq!(settings(json!({})), WorkingCalendar::vietnam());
}

#[test]
fn saturday_service_counts_only_where_it_is_set_to() {
    let saturday = |counts| json!({"saturday": {"hours": [{"opens": "07:30", "closes": "11:30"}], "counts": counts}});
    let (open, counted) = (settings(saturday(false)), settings(saturday(true)));
    // Friday 24 July and one working day.
    assert_eq!(open.add_working_days(day("2026-07-24"), 1), day("2026-07-27"));
    assert_eq!(counted.add_working_days(day("2026-07-24"), 1), day("2026-07-25"));
    assert_eq!(counted.close_of(day("2026-07-25")), at("2026-07-25 11:30"), "a Saturday is shorter");
    assert_eq!(counted.opening_moment(at("2026-07-25 11:45")), at("2026-07-27 07:00"));
    let weekend = (at("2026-07-24 17:00"), at("2026-07-27 07:00"));
    assert_eq!(counted.working_time_between(weekend.0, weekend.1), TimeDelta::hours(4));
    assert_eq!(open.working_time_between(weekend.0, weekend.1), TimeDelta::zero());
    // A Saturday worked in exchange has the hours of any day, whatever its service is.
    assert_eq!(counted.close_of(day("2026-08-22")), at("2026-08-22 17:00"));
}

#[test]
fn where_an_agency_and_the_country_differ_the_agency_counts() {
    let own = settings(json!({
        "days_off": [{"day": "2026-12-03", "reason": "Bão số 5"}, {"day": "2026-08-22", "reason": "Cúp điện"}],
        "days_worked": [{"day": "2026-11-24", "reason": "Trực"}, {"day": "2026-12-05", "reason": "Làm bù"}],
        "hours": [{"opens": "08:00", "closes": "12:00"}, {"opens": "13:00", "closes": "17:00"}],
    }));
    for (worked, expected) in [
        ("2026-12-03", false),
        ("2026-12-05", true),
        ("2026-08-22", false),
        ("2026-11-24", true),
        ("2026-09-02", false),
    ] {
        assert_eq!(own.is_working_day(day(worked)), expected, "{worked}");
    }
    assert_eq!(own.opening_moment(at("2026-07-21 12:30")), at("2026-07-21 13:00"));
    assert_eq!(own.opening_moment(at("2026-07-21 07:30")), at("2026-07-21 08:00"));
}

#[test]
fn the_days_of_the_country_have_their_reasons() {
    let national = CalendarSettings::vietnam();
    let days = national.days_off.iter().chain(&national.days_worked);
    assert!(days.clone().count() > 40 && days.into_iter().all(|day| !day.reason.is_empty()));
}
