//! `POST /api/v1/agencies/{agency}/person-searches`

use actix_web::{post, web};
use civic::{AgencyCode, CitizenNumber, DossierCode, ProcedureCode};
use diesel_async::AsyncPgConnection;
use edge::{Json, Official, Problem, Reply, Subject, kinds};
use procedure::Procedure;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::shown::shown_at_agency,
    app::App,
    changes::duties::Receives,
    domain::{
        dossier::Dossier,
        prefill::{self, Earlier, Known},
    },
    error,
    store::{dossiers, procedures, visitors},
};

/// So many of her last dossiers are looked at.
const LOOKED_AT: i64 = 20;

/// Who is looked for, and what for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonSearch {
    /// The number on the card of who hands in.
    citizen_number: CitizenNumber,
    /// Her account, as accounts found it by that number.
    account: Option<Uuid>,
    /// The procedure whose form is to be filled.
    procedure: ProcedureCode,
}

/// What is known of her.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnownPerson {
    /// Her name, as her last dossier has it; none when she was never here.
    name: Option<String>,
    /// What her earlier dossiers fill of the form.
    answers: Vec<KnownAnswer>,
}

/// An answer that an earlier dossier gives.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnownAnswer {
    /// The field of the form.
    field: String,
    /// The answer.
    value: Value,
    /// The dossier that it was given in.
    from: DossierCode,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Look up who hands in
///
/// What earlier dossiers of the same person fill of a procedure's form, with the dossier that each answer comes from, so that nobody is asked
/// twice. It is written down that it was shown. The number is sent in the body, where no log sees it.
#[utoipa::path(
    operation_id = "search_person",
    tag = "intakes",
    params(("agency" = AgencyCode, Path, description = "The agency of the counter")),
    request_body(content = PersonSearch, example = json!({"citizen_number": "000192012345", "procedure": "2.000635"})),
    responses((status = 200, description = "What is known", body = KnownPerson), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/person-searches")]
pub async fn search_person(
    app: web::Data<App>,
    official: Official<Receives>,
    agency: web::Path<AgencyCode>,
    search: Json<PersonSearch>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let PersonSearch { citizen_number, account, procedure } = search.0;
    let mut conn = app.pool.get().await?;
    let conn = &mut *conn;
    let current = procedures::current(conn, &procedure).await?.ok_or_else(error::unknown_procedure)?;
    let visitor = visitors::find(conn, &citizen_number).await?.map(|party| party.id);
    let persons: Vec<_> = account.into_iter().chain(visitor).collect();
    let found = dossiers::last_of(conn, &persons, LOOKED_AT).await?;
    // She is named by a digest of her number.
    let what = json!({"looked_up": Subject::claimed(citizen_number.as_str()).id, "found": found.len()});
    shown_at_agency(&app, conn, &official.caller, &agency, what).await?;
    let answers = known(&app, conn, &current.procedure, &found).await?;
    let name = found.first().map(|last| last.applicant_name.clone());
    Ok(Reply::ok(&KnownPerson { name, answers: answers.into_iter().map(KnownAnswer::from).collect() }))
}

async fn known(
    app: &App,
    conn: &mut AsyncPgConnection,
    procedure: &Procedure,
    found: &[Dossier],
) -> Result<Vec<Known>, Problem> {
    let mut pinned = Vec::new();
    for dossier in found {
        pinned.push(app.procedure(conn, dossier.procedure_version).await?);
    }
    let earlier = found.iter().zip(&pinned).filter_map(|(dossier, pinned)| {
        let filed = dossier.filed.as_ref()?;
        let answers = serde_json::from_str(&dossier.answers).ok()?;
        Some(Earlier { code: &filed.code, submitted_at: filed.submitted_at, procedure: &pinned.procedure, answers })
    });
    Ok(prefill::known(procedure, &earlier.collect::<Vec<_>>()))
}

impl From<Known> for KnownAnswer {
    fn from(known: Known) -> Self {
        Self { field: known.field, value: known.value, from: known.from }
    }
}
