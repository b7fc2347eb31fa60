//! A dossier is due at the close of its last day, and a pause gives back the working time that was left.

use chrono::{DateTime, TimeDelta, Utc};
use civic::{CalendarSettings, TimeLimit, WorkingCalendar, resume};
use proptest::prelude::*;
use serde_json::json;

/// A moment given by the clock in Vietnam, `2026-07-21 10:15`.
fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_str(&format!("{text} +0700"), "%Y-%m-%d %H:%M %z").unwrap().to_utc()
}

fn same_day() -> TimeLimit {
    serde_json::from_value(json!({"unit": "same_day", "cut_off": "15:00"})).unwrap()
}

fn assert_due(limit: TimeLimit, received: &str, due: &str) {
    let calendar = WorkingCalendar::vietnam();
    assert_eq!(limit.due(at(received), &calendar), at(due), "{limit:?} from {received}");
}

#[test]
fn working_days_end_at_the_close_of_the_last_one() {
    for (day, days, due) in [
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
        for time in ["05:00", "07:00", "11:45", "16:59"] {
            assert_due(TimeLimit::WorkingDays { days }, &format!("{day} {time}"), &format!("{due} 17:00"));
        }
    }
}

#[test]
fn calendar_days_that_end_on_a_day_off_end_on_the_next_working_day() {
    let limit = |days| TimeLimit::CalendarDays { days };
    assert_due(limit(3), "2026-08-28 09:00", "2026-09-03 17:00");
    assert_due(limit(3), "2026-07-21 09:00", "2026-07-24 17:00");
    assert_due(limit(4), "2026-07-21 09:00", "2026-07-27 17:00");
    assert_due(limit(1), "2026-08-21 09:00", "2026-08-22 17:00");
}

#[test]
fn same_day_has_a_cut_off() {
    assert_due(same_day(), "2026-07-21 08:00", "2026-07-21 17:00");
    assert_due(same_day(), "2026-07-21 15:00", "2026-07-21 17:00");
    assert_due(same_day(), "2026-07-21 15:01", "2026-07-22 17:00");
    assert_due(same_day(), "2026-07-21 20:00", "2026-07-22 17:00");
    assert_due(same_day(), "2026-07-24 16:00", "2026-07-27 17:00");
    assert_due(same_day(), "2026-07-25 09:00", "2026-07-27 17:00");
    assert_due(same_day(), "2026-02-13 15:30", "2026-02-23 17:00");
}

#[test]
fn working_hours_end_at_a_moment() {
    let limit = |hours| TimeLimit::WorkingHours { hours };
    assert_due(limit(8), "2026-07-21 10:00", "2026-07-22 10:00");
    assert_due(limit(8), "2026-07-21 20:00", "2026-07-22 17:00");
    assert_due(limit(2), "2026-07-21 11:00", "2026-07-21 15:00");
}

#[test]
fn what_arrives_after_close_is_received_the_next_morning() {
    assert_due(TimeLimit::WorkingDays { days: 1 }, "2026-07-21 17:00", "2026-07-23 17:00");
    assert_due(TimeLimit::WorkingDays { days: 1 }, "2026-07-25 10:00", "2026-07-28 17:00");
}

#[test]
fn the_day_is_the_day_in_vietnam() {
    let late_in_utc = "2026-07-20T23:30:00Z".parse().unwrap();
    let due = TimeLimit::WorkingDays { days: 1 }.due(late_in_utc, &WorkingCalendar::vietnam());
    assert_eq!(due, at("2026-07-22 17:00"));
}

#[test]
fn time_limits_are_tagged_by_unit() {
    for (limit, wire) in [
        (same_day(), json!({"unit": "same_day", "cut_off": "15:00"})),
        (TimeLimit::WorkingDays { days: 7 }, json!({"unit": "working_days", "days": 7})),
        (TimeLimit::CalendarDays { days: 15 }, json!({"unit": "calendar_days", "days": 15})),
        (TimeLimit::WorkingHours { hours: 8 }, json!({"unit": "working_hours", "hours": 8})),
    ] {
        assert_eq!(serde_json::to_value(limit).unwrap(), wire);
        assert_eq!(serde_json::from_value::<TimeLimit>(wire).unwrap(), limit);
    }
    for wire in [
        json!({"unit": "weeks", "days": 1}),
        json!({"unit": "working_days", "days": -1}),
        json!({"unit": "working_days", "days": 1, "hours": 1}),
        json!({"unit": "same_day", "cut_off": "25:00"}),
        json!({"unit": "same_day"}),
    ] {
        assert!(serde_json::from_value::<TimeLimit>(wire.clone()).is_err(), "{wire}");
    }
}

#[test]
fn a_pause_gives_back_the_working_time_that_was_left() {
    let calendar = WorkingCalendar::vietnam();
    let due = at("2026-07-24 17:00");
    let resumed = resume(due, at("2026-07-22 15:00"), at("2026-08-03 10:00"), &calendar);
    // 2 h of Wednesday and two days: Monday 10:00 to 17:00 has 5 h, Tuesday 8 h, Wednesday the remaining 5 h
    assert_eq!(resumed, at("2026-08-05 14:00"));
}

#[test]
fn a_pause_over_a_weekend_gives_back_ten_hours() {
    let calendar = WorkingCalendar::vietnam();
    let due = at("2026-12-04 17:00");
    // 2 h of Thursday and 8 h of Friday were left: Monday from 09:00 has 6 h, Tuesday the remaining 4.
    assert_eq!(resume(due, at("2026-12-03 15:00"), at("2026-12-07 09:00"), &calendar), at("2026-12-08 11:00"));
}

#[test]
fn saturdays_that_count_shorten_what_is_waited_for() {
    let own = json!({"saturday": {"hours": [{"opens": "07:30", "closes": "11:30"}], "counts": true}});
    let own: CalendarSettings = serde_json::from_value(own).unwrap();
    let calendar = WorkingCalendar::of(&CalendarSettings::vietnam(), &own);
    let days = TimeLimit::WorkingDays { days: 2 };
    assert_eq!(days.due(at("2026-07-24 09:00"), &calendar), at("2026-07-27 17:00"), "Saturday and Monday");
    assert_eq!(TimeLimit::WorkingDays { days: 1 }.due(at("2026-07-24 09:00"), &calendar), at("2026-07-25 11:30"));
    assert_eq!(same_day().due(at("2026-07-25 09:00"), &calendar), at("2026-07-25 11:30"));
    let resumed = resume(at("2026-07-24 17:00"), at("2026-07-24 13:30"), at("2026-07-25 09:00"), &calendar);
    assert_eq!(resumed, at("2026-07-27 08:00"), "2 h 30 of Saturday, 1 h of Monday");
}

#[test]
fn a_pause_after_the_due_moment_changes_nothing() {
    let calendar = WorkingCalendar::vietnam();
    let due = at("2026-07-24 17:00");
    assert_eq!(resume(due, at("2026-07-27 09:00"), at("2026-08-03 09:00"), &calendar), due);
}

/// Any minute of the years the calendar knows.
fn any_moment() -> impl Strategy<Value = DateTime<Utc>> {
    (0..2 * 365 * 24 * 60_i64).prop_map(|minutes| at("2025-01-01 00:00") + TimeDelta::minutes(minutes))
}

fn any_limit() -> impl Strategy<Value = TimeLimit> {
    prop_oneof![
        Just(same_day()),
        (0..60_u16).prop_map(|days| TimeLimit::WorkingDays { days }),
        (0..60_u16).prop_map(|days| TimeLimit::CalendarDays { days }),
        (0..200_u16).prop_map(|hours| TimeLimit::WorkingHours { hours }),
    ]
}

proptest! {
    #[test]
    fn received_later_is_never_due_earlier(limit in any_limit(), a in any_moment(), b in any_moment()) {
        let calendar = WorkingCalendar::vietnam();
        prop_assert!(limit.due(a.min(b), &calendar) <= limit.due(a.max(b), &calendar));
    }

    #[test]
    fn nothing_is_due_before_it_is_received(limit in any_limit(), received in any_moment()) {
        let calendar = WorkingCalendar::vietnam();
        prop_assert!(limit.due(received, &calendar) >= received);
    }

    #[test]
    fn resuming_at_once_changes_nothing(limit in any_limit(), received in any_moment(), later in 0..100_000_i64) {
        let calendar = WorkingCalendar::vietnam();
        let due = limit.due(received, &calendar);
        let pause = received + TimeDelta::minutes(later);
        prop_assert_eq!(resume(due, pause, pause, &calendar), due);
    }

    #[test]
    fn a_pause_leaves_the_same_working_time(
        limit in any_limit(), received in any_moment(), later in 0..10_000_i64, pause in 0..100_000_i64,
    ) {
        let calendar = WorkingCalendar::vietnam();
        let due = limit.due(received, &calendar);
        let paused = received + TimeDelta::minutes(later);
        let resumed = paused + TimeDelta::minutes(pause);
        let new_due = resume(due, paused, resumed, &calendar);
        prop_assert!(new_due >= due);
        if paused < due {
            let left = calendar.working_time_between(paused, due);
            prop_assert_eq!(calendar.working_time_between(resumed, new_due), left);
        }
    }
}
