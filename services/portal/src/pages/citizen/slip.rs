//! The receipt of a filing: to print, or to keep on a phone.

use actix_web::{HttpResponse, web};
use serde_json::json;

use super::check;
use crate::{
    failure::Failure,
    pages::{kinds::DossierRecord, public::Receipt},
    signed_in::Citizen,
};

/// Shows it, with the address where anybody who has it can follow the dossier.
pub(super) async fn show(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let record = DossierRecord::load(&citizen, &id).await?;
    if record.is_draft() {
        return Err(Failure::Elsewhere(record.address("")));
    }
    // The secret stands in the receipt only, which the API gives again for the filing's key for as long as it knows it.
    let receipt = match check::file(&citizen, &record, None).await {
        Ok(receipt) => Some(receipt),
        Err(failure) => {
            failure.refused_with(&[404, 409, 422])?;
            None
        }
    };
    let secret = receipt.as_ref().and_then(|receipt| receipt["tracking_secret"].as_str());
    let tracking = secret.map(|secret| citizen.app.address(&Receipt::address(record.dossier["code"].as_str(), secret)));
    citizen.page(
        "citizen/slip.html",
        json!({
            "dossier": record.shown(),
            "dossier_href": record.address(""),
            "payment_href": record.address("/payment"),
            "documents": record.documents(),
            "fee_lines": receipt.as_ref().map(|receipt| &receipt["fee"]["lines"]),
            "secret": secret,
            "tracking": tracking,
        }),
    )
}
