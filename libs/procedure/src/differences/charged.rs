//! Other fees, other time limits.

use civic::{FilingChannel, LocalText};

use super::{
    quoted,
    words::{basis, became, channel, money, prices, say, time},
};
use crate::{FeeRule, Procedure};

/// A fee is the same when it has the same name and is for the same case.
fn same<'p>(rules: &'p [FeeRule], rule: &FeeRule) -> Option<&'p FeeRule> {
    rules.iter().find(|it| it.name.vi == rule.name.vi && it.case == rule.case)
}

pub(super) fn fees(before: &Procedure, after: &Procedure) -> Vec<LocalText> {
    let new = after.fee_rules.iter().filter(|rule| same(&before.fee_rules, rule).is_none());
    let mut texts: Vec<_> = new
        .map(|rule| {
            let (name, cost) = (named(after, rule), prices(&rule.channels));
            say(format!("Thêm khoản thu {}: {}.", name.vi, cost.vi), format!("New fee {}: {}.", name.en, cost.en))
        })
        .collect();
    for rule in &before.fee_rules {
        let Some(now) = same(&after.fee_rules, rule) else {
            let name = named(before, rule);
            texts.push(say(format!("Không thu {} nữa.", name.vi), format!("{} is not charged any more.", name.en)));
            continue;
        };
        texts.extend(changed(&named(after, now), rule, now));
    }
    texts
}

fn changed(name: &LocalText, before: &FeeRule, after: &FeeRule) -> Vec<LocalText> {
    let price = |rule: &FeeRule, by: FilingChannel| {
        rule.channels.get(&by).map_or_else(|| say("không thu", "nothing"), |amount| money(*amount))
    };
    let moved = FilingChannel::ALL.iter().filter(|by| before.channels.get(by) != after.channels.get(by));
    let mut texts: Vec<_> = moved
        .map(|by| {
            let (way, from, to) = (channel(*by), price(before, *by), price(after, *by));
            let what = say(format!("{} {}", name.vi, way.vi), format!("{} {}", name.en, way.en));
            became(&what, &from, &to)
        })
        .collect();
    if before.per != after.per {
        let what = say(format!("Cách tính {}", name.vi), format!("How {} is counted", name.en));
        texts.push(became(&what, &basis(&before.per), &basis(&after.per)));
    }
    if before.kind != after.kind {
        texts.push(say(
            format!("{} đổi loại giữa phí và lệ phí.", name.vi),
            format!("{} is of another kind of fee.", name.en),
        ));
    }
    texts
}

/// What a fee is called, with the case it is for.
fn named(procedure: &Procedure, rule: &FeeRule) -> LocalText {
    of_case(procedure, quoted(&rule.name), rule.case.as_deref())
}

fn of_case(procedure: &Procedure, what: LocalText, case: Option<&str>) -> LocalText {
    let Some(code) = case else { return what };
    let name = procedure.cases.iter().find(|case| case.code == code).map(|case| quoted(&case.name));
    let name = name.unwrap_or_else(|| say(code, code));
    say(format!("{} (trường hợp {})", what.vi, name.vi), format!("{} (case {})", what.en, name.en))
}

pub(super) fn limits(before: &Procedure, after: &Procedure) -> Vec<LocalText> {
    let mut texts = Vec::new();
    if before.time_limit != after.time_limit {
        let what = say("Thời hạn giải quyết", "Time limit");
        texts.push(became(&what, &time(before.time_limit), &time(after.time_limit)));
    }
    let what = |procedure: &Procedure, case: &Option<String>, by: &Option<FilingChannel>| {
        let what = match by.map(channel) {
            Some(way) => say(format!("Thời hạn {}", way.vi), format!("Time limit {}", way.en)),
            None => say("Thời hạn", "Time limit"),
        };
        of_case(procedure, what, case.as_deref())
    };
    let same = |of: &Procedure, case: &Option<String>, by: &Option<FilingChannel>| {
        of.time_limits.iter().find(|rule| rule.case == *case && rule.channel == *by).map(|rule| rule.limit)
    };
    for rule in &after.time_limits {
        let (name, now) = (what(after, &rule.case, &rule.channel), time(rule.limit));
        match same(before, &rule.case, &rule.channel) {
            None => texts.push(say(format!("{}: {}.", name.vi, now.vi), format!("{}: {}.", name.en, now.en))),
            Some(limit) if limit != rule.limit => texts.push(became(&name, &time(limit), &now)),
            Some(_) => {}
        }
    }
    for rule in before.time_limits.iter().filter(|rule| same(after, &rule.case, &rule.channel).is_none()) {
        let name = what(before, &rule.case, &rule.channel);
        texts.push(say(
            format!("{} riêng không còn nữa; áp dụng thời hạn chung.", name.vi),
            format!("{} of its own is no more; the general one holds.", name.en),
        ));
    }
    let cases = |of: &Procedure| of.cases.iter().map(|case| (case.code.clone(), case.when.clone())).collect::<Vec<_>>();
    if cases(before) != cases(after) {
        texts.push(say("Cách phân biệt các trường hợp thay đổi.", "What makes a dossier a case is another."));
    }
    texts
}
