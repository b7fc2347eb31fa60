//! The capacities that a person holds, and in which of them a session begins.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use civic::{AgencyCode, LocalText, MemberRole, OfficialRole, VIETNAM};
use edge::Capacity;
use uuid::Uuid;

/// A post that is held now: roles at one agency.
#[derive(Clone, Debug)]
pub struct Post {
    pub agency: AgencyCode,
    /// The agency's name.
    pub name: LocalText,
    pub roles: Vec<OfficialRole>,
    /// The last day of the first of them to end, if one does.
    pub until: Option<NaiveDate>,
}

/// A membership that is held now.
#[derive(Clone, Debug)]
pub struct Membership {
    pub organisation: Uuid,
    /// The organisation's name.
    pub name: String,
    pub role: MemberRole,
    /// The last day.
    pub until: Option<NaiveDate>,
}

/// A capacity that is held now.
#[derive(Clone, Debug)]
pub struct Held {
    pub capacity: Capacity,
    /// What it is called: the person, the organisation or the agency.
    pub name: LocalText,
    /// The last day on which it is held as it is.
    pub until: Option<NaiveDate>,
}

impl Held {
    /// From when on it is not held as it is: the midnight after the last day.
    pub fn ends_at(&self) -> Option<DateTime<Utc>> {
        let next = self.until? + TimeDelta::days(1);
        next.and_time(NaiveTime::MIN).and_local_timezone(VIETNAM).single().map(|midnight| midnight.to_utc())
    }
}

/// Everything that a person may act as, in the order in which it is offered. `identified` is her name once her citizen number is
/// known: without that she acts in her posts only.
pub fn held(identified: Option<&str>, posts: Vec<Post>, memberships: Vec<Membership>) -> Vec<Held> {
    let myself = identified.map(|name| {
        let name = LocalText::new(name, name);
        Held { capacity: Capacity::Myself, name, until: None }
    });
    let posts = posts.into_iter().map(|Post { agency, name, roles, until }| {
        let capacity = Capacity::Post { agency, roles };
        Held { capacity, name, until }
    });
    let memberships = memberships.into_iter().map(|Membership { organisation, name, role, until }| {
        let shown = LocalText::new(&*name, &*name);
        Held { capacity: Capacity::Organisation { organisation, name, role }, name: shown, until }
    });
    myself.into_iter().chain(posts).chain(memberships).collect()
}

/// The one that is called `name` (as [`Capacity`] is displayed), if it is held.
pub fn named<'a>(held: &'a [Held], name: &str) -> Option<&'a Held> {
    held.iter().find(|held| held.capacity.to_string() == name)
}

/// In which a session begins: the one used last, if it is still held; else the first, which is herself for a citizen and the
/// first post for who is only an official.
pub fn initial<'a>(held: &'a [Held], last: Option<&str>) -> Option<&'a Held> {
    last.and_then(|name| named(held, name)).or_else(|| held.first())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(agency: &str) -> Post {
        let roles = vec![OfficialRole::Receiver];
        Post { agency: agency.parse().expect("a code"), name: LocalText::new("Xã", "Commune"), roles, until: None }
    }

    fn membership() -> Membership {
        Membership { organisation: Uuid::from_u128(7), name: "Công ty".into(), role: MemberRole::Member, until: None }
    }

    fn begins(held: &[Held], last: Option<&str>) -> Option<String> {
        initial(held, last).map(|held| held.capacity.to_string())
    }

    #[test]
    fn what_has_a_last_day_ends_at_the_midnight_after_it_in_vietnam() {
        let until = NaiveDate::from_ymd_opt(2026, 7, 21);
        let held = held(None, vec![Post { until, ..post("H44.100") }], vec![membership()]);
        let ends: Vec<_> = held.iter().map(|held| held.ends_at().map(|at| at.to_rfc3339())).collect();
        assert_eq!(ends, [Some("2026-07-21T17:00:00+00:00".to_owned()), None]);
    }

    #[test]
    fn a_session_begins_in_the_capacity_used_last_then_as_oneself_then_in_the_first_post() {
        let all = held(Some("An"), vec![post("H44.100"), post("H44.101")], vec![membership()]);
        assert_eq!(all.len(), 4);
        assert_eq!(begins(&all, None).as_deref(), Some("SELF"));
        assert_eq!(begins(&all, Some("POST:H44.101")).as_deref(), Some("POST:H44.101"));
        assert_eq!(begins(&all, Some("POST:H44.102")).as_deref(), Some("SELF"), "no longer held");
        let official = held(None, vec![post("H44.100"), post("H44.101")], vec![membership()]);
        assert_eq!(begins(&official, None).as_deref(), Some("POST:H44.100"));
        assert_eq!(
            begins(&held(None, vec![], vec![membership()]), None),
            Some(format!("ORGANISATION:{}", Uuid::from_u128(7)))
        );
        assert_eq!(begins(&[], Some("SELF")), None);
    }
}
