//! Who am I.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use civic::{AgencyCode, Gender, Language, OfficialRole, VIETNAM};
use diesel_async::AsyncPgConnection;
use edge::{Caller, CallerKind, Problem, Reply, SignedIn, kinds};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    app::App,
    store::{
        api_clients, capacities,
        organisations::{self, Organisation},
        users,
    },
};

/// An account, as its owner sees it.
#[derive(Serialize, ToSchema)]
pub struct AccountView {
    /// The account, or the API client.
    id: Uuid,
    /// As what it acts with this token.
    #[schema(example = "CITIZEN")]
    kind: CallerKind,
    /// Full name; an API client's own name.
    #[schema(example = "Nguyễn Thị Minh Khai")]
    name: String,
    /// The address to sign in with. API clients have none; nor any of the next five.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    /// In international form.
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    /// All but the last four digits are hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "********2345")]
    citizen_number: Option<String>,
    /// Date of birth, of citizens: the day, or what is known of it, as `1950-03-12`, `1950-03` or `1950`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", example = "1990-12-31")]
    birth_date: Option<String>,
    /// Gender, of citizens.
    #[serde(skip_serializing_if = "Option::is_none")]
    gender: Option<Gender>,
    /// The language to be written to in.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    /// What the person may do at agencies, in all her posts; as it stands now, which a token issued earlier may not know.
    roles: Vec<RoleView>,
    /// The organisations that the person belongs to, or the one that the API client acts for.
    organisations: Vec<OrganisationView>,
    /// Since when.
    created_at: DateTime<Utc>,
}

/// A role at an agency.
#[derive(Serialize, ToSchema)]
pub struct RoleView {
    /// Where.
    agency: AgencyCode,
    /// What.
    role: OfficialRole,
}

/// An organisation.
#[derive(Serialize, ToSchema)]
pub struct OrganisationView {
    /// Its id.
    id: Uuid,
    /// Its registered name.
    name: String,
    /// Its tax number.
    #[schema(example = "0000000017")]
    tax_number: String,
}

/// Read the own account
///
/// Of the person or the API client that the token speaks for.
#[utoipa::path(
    operation_id = "get_account",
    tag = "accounts",
    responses((status = 200, description = "The account", body = AccountView)),
    security(("bearer" = []))
)]
#[get("/api/v1/accounts/me")]
pub async fn get_account(app: web::Data<App>, caller: SignedIn) -> Result<Reply, Problem> {
    let caller = caller.0;
    let mut conn = app.pool.get().await?;
    let view = match caller.kind() {
        CallerKind::Citizen | CallerKind::Official => person(&app, &mut conn, &caller).await?,
        CallerKind::Client => client(&mut conn, caller.id).await?,
    };
    // Closed since the token was issued.
    Ok(Reply::ok(&view.ok_or(kinds::UNAUTHENTICATED)?))
}

async fn person(app: &App, conn: &mut AsyncPgConnection, caller: &Caller) -> Result<Option<AccountView>, Problem> {
    let id = caller.id;
    let Some(user) = users::open(conn, id).await? else {
        return Ok(None);
    };
    let today = app.now().with_timezone(&VIETNAM).date_naive();
    let posts = capacities::posts(conn, id, today).await?;
    let roles = posts.into_iter().flat_map(|post| post.roles.into_iter().map(move |role| (post.agency.clone(), role)));
    let organisations = organisations::of_member(conn, id, today).await?;
    let birth_date = user.born().map(|date| date.to_string());
    Ok(Some(AccountView {
        id,
        kind: caller.kind(),
        name: user.name.into(),
        email: Some(user.email.into()),
        phone: user.phone.map(String::from),
        citizen_number: user.citizen_number.as_ref().map(|number| masked(number.as_str())),
        birth_date,
        gender: user.gender,
        language: Some(user.language),
        roles: roles.map(|(agency, role)| RoleView { agency, role }).collect(),
        organisations: organisations.into_iter().map(organisation).collect(),
        created_at: user.created_at,
    }))
}

async fn client(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<AccountView>, Problem> {
    let found = api_clients::with_organisation(conn, id).await?;
    Ok(found.map(|(client, owner)| AccountView {
        id,
        kind: CallerKind::Client,
        name: client.name,
        email: None,
        phone: None,
        citizen_number: None,
        birth_date: None,
        gender: None,
        language: None,
        roles: Vec::new(),
        organisations: vec![organisation(owner)],
        created_at: client.created_at,
    }))
}

fn organisation(organisation: Organisation) -> OrganisationView {
    let Organisation { id, name, tax_number, .. } = organisation;
    OrganisationView { id, name, tax_number }
}

fn masked(citizen_number: &str) -> String {
    let (hidden, shown) = citizen_number.split_at_checked(8).unwrap_or((citizen_number, ""));
    "*".repeat(hidden.len()) + shown
}
