//! A program showed its secret: it gets a token.

use chrono::{DateTime, Utc};
use edge::{SecurityEvent, audit};

use crate::{
    app::App,
    store::api_clients::{self, ApiClient},
};

/// Remembers that `client` was here, and that it gets a token of these scopes.
///
/// # Errors
/// When the database does not answer.
pub async fn issue_client_token(
    app: &App,
    client: &ApiClient,
    scope: &str,
    now: DateTime<Utc>,
) -> Result<(), pg::Error> {
    app.pool
        .transaction(async |conn| {
            api_clients::used(conn, client.id, now).await?;
            let entry = audit::AuditEntry {
                actor: None,
                action: SecurityEvent::ClientSignedIn.as_str(),
                subject_type: "api_client",
                subject_id: client.id.to_string(),
                detail: serde_json::json!({ "scope": scope }),
            };
            audit::record(conn, &app.life, entry).await
        })
        .await
}
