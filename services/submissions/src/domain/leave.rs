//! When an official is away, and who stands in: from the midnight or noon at which the first day begins for her to the one that ends the
//! last, in Vietnam.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use civic::{LocalText, OfficialRole, VIETNAM};
use procedure::Finding;
use uuid::Uuid;

use super::colleague::{Colleague, WORKING_ROLES};

/// Days that one leave may take.
const LONGEST: i64 = 366;

civic::closed_list! {
    /// Half of a day; noon lies between them.
    pub enum DayPart: "half of a day" {
        /// Until noon.
        Morning = "MORNING",
        /// From noon on.
        Afternoon = "AFTERNOON",
    }
}

/// A leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    /// Its id.
    pub id: Uuid,
    /// Who is away.
    pub official: Uuid,
    /// Who stands in.
    pub deputy: Uuid,
    /// The first day.
    pub first_day: NaiveDate,
    /// With which half of it the leave begins.
    pub first_part: DayPart,
    /// The last day.
    pub last_day: NaiveDate,
    /// With which half of it the leave ends.
    pub last_part: DayPart,
}

impl Leave {
    /// When it begins: at midnight, or at noon.
    pub fn begins_at(&self) -> DateTime<Utc> {
        match self.first_part {
            DayPart::Morning => midnight(self.first_day),
            DayPart::Afternoon => noon(self.first_day),
        }
    }

    /// When it is over: at noon, or at the midnight that ends the last day.
    pub fn ends_at(&self) -> DateTime<Utc> {
        match self.last_part {
            DayPart::Morning => noon(self.last_day),
            DayPart::Afternoon => midnight(self.last_day.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX)),
        }
    }

    /// Whether it holds at a moment.
    pub fn holds_at(&self, at: DateTime<Utc>) -> bool {
        (self.begins_at()..self.ends_at()).contains(&at)
    }

    fn meets(&self, other: &Self) -> bool {
        self.begins_at() < other.ends_at() && other.begins_at() < self.ends_at()
    }

    /// What stands against it, beside those that are noted already, at an agency where these serve.
    pub fn faults(&self, known: &[Self], colleagues: &[Colleague], now: DateTime<Utc>) -> Vec<Finding> {
        let checks = [self.term(now), self.person(known, colleagues), self.standing_in(known, colleagues)];
        checks.into_iter().flatten().collect()
    }

    fn term(&self, now: DateTime<Utc>) -> Option<Finding> {
        if self.last_day < self.first_day {
            return Some(fault(
                "/last_day",
                "before-first-day",
                "Ngày cuối phải sau hoặc trùng ngày đầu.",
                "The last day is the first one or comes after it.",
            ));
        }
        if self.ends_at() <= self.begins_at() {
            return Some(fault(
                "/last_part",
                "before-first-part",
                "Nghỉ một ngày thì chọn một trong hai: chỉ buổi sáng, hoặc chỉ buổi chiều.",
                "Of one day choose one half: the morning only, or the afternoon only.",
            ));
        }
        if self.ends_at() <= now {
            return Some(fault(
                "/last_day",
                "past",
                "Thời gian nghỉ đã qua. Chọn ngày, buổi từ bây giờ.",
                "This leave is over. Choose a day and a half from now on.",
            ));
        }
        ((self.last_day - self.first_day).num_days() >= LONGEST).then(|| {
            fault("/last_day", "too-long", "Mỗi lần nghỉ không quá một năm.", "One leave takes no more than a year.")
        })
    }

    fn person(&self, known: &[Self], colleagues: &[Colleague]) -> Option<Finding> {
        if working_roles(colleagues, self.official).is_empty() {
            return Some(fault(
                "/official",
                "serves-elsewhere",
                "Người này không thụ lý hồ sơ tại cơ quan.",
                "This person works on no dossiers at the agency.",
            ));
        }
        let met = |leave: &&Self| self.meets(leave) && [leave.official, leave.deputy].contains(&self.official);
        known.iter().find(met).map(|leave| match leave.official == self.official {
            true => fault("/first_day", "away-already", "Đã có lịch nghỉ trong những ngày này.", "A leave is noted for these days already."),
            false => fault("/first_day", "stands-in", "Trong những ngày này người nghỉ đang làm thay đồng nghiệp. Hãy chọn người khác làm thay đồng nghiệp trước.", "On these days this person stands in for a colleague. Find the colleague another deputy first."),
        })
    }

    fn standing_in(&self, known: &[Self], colleagues: &[Colleague]) -> Option<Finding> {
        if self.deputy == self.official {
            return Some(fault(
                "/deputy",
                "same-person",
                "Người làm thay phải là người khác.",
                "The deputy must be somebody else.",
            ));
        }
        let held = working_roles(colleagues, self.deputy);
        if working_roles(colleagues, self.official).iter().any(|role| !held.contains(role)) {
            return Some(fault(
                "/deputy",
                "other-role",
                "Người làm thay phải giữ cùng vai trò tại cơ quan.",
                "The deputy must hold the same roles at the agency.",
            ));
        }
        let away = known.iter().any(|leave| leave.official == self.deputy && self.meets(leave));
        away.then(|| {
            fault(
                "/deputy",
                "away-too",
                "Người làm thay cũng nghỉ trong những ngày này. Chọn người khác.",
                "The deputy is away on these days too. Choose somebody else.",
            )
        })
    }
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    (day.and_time(NaiveTime::MIN) - TimeDelta::seconds(VIETNAM.local_minus_utc().into())).and_utc()
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    midnight(day) + TimeDelta::hours(12)
}

fn working_roles(colleagues: &[Colleague], official: Uuid) -> Vec<OfficialRole> {
    let own = colleagues.iter().find(|colleague| colleague.id == official);
    let roles = own.map(|colleague| colleague.roles.as_slice()).unwrap_or_default();
    roles.iter().copied().filter(|role| WORKING_ROLES.contains(role)).collect()
}

fn fault(pointer: &str, code: &'static str, vi: &str, en: &str) -> Finding {
    Finding { pointer: pointer.to_owned(), code, text: LocalText::new(vi, en) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-12-01";

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn leave(official: u128, deputy: u128, first: &str, last: &str) -> Leave {
        let [official, deputy] = [official, deputy].map(Uuid::from_u128);
        let (first_part, last_part) = (DayPart::Morning, DayPart::Afternoon);
        Leave { id: Uuid::nil(), official, deputy, first_day: day(first), first_part, last_day: day(last), last_part }
    }

    /// Two who receive and process, one who receives only, one who keeps the settings.
    fn staff() -> Vec<Colleague> {
        use OfficialRole::{AgencyAdministrator, Processor, Receiver};
        let roles = [vec![Receiver, Processor], vec![Processor, Receiver], vec![Receiver], vec![AgencyAdministrator]];
        let colleague =
            |(id, roles)| Colleague { id: Uuid::from_u128(id), name: String::new(), roles, load: 0, given_at: None };
        (1..).zip(roles).map(colleague).collect()
    }

    fn codes(leave: &Leave, known: &[Leave]) -> Vec<&'static str> {
        leave.faults(known, &staff(), midnight(day(TODAY))).iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn a_deputy_is_another_with_the_same_roles_who_is_there() {
        assert_eq!(codes(&leave(1, 2, TODAY, TODAY), &[]), [""; 0]);
        assert_eq!(codes(&leave(1, 3, TODAY, TODAY), &[]), ["other-role"]);
        assert_eq!(codes(&leave(3, 1, TODAY, TODAY), &[]), [""; 0], "who can do more stands in too");
        assert_eq!(codes(&leave(1, 1, TODAY, TODAY), &[]), ["same-person"]);
        assert_eq!(codes(&leave(4, 1, TODAY, TODAY), &[]), ["serves-elsewhere"]);
        let away = leave(2, 1, "2026-12-03", "2026-12-04");
        assert_eq!(
            codes(&leave(1, 2, "2026-12-04", "2026-12-09"), std::slice::from_ref(&away)),
            ["stands-in", "away-too"]
        );
        assert_eq!(codes(&leave(1, 2, "2026-12-05", "2026-12-09"), &[away]), [""; 0]);
    }

    #[test]
    fn a_leave_ends_after_it_begins_and_not_in_the_past() {
        assert_eq!(codes(&leave(1, 2, "2026-12-04", "2026-12-03"), &[]), ["before-first-day"]);
        assert_eq!(codes(&leave(1, 2, "2026-11-29", "2026-11-30"), &[]), ["past"]);
        assert_eq!(codes(&leave(1, 2, "2026-11-29", TODAY), &[]), [""; 0]);
        assert_eq!(codes(&leave(1, 2, TODAY, "2027-12-02"), &[]), ["too-long"]);
        assert_eq!(codes(&leave(1, 2, TODAY, TODAY), &[leave(1, 2, "2026-11-30", TODAY)]), ["away-already"]);
    }

    #[test]
    fn half_a_day_begins_or_ends_at_noon() {
        let half = |first_part, last_part| Leave { first_part, last_part, ..leave(1, 2, TODAY, TODAY) };
        let (morning, afternoon) =
            (half(DayPart::Morning, DayPart::Morning), half(DayPart::Afternoon, DayPart::Afternoon));
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("a moment");
        // Noon in Vietnam is 05:00 UTC, its midnight 17:00 of the day before.
        for (moment, before_noon, after_noon) in [
            ("2026-11-30T16:59:59Z", false, false),
            ("2026-11-30T17:00:00Z", true, false),
            ("2026-12-01T04:59:59Z", true, false),
            ("2026-12-01T05:00:00Z", false, true),
            ("2026-12-01T16:59:59Z", false, true),
            ("2026-12-01T17:00:00Z", false, false),
        ] {
            assert_eq!(
                (morning.holds_at(at(moment)), afternoon.holds_at(at(moment))),
                (before_noon, after_noon),
                "{moment}"
            );
        }
        assert_eq!(codes(&afternoon, std::slice::from_ref(&morning)), [""; 0], "one half does not meet the other");
        assert_eq!(codes(&morning, std::slice::from_ref(&morning)), ["away-already"]);
        assert_eq!(codes(&half(DayPart::Afternoon, DayPart::Morning), &[]), ["before-first-part"]);
        assert_eq!(morning.faults(&[], &staff(), noon(day(TODAY))).first().map(|fault| fault.code), Some("past"));
    }
}
