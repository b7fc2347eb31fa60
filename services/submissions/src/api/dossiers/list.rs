//! `GET /api/v1/dossiers`

use std::collections::HashMap;

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use civic::{DossierStatus, LocalText};
use edge::{Applicant, Page, PageQuery, Problem, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::{AgencyReference, ProcedureReference},
    app::App,
    domain::request::RequestKind,
    store::{
        lists::{self, Entry},
        requests,
    },
};

/// Which dossiers.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListDossiers {
    /// Only those of this status.
    status: Option<DossierStatus>,
    /// Only those that went a step at this moment or later, or whose applicant was asked or told something: what is new since one looked
    /// last. What is not filed yet goes none.
    changed_since: Option<DateTime<Utc>>,
    /// Rows a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    page_size: Option<u32>,
    /// The `next` of the page before.
    #[param(max_length = 512, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
}

/// A dossier in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierSummary {
    /// Its id.
    id: Uuid,
    /// Its code; none for a draft.
    code: Option<String>,
    /// Where it stands.
    status: DossierStatus,
    /// The procedure.
    procedure: ProcedureReference,
    /// Where it is filed.
    agency: AgencyReference,
    /// When the draft was begun.
    created_at: DateTime<Utc>,
    /// When it was filed.
    submitted_at: Option<DateTime<Utc>>,
    /// When its result is due.
    due_at: Option<DateTime<Utc>>,
    /// When its result was ready.
    completed_at: Option<DateTime<Utc>>,
    /// What its applicant is asked for now: papers, or her word on a draft of the result, where silence is consent.
    asked: Option<RequestKind>,
    /// Until when that is waited for.
    answer_by: Option<DateTime<Utc>>,
}

edge::failures![kinds::FORBIDDEN];

/// List one's own dossiers
///
/// The caller's own dossiers, newest first.
#[utoipa::path(
    operation_id = "list_dossiers",
    tag = "dossiers",
    params(ListDossiers),
    responses((status = 200, description = "The dossiers", body = Page<DossierSummary>), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/dossiers")]
pub async fn list_dossiers(
    app: web::Data<App>,
    applicant: Applicant,
    query: web::Query<ListDossiers>,
) -> Result<Reply, Problem> {
    let ListDossiers { status, changed_since, page_size, cursor } = query.into_inner();
    let page = PageQuery { page_size, cursor };
    let bound = format!("list_dossiers {} {status:?} {changed_since:?}", applicant.party.id);
    let limit = i64::try_from(page.size()).unwrap_or(100) + 1;
    let mut conn = app.pool.get().await?;
    let rows = lists::of_party(&mut conn, applicant.party, status, changed_since, page.after(&bound)?, limit).await?;
    let page = Page::of(rows, &page, &bound, |(row, ..)| (row.created_at, row.id));
    let filed: Vec<_> = page.items.iter().filter(|(row, ..)| row.code.is_some()).map(|(row, ..)| row.id).collect();
    let until = if filed.is_empty() { HashMap::new() } else { requests::waited_until(&mut conn, &filed).await? };
    let items = page.items.into_iter().map(|entry| summary(entry, &until)).collect::<Result<_, Problem>>()?;
    Ok(Reply::ok(&Page { items, next: page.next }))
}

fn summary(
    (row, procedure, agency): Entry,
    until: &HashMap<Uuid, (RequestKind, DateTime<Utc>)>,
) -> Result<DossierSummary, Problem> {
    let asked = until.get(&row.id);
    Ok(DossierSummary {
        id: row.id,
        asked: asked.map(|(kind, _)| *kind),
        answer_by: asked.map(|(_, until)| *until),
        code: row.code,
        status: row.status.parse().map_err(anyhow::Error::from)?,
        procedure: ProcedureReference {
            code: procedure.procedure,
            version: procedure.version,
            name: LocalText { vi: procedure.name_vi, en: procedure.name_en },
        },
        agency: AgencyReference { code: row.agency, name: LocalText { vi: agency.name_vi, en: agency.name_en } },
        created_at: row.created_at,
        submitted_at: row.submitted_at,
        due_at: row.due_at,
        completed_at: row.completed_at,
    })
}
