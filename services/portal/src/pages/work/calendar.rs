//! The working calendar of an agency, for who administers it: a year at a glance, and a form that says what it would move before it is
//! saved.

use actix_web::{HttpResponse, web};
use chrono::{Datelike, NaiveDate};
use civic::{CalendarDay, CalendarSettings, VIETNAM};
use edge::Administer;
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    calendar,
    failure::{Failure, Problem},
    form::Form,
    official::Official,
    pages::kinds::WorkingDays,
    posted::Posted,
};

const TEMPLATE: &str = "work/calendar.html";
/// What the API refuses because of what was typed, or because somebody else was faster.
const ANSWERED: [u16; 2] = [400, 412];
const TIMES: [&str; 4] = ["first_opens", "first_closes", "second_opens", "second_closes"];

/// What of it is shown.
#[derive(Deserialize)]
pub(super) struct CalendarQuery {
    /// The year; this one when unset.
    year: Option<i32>,
    /// That it was just saved; any value says so.
    saved: Option<String>,
}

/// The calendar as the API tells it.
struct Known {
    days: WorkingDays,
    told: Value,
    version: String,
}

async fn known(official: &Official<Administer>) -> Result<Known, Failure> {
    let answer = official.api().call(Method::GET, &address(official)).send().await?;
    let days = WorkingDays::of(&answer.json).ok_or(Failure::Unavailable)?;
    Ok(Known { days, told: answer.json, version: answer.etag.unwrap_or_default() })
}

fn address(official: &Official<Administer>) -> String {
    format!("/api/v1/agencies/{}/calendar", official.agency)
}

/// Shows it.
pub(super) async fn show(
    official: Official<Administer>,
    query: web::Query<CalendarQuery>,
) -> Result<HttpResponse, Failure> {
    let known = known(&official).await?;
    let form = Form::with(typed(&known));
    let content = content(&official, &known, query.year, form, &known.version);
    official.page(TEMPLATE, with(content, "saved", json!(query.saved.is_some())))
}

/// Says what it would move, or saves it.
pub(super) async fn send(official: Official<Administer>, posted: Posted) -> Result<HttpResponse, Failure> {
    let known = known(&official).await?;
    let mut form = Form::of(&posted);
    let shown = posted.get("version").to_owned();
    let wished = wish(&posted, &known.days.own, &mut form, &official.say("calendar-day-missing"));
    if form.has_faults() {
        return official.page_again(TEMPLATE, content(&official, &known, None, form, &shown));
    }
    let body = json!({"calendar": wished, "reason": posted.get("reason")});
    if posted.get("then") != "save" {
        let preview = format!("/api/v1/agencies/{}/calendar-preview", official.agency);
        return match official.api().post(&preview, None, &json!({"calendar": wished})).await {
            Ok(moves) => {
                let page = content(&official, &known, None, form, &shown);
                official.page(TEMPLATE, with(page, "moves", moves))
            }
            Err(failure) => again(&official, &known, form, &failure.refused_with(&ANSWERED)?, &shown),
        };
    }
    let call = official.api().call(Method::PUT, &address(&official)).made_from(Some(&shown)).json(&body);
    match call.send().await {
        Ok(_) => Ok(official.go("/work/calendar?saved=1")),
        Err(failure) => again(&official, &known, form, &failure.refused_with(&ANSWERED)?, &shown),
    }
}

/// The form once more, with what is wrong beside its fields. Who comes second goes on from the calendar as it is now.
fn again(
    official: &Official<Administer>,
    known: &Known,
    mut form: Form,
    problem: &Problem,
    shown: &str,
) -> Result<HttpResponse, Failure> {
    if problem.status == 412 {
        form.fault("reason", &official.say("calendar-moved-on"));
        return official.page_again(TEMPLATE, content(official, known, None, form, &known.version));
    }
    for error in &problem.errors {
        form.fault(field(&error.pointer), &error.detail);
    }
    if problem.errors.is_empty() {
        form.fault("reason", &problem.title);
    }
    official.page_again(TEMPLATE, content(official, known, None, form, shown))
}

/// The field of the form that a part of the calendar comes from.
fn field(pointer: &str) -> &'static str {
    match pointer {
        days if days.starts_with("/calendar/days") && days.ends_with("reason") => "day_reason",
        days if days.starts_with("/calendar/days") => "day",
        hours if hours.starts_with("/calendar/hours") => "first_opens",
        saturday if saturday.starts_with("/calendar/saturday") => "saturday_opens",
        _ => "reason",
    }
}

/// The calendar that the form asks for: what there is, without what is ticked and with what is added.
fn wish(posted: &Posted, own: &CalendarSettings, form: &mut Form, day_missing: &str) -> Value {
    let stays = |it: &&CalendarDay| posted.get(&format!("remove-{}", it.day)).is_empty();
    let kept = |days: &[CalendarDay]| days.iter().filter(stays).map(|it| json!(it)).collect::<Vec<_>>();
    let (mut off, mut worked) = (kept(&own.days_off), kept(&own.days_worked));
    let part = |part: &str| posted.get(&format!("day-{part}"));
    let (day, reason) = (calendar::typed(part("day"), part("month"), part("year")), posted.get("day_reason"));
    match day.parse::<NaiveDate>() {
        Ok(day) => {
            let list = if posted.get("kind") == "WORKED" { &mut worked } else { &mut off };
            list.push(json!({"day": day, "reason": reason}));
        }
        Err(_) if day.is_empty() && reason.is_empty() => {}
        Err(_) => form.fault("day", day_missing),
    }
    let mut wished = json!({"days_off": off, "days_worked": worked});
    let session = |opens: &str, closes: &str| json!({"opens": posted.get(opens), "closes": posted.get(closes)});
    let [first, second] = [session(TIMES[0], TIMES[1]), session(TIMES[2], TIMES[3])];
    let hours: Vec<_> = [first, second].into_iter().filter(|it| it["opens"] != "" || it["closes"] != "").collect();
    if !hours.is_empty() {
        wished["hours"] = json!(hours);
    }
    let saturday = session("saturday_opens", "saturday_closes");
    if saturday["opens"] != "" || saturday["closes"] != "" {
        wished["saturday"] = json!({"hours": [saturday], "counts": posted.get("saturday_counts") == "true"});
    }
    wished
}

/// What stands in the form as it is shown first.
fn typed(known: &Known) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let hours = &known.told["hours"];
    let mut values = vec![("kind".to_owned(), "OFF".to_owned())];
    let sessions = [&hours[0]["opens"], &hours[0]["closes"], &hours[1]["opens"], &hours[1]["closes"]];
    values.extend(TIMES.iter().zip(sessions).map(|(name, value)| ((*name).to_owned(), text(value))));
    let saturday = &known.told["own"]["saturday"];
    for (name, member) in [("saturday_opens", "opens"), ("saturday_closes", "closes")] {
        values.push((name.to_owned(), text(&saturday["hours"][0][member])));
    }
    if saturday["counts"] == true {
        values.push(("saturday_counts".to_owned(), "true".to_owned()));
    }
    values
}

fn content(official: &Official<Administer>, known: &Known, year: Option<i32>, form: Form, version: &str) -> Value {
    let this_year = official.now().with_timezone(&VIETNAM).year();
    let year = year.filter(|year| (2020..=2100).contains(year)).unwrap_or(this_year);
    let own = &known.days.own;
    let line = |it: &CalendarDay, worked: bool| {
        let weekday = it.day.weekday().number_from_monday();
        json!({"day": it.day, "weekday": weekday, "worked": worked, "reason": it.reason})
    };
    let off = own.days_off.iter().map(|it| line(it, false));
    let own: Vec<_> = off.chain(own.days_worked.iter().map(|it| line(it, true))).collect();
    json!({
        "agency": official.agency,
        "year": year,
        "months": known.days.year(year),
        "own": own,
        "version": version,
        "form": form,
        "moves": null,
        "saved": false,
    })
}

fn with(mut content: Value, name: &str, value: Value) -> Value {
    content[name] = value;
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_asks_for_what_there_is_without_what_is_ticked_and_with_what_is_added() {
        let day = |day: &str| CalendarDay { day: day.parse().expect("a day"), reason: "Cũ".into() };
        let own =
            CalendarSettings { days_off: vec![day("2026-07-23"), day("2026-07-24")], ..CalendarSettings::default() };
        let posted = b"remove-2026-07-23=true&kind=OFF&day-day=3&day-month=12&day-year=2026&day_reason=B%C3%A3o\
            &first_opens=08:00&first_closes=12:00&second_opens=&second_closes=&saturday_opens=07:30&saturday_closes=11:30";
        let (posted, mut form) = (Posted::parse(posted), Form::default());
        let wished = wish(&posted, &own, &mut form, "Which day?");
        assert!(!form.has_faults());
        let expected = json!({
            "days_off": [{"day": "2026-07-24", "reason": "Cũ"}, {"day": "2026-12-03", "reason": "Bão"}],
            "days_worked": [],
            "hours": [{"opens": "08:00", "closes": "12:00"}],
            "saturday": {"hours": [{"opens": "07:30", "closes": "11:30"}], "counts": false},
        });
        assert_eq!(wished, expected);
        let unreal = Posted::parse(b"day-day=31&day-month=2&day-year=2026&day_reason=B");
        wish(&unreal, &own, &mut form, "Which day?");
        assert!(form.has_faults());
    }
}
