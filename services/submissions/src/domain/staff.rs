//! Who serves at an agency: who is away, who stands in, and who has the least to do.

use chrono::{DateTime, Utc};
use civic::OfficialRole;
use uuid::Uuid;

use super::{
    colleague::{Colleague, WORKING_ROLES},
    leave::Leave,
};

/// Who serves at an agency at a moment.
#[derive(Clone, Debug, Default)]
pub struct Staff {
    /// The officials.
    pub colleagues: Vec<Colleague>,
    /// The leaves that hold then.
    pub leaves: Vec<Leave>,
}

/// Who is given a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assignee {
    /// Who gets it.
    pub official: Uuid,
    /// The absent official for whom it was meant.
    pub meant_for: Option<Uuid>,
}

impl Staff {
    /// Those leaves that hold at `now`.
    pub fn of(colleagues: Vec<Colleague>, leaves: Vec<Leave>, now: DateTime<Utc>) -> Self {
        Self { colleagues, leaves: leaves.into_iter().filter(|leave| leave.holds_at(now)).collect() }
    }

    /// Who gets what is given to `official`: while she is away, her deputy.
    pub fn in_place_of(&self, official: Uuid) -> Assignee {
        let leave = self.leaves.iter().find(|leave| leave.official == official);
        leave.map_or(Assignee { official, meant_for: None }, |leave| Assignee {
            official: leave.deputy,
            meant_for: Some(official),
        })
    }

    /// Whether `official` holds `role`.
    pub fn holds(&self, official: Uuid, role: OfficialRole) -> bool {
        self.colleagues.iter().any(|colleague| colleague.id == official && colleague.roles.contains(&role))
    }

    /// Whether anybody holds one of `roles`.
    pub fn has_any(&self, roles: &[OfficialRole]) -> bool {
        self.colleagues.iter().any(|colleague| colleague.roles.iter().any(|role| roles.contains(role)))
    }

    /// Who is away.
    pub fn absent(&self) -> Vec<Uuid> {
        self.leaves.iter().map(|leave| leave.official).collect()
    }

    /// The roles by which dossiers are worked on that nobody holds.
    pub fn unserved(&self) -> Vec<OfficialRole> {
        WORKING_ROLES.into_iter().filter(|role| !self.has_any(&[*role])).collect()
    }

    /// Of those with `role` who are there and may, who has the fewest dossiers; of several, who has been given none for longest.
    pub fn least_loaded(&self, role: OfficialRole, may: impl Fn(Uuid) -> bool) -> Option<Assignee> {
        let is_there = |colleague: &&Colleague| self.in_place_of(colleague.id).official == colleague.id;
        let able = self.colleagues.iter().filter(is_there).filter(|one| one.roles.contains(&role) && may(one.id));
        let least = able.min_by_key(|one| (one.load, one.given_at, one.id))?;
        Some(Assignee { official: least.id, meant_for: None })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::leave::DayPart;

    fn colleague(id: u128, load: i64, given_at: Option<&str>) -> Colleague {
        Colleague {
            id: Uuid::from_u128(id),
            name: String::new(),
            roles: vec![OfficialRole::Processor],
            load,
            given_at: given_at.map(|at| at.parse().expect("a moment")),
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    fn leave(official: u128, deputy: u128) -> Leave {
        Leave {
            id: Uuid::nil(),
            official: Uuid::from_u128(official),
            deputy: Uuid::from_u128(deputy),
            first_day: day("2026-12-01"),
            first_part: DayPart::Morning,
            last_day: day("2026-12-04"),
            last_part: DayPart::Afternoon,
        }
    }

    fn chosen(staff: &Staff, may: impl Fn(Uuid) -> bool) -> Option<u128> {
        staff.least_loaded(OfficialRole::Processor, may).map(|assignee| assignee.official.as_u128())
    }

    #[test]
    fn the_fewest_dossiers_win_and_of_several_who_waited_longest() {
        let all = vec![
            colleague(1, 2, None),
            colleague(2, 1, Some("2026-12-01T02:00:00Z")),
            colleague(3, 1, Some("2026-12-01T01:00:00Z")),
        ];
        let staff = Staff::of(all, Vec::new(), at("2026-12-01T03:00:00Z"));
        assert_eq!(chosen(&staff, |_| true), Some(3));
        assert_eq!(chosen(&staff, |id| id.as_u128() != 3), Some(2), "one of whom another is wanted");
        assert_eq!(chosen(&staff, |_| false), None);
        assert_eq!(staff.least_loaded(OfficialRole::Approver, |_| true), None);
    }

    #[test]
    fn nothing_is_given_to_who_is_away_and_the_last_day_ends_at_midnight() {
        let all = vec![colleague(1, 0, None), colleague(2, 5, None)];
        let on = |text| Staff::of(all.clone(), vec![leave(1, 2)], at(text));
        let (away, back) = (on("2026-12-04T16:59:59Z"), on("2026-12-04T17:00:00Z"));
        assert_eq!((chosen(&away, |_| true), chosen(&back, |_| true)), (Some(2), Some(1)));
        let [absent, deputy] = [1, 2].map(Uuid::from_u128);
        assert_eq!(away.in_place_of(absent), Assignee { official: deputy, meant_for: Some(absent) });
        assert_eq!(back.in_place_of(absent), Assignee { official: absent, meant_for: None });
    }
}
