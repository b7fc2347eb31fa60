//! When an official is away, and who stands in: from the first day to the midnight that ends the last one, in Vietnam.

use chrono::NaiveDate;
use civic::{LocalText, OfficialRole};
use procedure::Finding;
use uuid::Uuid;

use super::colleague::{Colleague, WORKING_ROLES};

/// Days that one leave may take.
const LONGEST: i64 = 366;

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
    /// The last day.
    pub last_day: NaiveDate,
}

impl Leave {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        (self.first_day..=self.last_day).contains(&day)
    }

    fn meets(&self, other: &Self) -> bool {
        self.first_day <= other.last_day && other.first_day <= self.last_day
    }

    /// What stands against it, beside those that are noted already, at an agency where these serve.
    pub fn faults(&self, known: &[Self], colleagues: &[Colleague], today: NaiveDate) -> Vec<Finding> {
        let checks = [self.term(today), self.person(known, colleagues), self.standing_in(known, colleagues)];
        checks.into_iter().flatten().collect()
    }

    fn term(&self, today: NaiveDate) -> Option<Finding> {
        if self.last_day < self.first_day {
            return Some(fault(
                "/last_day",
                "before-first-day",
                "Ngày cuối phải sau hoặc trùng ngày đầu.",
                "The last day is the first one or comes after it.",
            ));
        }
        if self.last_day < today {
            return Some(fault(
                "/last_day",
                "past",
                "Thời gian nghỉ đã qua. Chọn ngày từ hôm nay.",
                "This leave is over. Choose a day from today on.",
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
        Leave { id: Uuid::nil(), official, deputy, first_day: day(first), last_day: day(last) }
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
        leave.faults(known, &staff(), day(TODAY)).iter().map(|fault| fault.code).collect()
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
}
