//! `GET /api/v1/agencies/{agency}/consultations`

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use civic::{AgencyCode, LocalText};
use edge::{Official, Page, PageQuery, Problem, Reply, Work, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::{AgencyReference, ProcedureReference},
    app::App,
    error,
    store::consultations::{self, Asked},
};

/// Which questions.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListConsultations {
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// A question that waits for an agency's answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsultationItem {
    dossier_id: Uuid,
    /// Its number among the requests about the dossier.
    #[schema(minimum = 1)]
    number: i32,
    /// The dossier's code.
    code: String,
    procedure: ProcedureReference,
    /// Who asks.
    agency: AgencyReference,
    asked_at: DateTime<Utc>,
    /// Until when the answer is waited for.
    answer_by: DateTime<Utc>,
    /// Whether that is over.
    late: bool,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// List what an agency is asked
///
/// The questions of other agencies that wait for this one's answer, what is to be answered first first.
#[utoipa::path(
    operation_id = "list_agency_consultations",
    tag = "consultations",
    params(("agency" = AgencyCode, Path, description = "The agency"), ListConsultations),
    responses((status = 200, description = "The questions", body = Page<ConsultationItem>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/agencies/{agency}/consultations")]
pub async fn list_agency_consultations(
    app: web::Data<App>,
    official: Official<Work>,
    agency: web::Path<AgencyCode>,
    query: web::Query<ListConsultations>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let bound = format!("list_agency_consultations {} {}", official.caller.id, *agency);
    let ListConsultations { page_size, cursor } = query.into_inner();
    let (page, now) = (PageQuery { page_size, cursor }, app.life.clock.now());
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let mut conn = app.pool.get().await?;
    let rows = consultations::open_at(&mut conn, &agency, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |row| (row.answer_by, row.dossier));
    Ok(Reply::ok(&Page {
        items: page.items.into_iter().map(|row| item(row, now)).collect::<Vec<_>>(),
        next: page.next,
    }))
}

fn item(row: Asked, now: DateTime<Utc>) -> ConsultationItem {
    ConsultationItem {
        dossier_id: row.dossier,
        number: row.number,
        code: row.code,
        procedure: ProcedureReference {
            code: row.procedure,
            version: row.version,
            name: LocalText { vi: row.procedure_vi, en: row.procedure_en },
        },
        agency: AgencyReference { code: row.agency, name: LocalText { vi: row.agency_vi, en: row.agency_en } },
        asked_at: row.asked_at,
        answer_by: row.answer_by,
        late: row.answer_by <= now,
    }
}
