//! `PUT /api/v1/agencies/{code}/contact`

use actix_web::{put, web};
use civic::{AgencyCode, LocalText, events::AgencyContact, typed};
use edge::{Administer, IfMatch, IfMatchHeader, Json, Official, Problem, Reply, kinds};

use super::get::{AgencyView, shown};
use crate::{app::App, changes, error};

/// Letters of an address.
const ADDRESS: usize = 300;

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Change how an agency is reached
///
/// By who administers the agency. Everything is replaced: what is left out is not known any more. It stands on the agency's page, at the
/// head of its papers and on its receipts.
#[utoipa::path(
    operation_id = "change_agency_contact",
    tag = "agencies",
    params(("code" = AgencyCode, Path, description = "The agency's code"), IfMatchHeader),
    request_body(content = AgencyContact, example = json!({
        "address": "Số 12 đường Hùng Vương, phường Đồi Chè, tỉnh Phú Thọ", "phone": "0210 384 7777",
        "email": "phuongdoiche@example.vn", "tax_number": "0100109106"
    })),
    responses((status = 200, description = "The agency", body = AgencyView, headers(
        ("ETag" = String, description = "The version of its contact, for `If-Match`"),
    )), Failures),
    security(("bearer" = []))
)]
#[put("/api/v1/agencies/{code}/contact")]
pub async fn change_agency_contact(
    app: web::Data<App>,
    official: Official<Administer>,
    code: web::Path<AgencyCode>,
    seen: IfMatch,
    contact: Json<AgencyContact>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&code) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let contact = AgencyContact { address: address(contact.0.address.as_deref())?, ..contact.0 };
    Ok(shown(changes::change_contact(&app, &official.caller, &code, &seen, contact).await?))
}

fn address(typed: Option<&str>) -> Result<Option<String>, Problem> {
    let refused = |text: LocalText| Problem::from(kinds::INVALID).field("/address", "invalid", text);
    let line = typed::line(typed.unwrap_or_default()).map_err(|fault| refused(fault.sentence()))?;
    if line.chars().count() > ADDRESS {
        return Err(refused(LocalText::new("Địa chỉ có tối đa 300 ký tự.", "An address has at most 300 letters.")));
    }
    Ok(Some(line).filter(|line| !line.is_empty()))
}
