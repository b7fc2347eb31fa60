//! `POST /api/v1/agencies/{agency}/account-searches`

use actix_web::{post, web};
use civic::{AgencyCode, CitizenNumber, Gender};
use edge::{Json, Official, Problem, Receive, Reply, SecurityEvent, Subject, audit, kinds};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    error,
    store::users::{self, User},
};

/// Whose account is looked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountSearch {
    /// The number on the card of who stands at the counter.
    citizen_number: CitizenNumber,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub struct AccountSearchView {
    /// Her account; none when she has none.
    account: Option<FoundAccount>,
}

/// What an account says of who it is, as a counter needs it.
#[derive(Serialize, ToSchema)]
pub struct FoundAccount {
    /// The account.
    id: Uuid,
    /// Her full name.
    name: String,
    /// When she was born, as far as it is known.
    #[schema(pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", example = "1990-12-31")]
    birth_date: Option<String>,
    /// Her gender.
    gender: Option<Gender>,
    /// Her phone.
    phone: Option<String>,
    /// Her address for mail.
    email: String,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND];

/// Look for an account at a counter
///
/// The open account of a citizen number that somebody shows at a counter, so that what she hands in stands among her own dossiers and nobody
/// types what is known. It is written down that it was looked for. The number is sent in the body, where no log sees it.
#[utoipa::path(
    operation_id = "search_account",
    tag = "accounts",
    params(("agency" = AgencyCode, Path, description = "The agency of the counter")),
    request_body(content = AccountSearch, example = json!({"citizen_number": "000192012345"})),
    responses((status = 200, description = "What was found", body = AccountSearchView), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/account-searches")]
pub async fn search_account(
    app: web::Data<App>,
    official: Official<Receive>,
    agency: web::Path<AgencyCode>,
    search: Json<AccountSearch>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    let number = search.0.citizen_number;
    let conn = &mut *app.pool.get().await?;
    let found = users::by_citizen_number(conn, &number).await?;
    let entry = audit::AuditEntry {
        actor: Some(&official.caller),
        action: SecurityEvent::PersonalDataRead.as_str(),
        subject_type: "agency",
        subject_id: agency.to_string(),
        detail: json!({"looked_up": Subject::claimed(number.as_str()).id, "account": found.as_ref().map(|user| user.id)}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(Reply::ok(&AccountSearchView { account: found.map(FoundAccount::from) }))
}

impl From<User> for FoundAccount {
    fn from(user: User) -> Self {
        Self {
            id: user.id,
            birth_date: user.born().map(|date| date.to_string()),
            gender: user.gender,
            phone: user.phone.map(String::from),
            email: user.email.into(),
            name: user.name.into(),
        }
    }
}
