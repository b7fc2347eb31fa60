//! Somebody who showed her password has another phone number.

use chrono::{DateTime, Utc};
use civic::{Phone, events::AccountNotice};
use edge::{Caller, Problem, audit, kinds};

use super::notice::{noticed, tell_contact};
use crate::{app::App, store::users};

/// Gives the caller's account another phone number.
///
/// # Errors
/// 401 when the account was closed meanwhile.
pub async fn change_phone(app: &App, caller: &Caller, phone: &Phone, now: DateTime<Utc>) -> Result<(), Problem> {
    app.pool
        .transaction(async |conn| {
            let (mut user, _) = users::locked(conn, caller.id).await?.ok_or(kinds::UNAUTHENTICATED)?;
            users::set_phone(conn, user.id, phone).await?;
            user.phone = Some(phone.clone());
            let entry = audit::AuditEntry {
                actor: Some(caller),
                action: "phone.changed",
                subject_type: "account",
                subject_id: user.id.to_string(),
                detail: serde_json::json!({}),
            };
            audit::record(conn, &app.life, entry).await?;
            app.outbox.put(conn, &noticed(&user, AccountNotice::PhoneChanged, now)).await?;
            tell_contact(app, conn, &user, now).await?;
            Ok(())
        })
        .await
}
