//! How values are said in a difference: money, time, channels, who.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use civic::{FilingChannel, LocalText, OfficialRole, TimeLimit, Vnd};

use crate::{FeeBasis, PaperForm};

/// Both languages at once.
pub(super) fn say(vi: impl Into<String>, en: impl Into<String>) -> LocalText {
    LocalText::new(vi, en)
}

/// Several, one after the other.
pub(super) fn listed(texts: impl IntoIterator<Item = LocalText>, joint: &str) -> LocalText {
    let (vi, en): (Vec<_>, Vec<_>) = texts.into_iter().map(|LocalText { vi, en }| (vi, en)).unzip();
    say(vi.join(joint), en.join(joint))
}

/// `8.000 ₫`, and `8,000 ₫` in English.
pub(super) fn money(amount: Vnd) -> LocalText {
    let vi = amount.to_string();
    let en = vi.replace('.', ",");
    say(vi, en)
}

pub(super) fn day(day: NaiveDate) -> LocalText {
    say(day.format("%d/%m/%Y").to_string(), day.format("%-d %B %Y").to_string())
}

pub(super) fn time(limit: TimeLimit) -> LocalText {
    match limit {
        TimeLimit::SameDay { cut_off } => {
            let hour = cut_off.format("%H:%M");
            say(format!("trong ngày, nếu nhận trước {hour}"), format!("the same day when received by {hour}"))
        }
        TimeLimit::WorkingDays { days } => say(format!("{days} ngày làm việc"), format!("{days} working days")),
        TimeLimit::CalendarDays { days } => say(format!("{days} ngày"), format!("{days} days")),
        TimeLimit::WorkingHours { hours } => say(format!("{hours} giờ làm việc"), format!("{hours} working hours")),
    }
}

pub(super) fn channel(channel: FilingChannel) -> LocalText {
    match channel {
        FilingChannel::Online => say("trực tuyến", "online"),
        FilingChannel::Direct => say("trực tiếp", "at the counter"),
        FilingChannel::Post => say("qua bưu chính", "by post"),
    }
}

/// What is paid by each channel.
pub(super) fn prices(channels: &BTreeMap<FilingChannel, Vnd>) -> LocalText {
    let each = channels.iter().map(|(by, amount)| {
        let (by, amount) = (channel(*by), money(*amount));
        say(format!("{} {}", by.vi, amount.vi), format!("{} {}", amount.en, by.en))
    });
    listed(each, ", ")
}

pub(super) fn basis(per: &FeeBasis) -> LocalText {
    match per {
        FeeBasis::Dossier => say("một lần mỗi hồ sơ", "once a dossier"),
        FeeBasis::Answer { pointer } => {
            let name = pointer.trim_start_matches('/');
            say(format!("theo mục {name}"), format!("as often as {name} says"))
        }
        FeeBasis::Pages { first, then, most, .. } => {
            let (then, most) = (money(*then), money(*most));
            say(
                format!("theo trang: {first} trang đầu, sau đó {} một trang, tối đa {} một bản", then.vi, most.vi),
                format!("by the page: {first} first ones, then {} each, {} a copy at most", then.en, most.en),
            )
        }
    }
}

pub(super) fn paper(form: Option<PaperForm>) -> LocalText {
    match form {
        None => say("bản chính hoặc bản sao", "original or copy"),
        Some(PaperForm::Original) => say("bản chính", "original"),
        Some(PaperForm::Copy) => say("bản sao", "copy"),
        Some(PaperForm::CertifiedCopy) => say("bản sao có chứng thực", "certified copy"),
    }
}

pub(super) fn role(role: OfficialRole) -> LocalText {
    match role {
        OfficialRole::Receiver => say("cán bộ tiếp nhận", "who receives"),
        OfficialRole::Processor => say("cán bộ xử lý", "who processes"),
        OfficialRole::Approver => say("người phê duyệt", "who approves"),
        other => say(other.as_str(), other.as_str()),
    }
}

/// From what to what, of something named.
pub(super) fn became(what: &LocalText, from: &LocalText, to: &LocalText) -> LocalText {
    say(format!("{}: từ {} thành {}.", what.vi, from.vi, to.vi), format!("{}: {} becomes {}.", what.en, from.en, to.en))
}
