//! Which of an agency's dossiers are meant, in a list and in a spreadsheet alike.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use civic::{AgencyCode, DossierStatus, OfficialRole, ProcedureCode, VIETNAM, WorkingCalendar};
use diesel_async::AsyncPgConnection;
use edge::{Caller, Problem};
use serde::Deserialize;

use super::hands::hands;
use crate::{
    app::App,
    changes::at_work::actor,
    domain::{
        stage::Actor,
        words,
        workload::{Bounds, Part},
    },
    error,
    store::{hands::Hands, lists::Selection, staff},
};

/// What is asked for, by parameters of the query.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DossierFilter {
    /// Only those of this status.
    pub status: Option<DossierStatus>,
    /// Only those of this part of the work.
    #[param(inline)]
    pub work: Option<Part>,
    /// Only those with all of these words, or words that begin so, without accents and in any case: of the code or its number of
    /// the day, the applicant's name, and what was typed in one line (names, citizen numbers, phones, places).
    #[param(max_length = 100, example = "khoi nguyen")]
    pub q: Option<String>,
    /// Only those of this procedure.
    pub procedure: Option<ProcedureCode>,
    /// Only those filed on this day in Vietnam or later.
    pub from: Option<NaiveDate>,
    /// Only those filed on this day in Vietnam or earlier.
    pub until: Option<NaiveDate>,
    /// Only those in the hands of `ME`, of `NOBODY` (while they are worked on), or of the official with this id.
    #[param(pattern = "^(ME|NOBODY|[0-9a-fA-F-]{36})$", example = "ME")]
    pub holder: Option<String>,
    /// Only those at a stage of this role.
    #[param(inline)]
    pub stage_role: Option<OfficialRole>,
}

impl DossierFilter {
    /// All of a part of the work.
    pub fn part(part: Part) -> Self {
        Self { work: Some(part), ..Self::default() }
    }

    /// The dossiers that it leaves at `now` to an official who acts at the agency.
    ///
    /// # Errors
    /// 400 when `holder` is none of its words, or `until` is before `from`.
    pub fn selection_for(
        &self,
        actor: &Actor,
        agency: &AgencyCode,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Selection, Problem> {
        if self.from.zip(self.until).is_some_and(|(from, until)| until < from) {
            let (vi, en) =
                ("Ngày cuối phải sau hoặc trùng ngày đầu.", "The last day is the first one or comes after it.");
            return Err(error::invalid("until", "before-from", vi, en));
        }
        let hands = hands(self.holder.as_deref(), self.work, actor)?;
        Ok(Selection { hands, ..self.selection(agency, now, calendar) })
    }

    /// The dossiers that it leaves now to `caller` at the agency.
    ///
    /// # Errors
    /// As [`DossierFilter::selection_for`]; when it cannot be read who serves there.
    pub async fn chosen(
        &self,
        app: &App,
        conn: &mut AsyncPgConnection,
        caller: &Caller,
        agency: &AgencyCode,
    ) -> Result<Selection, Problem> {
        let actor = actor(app, conn, caller, agency).await?;
        let selection = self.selection_for(&actor, agency, app.life.clock.now(), &app.calendars.of(agency))?;
        let wants_staff = self.holder.is_none() && matches!(self.work, Some(Part::Absent | Part::Unserved));
        if !wants_staff {
            return Ok(selection);
        }
        let staff = staff::of_agency(conn, agency, app.life.clock.now()).await?;
        let unserved = staff.unserved();
        Ok(match self.work {
            Some(Part::Absent) => Selection { hands: Hands::Of(staff.absent()), ..selection },
            // Where nobody receives, everything that is filed waits.
            _ if unserved.contains(&OfficialRole::Receiver) => {
                Selection { statuses: vec![DossierStatus::Registered], ..selection }
            }
            _ => Selection { hands: Hands::Nobody(unserved), ..selection },
        })
    }

    /// The dossiers that it leaves at `now`, in whoever's hands.
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
            phone: self.q.as_deref().and_then(|text| text.parse().ok()),
            supplemented: bounds.supplemented,
            hands: Hands::Any,
            stage_role: self.stage_role,
        }
    }
}

/// When a day begins in Vietnam.
fn beginning(day: NaiveDate) -> DateTime<Utc> {
    (day.and_time(NaiveTime::MIN) - TimeDelta::seconds(VIETNAM.local_minus_utc().into())).and_utc()
}
