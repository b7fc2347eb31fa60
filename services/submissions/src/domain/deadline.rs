//! The deadlines of a dossier that are watched, and when somebody is alerted to one: twice before it, at it, and after it; each once.

use chrono::{DateTime, TimeDelta, Utc};
use civic::{
    AgencyCode, DossierStatus, OfficialRole, WorkingCalendar,
    events::{DeadlineKind, DeadlineStep},
};
use uuid::Uuid;

use super::{staff::Staff, workload::answer_by};

/// How much working time lies between a deadline and its alerts.
#[derive(Clone, Copy, Debug)]
pub struct AlertTimes {
    /// Before it, when there is time yet.
    pub early: TimeDelta,
    /// Before it, when there is little.
    pub soon: TimeDelta,
    /// After it, when a leader must hear of it.
    pub late: TimeDelta,
}

impl AlertTimes {
    /// So many working hours.
    pub fn of_hours(early: u16, soon: u16, late: u16) -> Self {
        let hours = |hours: u16| TimeDelta::hours(hours.into());
        Self { early: hours(early), soon: hours(soon), late: hours(late) }
    }
}

/// What of a dossier its deadlines follow from.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The dossier.
    pub dossier: Uuid,
    /// Its agency.
    pub agency: AgencyCode,
    /// Where it stands.
    pub status: DossierStatus,
    /// When it came to wait to be received, last.
    pub registered_at: Option<DateTime<Utc>>,
    /// When it was received.
    pub received_at: Option<DateTime<Utc>>,
    /// When its stage began.
    pub stage_since: Option<DateTime<Utc>>,
    /// By when that is due.
    pub stage_due_at: Option<DateTime<Utc>>,
    /// When its result is due.
    pub due_at: DateTime<Utc>,
    /// Whether its time is over, though it is taken up again.
    pub is_over: bool,
    /// Who has it.
    pub holder: Option<Uuid>,
    /// Whose part it is.
    pub stage_role: Option<OfficialRole>,
}

/// A deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What ends.
    pub kind: DeadlineKind,
    /// Since when it has been so: nobody is alerted to what she has just been given.
    pub since: DateTime<Utc>,
    /// When it ends.
    pub due_at: DateTime<Utc>,
}

/// An alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Alert {
    /// What ends.
    pub kind: DeadlineKind,
    /// When.
    pub due_at: DateTime<Utc>,
    /// How near that is.
    pub step: DeadlineStep,
}

/// What a look finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The alerts that have fallen due, each with the working minute at which it did.
    pub fallen: Vec<(Alert, DateTime<Utc>)>,
    /// When to look again; never, when nothing is to come.
    pub next: Option<DateTime<Utc>>,
}

impl Watched {
    /// Its deadlines while its agency's time runs. Of a stage that is due with the whole only the whole is watched.
    pub fn deadlines(&self, calendar: &WorkingCalendar) -> Vec<Deadline> {
        let deadline = |kind, since: Option<DateTime<Utc>>, due_at: Option<DateTime<Utc>>| {
            Some(Deadline { kind, since: since?, due_at: due_at? })
        };
        let found = match self.status {
            DossierStatus::Registered => {
                let until = self.registered_at.and_then(|since| answer_by(self.status, since, calendar));
                [deadline(DeadlineKind::Answer, self.registered_at, until), None]
            }
            DossierStatus::Received | DossierStatus::Processing if !self.is_over => {
                let own = self.stage_due_at.filter(|due| *due < self.due_at);
                [
                    deadline(DeadlineKind::Stage, self.stage_since, own),
                    deadline(DeadlineKind::Result, self.received_at, Some(self.due_at)),
                ]
            }
            _ => [None, None],
        };
        found.into_iter().flatten().collect()
    }

    /// What has fallen due by `now` of what was not `told` yet, and when to look again.
    pub fn look(&self, told: &[Alert], times: &AlertTimes, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Look {
        let all = self.deadlines(calendar).into_iter().flat_map(|deadline| deadline.alerts(times, calendar));
        let open: Vec<_> = all.filter(|(alert, _)| !told.contains(alert)).collect();
        let next = open.iter().map(|(_, at)| *at).filter(|at| *at > now).min();
        let past: Vec<_> = open.into_iter().filter(|(_, at)| *at <= now).collect();
        // A warning that another overtook is not given any more.
        let overtaken = |alert: &Alert| {
            let later = |(other, _): &(Alert, DateTime<Utc>)| {
                (other.kind, other.due_at) == (alert.kind, alert.due_at) && other.step > alert.step
            };
            alert.step < DeadlineStep::Due && past.iter().any(later)
        };
        let fallen = past.iter().filter(|(alert, _)| !overtaken(alert)).copied().collect();
        Look { fallen, next }
    }

    /// Who is alerted: before it whoever must act, at it the head of the agency too, afterwards its leader; each who is away by her deputy.
    /// Where nobody must act who serves there, the head.
    pub fn told_to(&self, step: DeadlineStep, staff: &Staff) -> Vec<Uuid> {
        let with = |role: OfficialRole| {
            let holds = staff.colleagues.iter().filter(move |one| one.roles.contains(&role));
            holds.map(|one| one.id).collect::<Vec<_>>()
        };
        let acting = || match (self.status, self.holder) {
            (DossierStatus::Registered, _) => with(OfficialRole::Receiver),
            (_, Some(holder)) => vec![holder],
            _ => with(self.stage_role.unwrap_or(OfficialRole::Processor)),
        };
        let heads = with(OfficialRole::Approver);
        let mut told = match step {
            DeadlineStep::Early | DeadlineStep::Soon => acting(),
            DeadlineStep::Due => [acting(), heads.clone()].concat(),
            DeadlineStep::Late => heads.clone(),
        };
        if told.is_empty() {
            told = heads;
        }
        let mut told: Vec<_> = told.into_iter().map(|official| staff.in_place_of(official).official).collect();
        told.sort_unstable();
        told.dedup();
        told
    }
}

impl Deadline {
    /// Its alerts with when they fall due, but for those at or before its beginning.
    fn alerts(self, times: &AlertTimes, calendar: &WorkingCalendar) -> Vec<(Alert, DateTime<Utc>)> {
        let at = |step| match step {
            DeadlineStep::Early => calendar.working_time_before(self.due_at, times.early),
            DeadlineStep::Soon => calendar.working_time_before(self.due_at, times.soon),
            DeadlineStep::Due => self.due_at,
            DeadlineStep::Late => calendar.add_working_time(self.due_at, times.late),
        };
        let alert = |step| (Alert { kind: self.kind, due_at: self.due_at, step }, at(step));
        let all = DeadlineStep::ALL.iter().map(|step| alert(*step));
        all.filter(|(alert, at)| alert.step >= DeadlineStep::Due || *at > self.since).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        colleague::Colleague,
        leave::{DayPart, Leave},
    };

    fn at(text: &str) -> DateTime<Utc> {
        let local = DateTime::parse_from_str(&format!("2026-{text} +0700"), "%Y-%m-%d %H:%M %z");
        local.expect("a moment").to_utc()
    }

    fn times() -> AlertTimes {
        AlertTimes::of_hours(8, 2, 8)
    }

    /// Received on Tuesday 21 July at 10:00, due on Thursday at 17:00, its stage since then of five working hours.
    fn watched() -> Watched {
        Watched {
            dossier: Uuid::nil(),
            agency: "H44.100".parse().expect("a code"),
            status: DossierStatus::Processing,
            registered_at: Some(at("07-20 09:00")),
            received_at: Some(at("07-21 10:00")),
            stage_since: Some(at("07-21 10:00")),
            stage_due_at: Some(at("07-21 17:00")),
            due_at: at("07-23 17:00"),
            is_over: false,
            holder: Some(Uuid::from_u128(1)),
            stage_role: Some(OfficialRole::Processor),
        }
    }

    fn planned(watched: &Watched) -> Vec<(&'static str, &'static str, DateTime<Utc>)> {
        let calendar = WorkingCalendar::vietnam();
        let all = watched.deadlines(&calendar).into_iter().flat_map(|it| it.alerts(&times(), &calendar));
        all.map(|(alert, at)| (alert.kind.as_str(), alert.step.as_str(), at)).collect()
    }

    #[test]
    fn each_alert_has_its_working_minute() {
        // With the hours 07:00 to 11:30 and 13:30 to 17:00.
        let expected = [
            ("STAGE", "SOON", at("07-21 15:00")),
            ("STAGE", "DUE", at("07-21 17:00")),
            ("STAGE", "LATE", at("07-22 17:00")),
            ("RESULT", "EARLY", at("07-23 07:00")),
            ("RESULT", "SOON", at("07-23 15:00")),
            ("RESULT", "DUE", at("07-23 17:00")),
            ("RESULT", "LATE", at("07-24 17:00")),
        ];
        assert_eq!(planned(&watched()), expected, "eight hours before its end the stage had not begun");
        let registered =
            Watched { status: DossierStatus::Registered, registered_at: Some(at("07-23 16:00")), ..watched() };
        let expected = [
            ("ANSWER", "SOON", at("07-24 14:00")),
            ("ANSWER", "DUE", at("07-24 16:00")),
            ("ANSWER", "LATE", at("07-27 16:00")),
        ];
        assert_eq!(planned(&registered), expected, "over a weekend");
        assert_eq!(planned(&Watched { is_over: true, ..watched() }), []);
        assert_eq!(planned(&Watched { status: DossierStatus::SupplementRequested, ..watched() }), []);
    }

    #[test]
    fn a_look_finds_each_once_and_says_when_to_look_again() {
        let (calendar, watched) = (WorkingCalendar::vietnam(), watched());
        let (mut told, mut found) = (Vec::new(), Vec::new());
        let mut now = at("07-21 10:00");
        loop {
            let look = watched.look(&told, &times(), now, &calendar);
            assert!(look.fallen.iter().all(|(_, at)| *at == now), "not before, not after: {look:?}");
            found.extend(look.fallen.iter().map(|(alert, _)| (alert.kind, alert.step)));
            told.extend(look.fallen.iter().map(|(alert, _)| *alert));
            assert_eq!(watched.look(&told, &times(), now, &calendar).fallen, []);
            match look.next {
                Some(next) => now = next,
                None => break,
            }
        }
        assert_eq!(found.len(), 7);
    }

    #[test]
    fn a_warning_that_is_overtaken_is_not_given_and_what_was_missed_is() {
        let (calendar, watched) = (WorkingCalendar::vietnam(), watched());
        let look = watched.look(&[], &times(), at("07-24 17:00"), &calendar);
        let steps: Vec<_> = look.fallen.iter().map(|(alert, _)| (alert.kind.as_str(), alert.step.as_str())).collect();
        assert_eq!(steps, [("STAGE", "DUE"), ("STAGE", "LATE"), ("RESULT", "DUE"), ("RESULT", "LATE")]);
        assert_eq!(look.next, None);
        // Put off, it is another deadline.
        let later = Watched { due_at: at("07-28 17:00"), ..watched };
        let told: Vec<_> = look.fallen.iter().map(|(alert, _)| *alert).collect();
        assert_eq!(later.look(&told, &times(), at("07-24 17:00"), &calendar).next, Some(at("07-28 07:00")));
    }

    #[test]
    fn who_must_act_hears_first_then_the_head_and_deputies_of_who_is_away() {
        let colleague = |id, role| Colleague {
            id: Uuid::from_u128(id),
            name: String::new(),
            roles: vec![role],
            load: 0,
            given_at: None,
        };
        use OfficialRole::{Approver, Processor, Receiver};
        let all =
            || vec![colleague(1, Processor), colleague(2, Processor), colleague(3, Approver), colleague(4, Receiver)];
        let here = Staff { colleagues: all(), leaves: Vec::new() };
        let ids = |watched: &Watched, step, staff: &Staff| {
            watched.told_to(step, staff).into_iter().map(|id| id.as_u128()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&watched(), DeadlineStep::Early, &here), [1]);
        assert_eq!(ids(&watched(), DeadlineStep::Due, &here), [1, 3]);
        assert_eq!(ids(&watched(), DeadlineStep::Late, &here), [3]);
        let nobodys = Watched { holder: None, ..watched() };
        assert_eq!(ids(&nobodys, DeadlineStep::Soon, &here), [1, 2], "whoever could take it");
        let unserved = Watched { stage_role: Some(OfficialRole::Cashier), ..nobodys };
        assert_eq!(ids(&unserved, DeadlineStep::Soon, &here), [3], "nobody can, so the head");
        let registered = Watched { status: DossierStatus::Registered, ..watched() };
        assert_eq!(ids(&registered, DeadlineStep::Soon, &here), [4]);
        let day = "2026-07-21".parse().expect("a day");
        let (first_part, last_part) = (DayPart::Morning, DayPart::Afternoon);
        let [id, official, deputy] = [0, 1, 2].map(Uuid::from_u128);
        let leave = Leave { id, official, deputy, first_day: day, first_part, last_day: day, last_part };
        let away = Staff { colleagues: all(), leaves: vec![leave] };
        assert_eq!(ids(&watched(), DeadlineStep::Early, &away), [2]);
    }
}
