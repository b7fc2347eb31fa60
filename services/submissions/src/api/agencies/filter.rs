//! Which of an agency's dossiers are meant, in a list and in a spreadsheet alike.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use civic::{AgencyCode, DossierStatus, ProcedureCode, VIETNAM, WorkingCalendar};

use crate::{
    domain::{
        words,
        workload::{Bounds, Part},
    },
    store::lists::Selection,
};

/// What is asked for. What each means stands beside the parameters of the operations.
#[derive(Clone, Debug, Default)]
pub struct DossierFilter {
    pub status: Option<DossierStatus>,
    pub work: Option<Part>,
    pub q: Option<String>,
    pub procedure: Option<ProcedureCode>,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl DossierFilter {
    /// All of a part of the work.
    pub fn part(part: Part) -> Self {
        Self { work: Some(part), ..Self::default() }
    }

    /// The dossiers that it leaves at `now`.
    pub fn selection(&self, agency: &AgencyCode, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Selection {
        let filed = || DossierStatus::ALL.iter().copied().filter(|status| *status != DossierStatus::Draft).collect();
        let all = || Bounds { statuses: filed(), ..Bounds::default() };
        let bounds = self.work.map_or_else(all, |part| part.bounds(now, calendar));
        let mut statuses = bounds.statuses;
        statuses.retain(|known| self.status.is_none_or(|wanted| wanted == *known));
        let until = self.until.and_then(|day| day.succ_opt()).map(beginning);
        Selection {
            statuses,
            due_from: bounds.due_from,
            due_before: bounds.due_before,
            procedure: self.procedure.clone(),
            filed_from: self.from.map(beginning),
            filed_before: [until, bounds.filed_before].into_iter().flatten().min(),
            question: self.q.as_deref().and_then(|text| words::question(agency, text)),
            supplemented: bounds.supplemented,
        }
    }
}

/// When a day begins in Vietnam.
fn beginning(day: NaiveDate) -> DateTime<Utc> {
    (day.and_time(NaiveTime::MIN) - TimeDelta::seconds(VIETNAM.local_minus_utc().into())).and_utc()
}
