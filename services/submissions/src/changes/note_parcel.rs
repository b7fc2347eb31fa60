//! A receiver notes what became of a parcel.

use civic::AgencyCode;
use diesel_async::AsyncPgConnection;
use edge::{
    Official, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;
use uuid::Uuid;

use super::{duties::Returns, return_result::tell_came_back};
use crate::{
    app::App,
    domain::parcel::ParcelOutcome,
    error,
    store::manifests::{self, Parcel},
};

/// Notes it of a parcel of the agency, with who fetched it where it was fetched; gives it as it is then, with its dossier's code. Of what came back its applicant is told.
///
/// # Errors
/// [`error::PARCEL_NOT_FOUND`]; [`error::PARCEL_STATE`].
pub async fn note_parcel(
    app: &App,
    conn: &mut AsyncPgConnection,
    official: &Official<Returns>,
    (agency, id): (&AgencyCode, Uuid),
    outcome: ParcelOutcome,
    collected_by: Option<String>,
) -> Result<(Parcel, Option<String>), Problem> {
    let (parcel, code) = manifests::lock_parcel(conn, agency, id).await?.ok_or(error::PARCEL_NOT_FOUND)?;
    let state = parcel.state.after(outcome).ok_or(error::PARCEL_STATE)?;
    let parcel = Parcel { state, collected_by, noted_at: app.life.clock.now(), ..parcel };
    manifests::note(conn, &parcel).await?;
    if outcome == ParcelOutcome::CameBack {
        tell_came_back(app, conn, parcel.dossier, official).await?;
    }
    let entry = AuditEntry {
        actor: Some(&official.caller),
        action: "parcel.noted",
        subject_type: "dossier",
        subject_id: parcel.dossier.to_string(),
        detail: json!({"parcel": parcel.id, "item_code": parcel.item_code, "outcome": outcome}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok((parcel, code))
}
