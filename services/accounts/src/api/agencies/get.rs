//! One agency.

use actix_web::{get, web};
use chrono::NaiveDate;
use civic::{AgencyCode, LocalText, events::AgencyContact};
use edge::{Problem, Reply};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    error,
    store::agencies::{self, Agency},
};

/// An agency.
#[derive(Serialize, ToSchema)]
pub struct AgencyView {
    /// Its code.
    code: AgencyCode,
    /// Its name.
    name: LocalText,
    /// The agency above it.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<AgencyCode>,
    /// Its first day.
    valid_from: NaiveDate,
    /// Its last day, when it was merged into another.
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<NaiveDate>,
    /// How it is reached.
    contact: AgencyContact,
}

/// An agency as it is now, with the version of its contact.
pub fn shown(agency: Agency) -> Reply {
    let version = agency.contact_version;
    Reply::ok(&AgencyView::from(agency)).version(version)
}

impl From<Agency> for AgencyView {
    fn from(agency: Agency) -> Self {
        Self {
            code: agency.code,
            name: LocalText { vi: agency.name_vi, en: agency.name_en },
            parent: agency.parent,
            valid_from: agency.valid_from,
            valid_until: agency.valid_until,
            contact: agency.contact.into(),
        }
    }
}
edge::failures![error::AGENCY_NOT_FOUND];

/// Read an agency
///
/// By its code; one that is no longer in force too, for old dossiers name it.
#[utoipa::path(
    operation_id = "get_agency",
    tag = "agencies",
    params(("code" = AgencyCode, Path, description = "The agency's code")),
    responses((status = 200, description = "The agency", body = AgencyView, headers(
        ("ETag" = String, description = "The version of its contact, for `If-Match`"),
    )), Failures)
)]
#[get("/api/v1/agencies/{code}")]
pub async fn get_agency(app: web::Data<App>, code: web::Path<AgencyCode>) -> Result<Reply, Problem> {
    let agency = agencies::find(&mut *app.pool.get().await?, &code).await?;
    Ok(shown(agency.ok_or(error::AGENCY_NOT_FOUND)?))
}
