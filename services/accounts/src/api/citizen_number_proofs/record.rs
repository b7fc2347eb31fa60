//! `POST /api/v1/agencies/{agency}/citizen-number-proofs`

use actix_web::{post, web};
use chrono::{DateTime, Utc};
use civic::{AgencyCode, CitizenNumber, Email, PersonName};
use edge::{Command, IdempotencyHeader, Official, Problem, Receive, Reply, kinds};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{app::App, changes, error};

/// What stands on the card of who is at the counter, and the address that she registered with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CitizenNumberProof {
    /// The number on her card.
    pub citizen_number: CitizenNumber,
    /// Her name as it stands there, in any case.
    pub name: PersonName,
    /// The address that she registered with.
    pub email: Email,
}

/// The registration that goes on.
#[derive(Serialize, ToSchema)]
pub struct CitizenNumberProofView {
    /// The registration.
    registration_id: Uuid,
    /// Until when the code is good that was sent to its address.
    expires_at: DateTime<Utc>,
    /// Whether another account had the number, and was closed.
    closed_another: bool,
}

edge::failures![
    kinds::FORBIDDEN,
    error::AGENCY_NOT_FOUND,
    error::REGISTRATION_NOT_WAITING,
    error::ADDRESS_HAS_ACCOUNT,
    error::NUMBER_OF_OFFICIAL,
];

/// Record that somebody proved her citizen number
///
/// For whoever registered in vain, since an account has her number already, and shows her card at a counter: the account that has
/// it is closed, its owner is written to, and the registration is sent a new code. Registrations wait for a day.
#[utoipa::path(
    operation_id = "record_citizen_number_proof",
    tag = "registrations",
    params(("agency" = AgencyCode, Path, description = "The agency of the counter"), IdempotencyHeader),
    request_body(content = CitizenNumberProof, example = json!({
        "citizen_number": "001199000123", "name": "TRẦN THỊ LAN", "email": "lan@example.vn",
    })),
    responses((status = 200, description = "The number is hers; a code was sent", body = CitizenNumberProofView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/citizen-number-proofs")]
pub async fn record_citizen_number_proof(
    app: web::Data<App>,
    official: Official<Receive>,
    agency: web::Path<AgencyCode>,
    command: Command<CitizenNumberProof>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let (caller, now) = (&official.caller, app.now());
    let signer = app.keys.signer(&app.pool).await?;
    command
        .once(&app.pool, caller.id, now, async |conn, proof| {
            let CitizenNumberProof { citizen_number, name, email } = &proof;
            let card = changes::ShownCard { by: caller, agency: &agency, citizen_number, name, email };
            let proven = changes::prove_citizen_number(&app, conn, &card, signer.code_key(), now).await?;
            let (pending, closed_another) = proven;
            let (registration_id, expires_at) = (pending.id, pending.expires_at);
            Ok(Reply::ok(&CitizenNumberProofView { registration_id, expires_at, closed_another }))
        })
        .await
}
