//! The receipt of a filing: to print, or to keep on a phone.

use actix_web::{HttpResponse, web};
use serde_json::json;

use super::check;
use crate::{failure::Failure, pages::kinds::DossierRecord, query::Query, signed_in::Citizen};

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
    let tracking = secret.map(|secret| citizen.app.address(&tracking(record.dossier["code"].as_str(), secret)));
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

/// Where somebody who has the slip follows the dossier. The secret is behind `#`: no server and no log sees it.
fn tracking(code: Option<&str>, secret: &str) -> String {
    Query::default().with("code", code).with("secret", Some(secret)).in_fragment_of("/tracking")
}

#[cfg(test)]
mod tests {
    use super::tracking;

    #[test]
    fn no_server_and_no_log_sees_the_secret_of_a_slip() {
        let address = tracking(Some("H44.100-260721-0001"), "1c480b7c32bf778b8ce5");
        assert_eq!(address, "/tracking#code=H44.100-260721-0001&secret=1c480b7c32bf778b8ce5");
    }
}
