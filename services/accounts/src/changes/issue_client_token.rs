//! A program showed its secret: it gets a token.

use chrono::{DateTime, Utc};
use edge::{SecurityEvent, audit};
use uuid::Uuid;

use crate::{app::App, store::api_clients};

/// Remembers that the API client `id` was here, and that it gets a token of these scopes.
///
/// # Errors
/// When the database does not answer.
pub async fn issue_client_token(app: &App, id: Uuid, scope: &str, now: DateTime<Utc>) -> Result<(), pg::Error> {
    app.pool
        .transaction(async |conn| {
            api_clients::used(conn, id, now).await?;
            let entry = audit::AuditEntry {
                actor: None,
                action: SecurityEvent::ClientSignedIn.as_str(),
                subject_type: "api_client",
                subject_id: id.to_string(),
                detail: serde_json::json!({ "scope": scope }),
            };
            audit::record(conn, &app.life, entry).await
        })
        .await
}
