//! `GET /api/v1/agencies/{agency}/dossiers`

use actix_web::{get, web};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use civic::{AgencyCode, DossierStatus, LocalText, ProcedureCode, VIETNAM, WorkingCalendar};
use edge::{Official, Page, PageQuery, Problem, Reply, Work, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::ProcedureReference,
    app::App,
    domain::{
        words,
        workload::{Part, Urgency},
    },
    error,
    store::lists::{self, Entry, Selection},
};

/// Which dossiers.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAgencyDossiers {
    /// Only those of this status.
    status: Option<DossierStatus>,
    /// Only those of this part of the work.
    #[param(inline)]
    work: Option<Part>,
    /// Only those with all of these words, or words that begin so, without accents and in any case: of the code or its number of
    /// the day, the applicant's name, and what was typed in one line (names, citizen numbers, phones, places).
    #[param(max_length = 100, example = "khoi nguyen")]
    q: Option<String>,
    /// Only those of this procedure.
    procedure: Option<ProcedureCode>,
    /// Only those filed on this day in Vietnam or later.
    from: Option<NaiveDate>,
    /// Only those filed on this day in Vietnam or earlier.
    until: Option<NaiveDate>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// A dossier in an agency's work list.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkItem {
    /// Its id.
    id: Uuid,
    /// Its code.
    code: Option<String>,
    /// Where it stands.
    status: DossierStatus,
    /// The procedure.
    procedure: ProcedureReference,
    /// Whose it is.
    applicant_name: String,
    /// When it was filed.
    submitted_at: Option<DateTime<Utc>>,
    /// When it was received.
    received_at: Option<DateTime<Utc>>,
    /// When its result is due.
    due_at: Option<DateTime<Utc>>,
    /// How much it hurries.
    urgency: Urgency,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List an agency's dossiers
///
/// The dossiers filed at an agency, the earliest due first.
#[utoipa::path(
    operation_id = "list_agency_dossiers",
    tag = "dossiers",
    params(("agency" = AgencyCode, Path, description = "The agency"), ListAgencyDossiers),
    responses((status = 200, description = "The dossiers", body = Page<WorkItem>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/dossiers")]
pub async fn list_agency_dossiers(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
    query: web::Query<ListAgencyDossiers>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let query = query.into_inner();
    let bound = query.bound(official.caller.id, &agency);
    let now = app.life.clock.now();
    let selection = query.selection(&agency, now, &app.calendar);
    let page = PageQuery { page_size: query.page_size, cursor: query.cursor };
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let mut conn = app.pool.get().await?;
    let rows = lists::of_agency(&mut conn, &agency, &selection, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |(row, ..)| (row.due_at, row.id));
    let items = page.items.into_iter().map(|entry| work_item(entry, now, &app.calendar));
    let items = items.collect::<Result<_, Problem>>()?;
    Ok(Reply::ok(&Page { items, next: page.next }))
}

impl ListAgencyDossiers {
    /// What a cursor belongs to.
    fn bound(&self, official: Uuid, agency: &AgencyCode) -> String {
        let Self { status, work, q, procedure, from, until, .. } = self;
        format!("list_agency_dossiers {official} {agency} {status:?} {work:?} {q:?} {procedure:?} {from:?} {until:?}")
    }

    fn selection(&self, agency: &AgencyCode, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Selection {
        let filed = DossierStatus::ALL.iter().copied().filter(|status| *status != DossierStatus::Draft).collect();
        let (mut statuses, due_from, due_before) =
            self.work.map_or((filed, None, None), |part| part.bounds(now, calendar));
        statuses.retain(|known| self.status.is_none_or(|wanted| wanted == *known));
        Selection {
            statuses,
            due_from,
            due_before,
            procedure: self.procedure.clone(),
            filed_from: self.from.map(beginning),
            filed_before: self.until.and_then(|day| day.succ_opt()).map(beginning),
            question: self.q.as_deref().and_then(|text| words::question(agency, text)),
        }
    }
}

/// When a day begins in Vietnam.
fn beginning(day: NaiveDate) -> DateTime<Utc> {
    (day.and_time(NaiveTime::MIN) - TimeDelta::seconds(VIETNAM.local_minus_utc().into())).and_utc()
}

fn work_item((row, procedure, _): Entry, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Result<WorkItem, Problem> {
    let status = row.status.parse().map_err(anyhow::Error::from)?;
    Ok(WorkItem {
        id: row.id,
        code: row.code,
        status,
        urgency: Urgency::of(status, row.due_at, row.completed_at, now, calendar),
        procedure: ProcedureReference {
            code: procedure.procedure,
            version: procedure.version,
            name: LocalText { vi: procedure.name_vi, en: procedure.name_en },
        },
        applicant_name: row.applicant_name,
        submitted_at: row.submitted_at,
        received_at: row.received_at,
        due_at: row.due_at,
    })
}
