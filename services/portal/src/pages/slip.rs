//! The receipt of a filing: to print, or to keep on a phone.

use actix_web::{HttpResponse, web};
use serde_json::json;

use super::{
    check,
    dossier::{documents, shown},
    opened::Opened,
};
use crate::{failure::Failure, query::Query, signed_in::Citizen};

/// Shows it, with the address where anybody who has it can follow the dossier.
pub(crate) async fn show(citizen: Citizen, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let opened = Opened::load(&citizen, &id).await?;
    if opened.is_draft() {
        return Ok(opened.go(&citizen));
    }
    // The secret stands in the receipt only, which the API gives again for the filing's key for as long as it knows it.
    let receipt = match check::file(&citizen, &opened).await {
        Ok(receipt) => Some(receipt),
        Err(failure) => {
            failure.refused_with(&[404, 409, 422])?;
            None
        }
    };
    let secret = receipt.as_ref().and_then(|receipt| receipt["tracking_secret"].as_str());
    let tracking = secret.map(|secret| {
        let query = Query::default().with("code", opened.dossier["code"].as_str()).with("secret", Some(secret));
        citizen.app.address(&query.after("/tracking"))
    });
    citizen.page(
        "slip.html",
        json!({
            "dossier": shown(&opened),
            "dossier_href": opened.address(""),
            "payment_href": opened.address("/payment"),
            "documents": documents(&opened),
            "fee_lines": receipt.as_ref().map(|receipt| &receipt["fee"]["lines"]),
            "secret": secret,
            "tracking": tracking,
        }),
    )
}
