//! The forms of the one-stop mechanism, as PDF: shown in place, where they are printed from. Whose they are, the API says.

use actix_web::{
    HttpResponse,
    web::{self, ServiceConfig, get},
};
use civic::AgencyCode;
use edge::Work;
use serde::Deserialize;
use uuid::Uuid;

use super::page;
use crate::{failure::Failure, official::Official, query::Query, signed_in::SignedIn};

/// The days of a register.
#[derive(Deserialize)]
struct PeriodQuery {
    from: String,
    until: String,
}

/// Their addresses.
pub(super) fn routes(pages: &mut ServiceConfig) {
    pages
        .service(page("/dossiers/{id}/forms/{form}").route(get().to(form)))
        .service(page("/work/{agency}/register/{part}").route(get().to(register)));
}

/// Shows a form about a dossier.
async fn form(visit: SignedIn, path: web::Path<(Uuid, String)>) -> Result<HttpResponse, Failure> {
    visit.own_device()?;
    let (dossier, form) = &*path;
    let form: u8 = form.parse().map_err(|_| Failure::NotFound)?;
    visit.api().show_file(&format!("/api/v1/dossiers/{dossier}/forms/{form:02}")).await
}

/// Shows a part of an agency's register.
async fn register(
    official: Official<Work>,
    path: web::Path<(String, u16)>,
    period: web::Query<PeriodQuery>,
) -> Result<HttpResponse, Failure> {
    let (agency, part) = path.into_inner();
    let agency: AgencyCode = agency.parse().map_err(|_| Failure::NotFound)?;
    let period = Query::default().with("from", Some(&period.from)).with("until", Some(&period.until));
    official.api().show_file(&period.after(&format!("/api/v1/agencies/{agency}/register/{part}"))).await
}
