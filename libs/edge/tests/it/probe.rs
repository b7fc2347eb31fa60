//! The small service: notes that a caller adds, reads and changes.

use std::sync::Arc;

use actix_web::{delete, get, post, put, web};
use anyhow::Result;
use civic::{AgencyCode, OfficialRole};
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::RunQueryDsl;
use edge::{
    Applicant, Citizen, Command, IfMatch, Json, Official, Page, PageQuery, Person, Problem, Receive, Reply, Routes,
    Server, SignedIn, audit, kinds, token,
};
use runtime::{Life, Listen, Running, Service};
use serde::{Deserialize, Serialize};
use testkit::Installation;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

#[derive(Clone, clap::Args)]
pub struct Config {
    #[command(flatten)]
    listen: Listen,
    #[command(flatten)]
    database: pg::Settings,
    #[command(flatten)]
    token: token::Settings,
}

#[derive(Clone)]
struct App {
    pool: pg::Pool,
    life: Life,
}

/// A note.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    text: String,
    #[serde(default)]
    pages: u8,
    #[serde(default)]
    marks: Vec<u8>,
}

#[derive(Serialize, ToSchema)]
struct Agencies {
    agencies: Vec<AgencyCode>,
}

/// Adds a note.
#[utoipa::path(params(edge::IdempotencyHeader), request_body = Note, responses((status = 201, body = Note)), security(("bearer" = [])))]
#[post("/api/v1/notes")]
async fn add_note(app: web::Data<App>, by: SignedIn, command: Command<Note>) -> Result<Reply, Problem> {
    let now = app.life.clock.now();
    let work = async |conn: &mut diesel_async::AsyncPgConnection, note: Note| {
        if note.text == "refuse" {
            return Err(kinds::INVALID.into());
        }
        if note.text == "slow" {
            sql_query("select pg_sleep(1)").execute(conn).await?;
        }
        sql_query("insert into notes values ($1)").bind::<Text, _>(&note.text).execute(conn).await?;
        Ok(Reply::created(&note, "/api/v1/notes/1").version(1))
    };
    command.once(&app.pool, by.0.id, now, work).await
}

/// Lists numbers.
#[utoipa::path(params(PageQuery), responses((status = 200, body = Page<u32>)))]
#[get("/api/v1/numbers")]
async fn list_numbers(query: web::Query<PageQuery>) -> Result<Reply, Problem> {
    let after: Option<u32> = query.after("list_numbers")?;
    let rows = (after.map_or(0, |last| last + 1)..250).take(query.size() + 1).collect();
    Ok(Reply::ok(&Page::of(rows, &query, "list_numbers", |row| *row)))
}

/// Lists letters: another list.
#[utoipa::path(params(PageQuery), responses((status = 200, body = Page<u32>)))]
#[get("/api/v1/letters")]
async fn list_letters(query: web::Query<PageQuery>) -> Result<Reply, Problem> {
    query.after::<u32>("list_letters")?;
    Ok(Reply::ok(&Page { items: Vec::<u32>::new(), next: None }))
}

/// The note, which is at version 3.
#[utoipa::path(responses((status = 200, body = Note, headers(("ETag" = String, description = "Its version")))))]
#[get("/api/v1/notes/1")]
async fn get_note() -> Reply {
    Reply::ok(&Note { text: "As it is".into(), pages: 0, marks: Vec::new() }).version(3)
}

/// Changes the note, which is at version 3.
#[utoipa::path(params(edge::IfMatchHeader), request_body = Note, responses((status = 200, body = Note)))]
#[put("/api/v1/notes/1")]
async fn change_note(read: IfMatch, note: Json<Note>) -> Result<Reply, Problem> {
    read.check(3)?;
    Ok(Reply::ok(&note.0).version(4))
}

edge::failures![kinds::FORBIDDEN];

/// For citizens.
#[utoipa::path(responses((status = 204), Failures), security(("bearer" = [])))]
#[get("/api/v1/for-citizens")]
async fn for_citizens(_: Citizen) -> Reply {
    Reply::no_content()
}

/// For applicants.
#[utoipa::path(responses((status = 204), Failures), security(("bearer" = [])))]
#[get("/api/v1/for-applicants")]
async fn for_applicants(_: Applicant) -> Reply {
    Reply::no_content()
}

/// For people.
#[utoipa::path(responses((status = 204), Failures), security(("bearer" = [])))]
#[get("/api/v1/for-people")]
async fn for_people(_: Person) -> Reply {
    Reply::no_content()
}

/// Something that is audited.
#[utoipa::path(responses((status = 204)), security(("bearer" = [])))]
#[post("/api/v1/audited")]
async fn audited(app: web::Data<App>, by: SignedIn) -> Result<Reply, Problem> {
    let entry = audit::AuditEntry {
        actor: Some(&by.0),
        action: "probe.audited",
        subject_type: "probe",
        subject_id: "1".into(),
        detail: serde_json::json!({}),
    };
    app.pool.transaction(async |conn| audit::record(conn, &app.life, entry.clone()).await).await?;
    Ok(Reply::no_content())
}

/// For receivers: the agencies where the caller is one.
#[utoipa::path(responses((status = 200, body = Agencies), Failures), security(("bearer" = [])))]
#[delete("/api/v1/for-receivers")]
async fn for_receivers(official: Official<Receive>) -> Reply {
    Reply::ok(&Agencies { agencies: official.agencies() })
}

fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(add_note)
        .service(list_numbers)
        .service(list_letters)
        .service(get_note)
        .service(change_note)
        .service(for_citizens)
        .service(for_applicants)
        .service(for_people)
        .service(audited)
        .service(for_receivers);
}

async fn serve(config: Config, life: Life) -> Result<Running> {
    let pool = pg::Pool::new(&config.database)?;
    let app = App { pool: pool.clone(), life: life.clone() };
    let verifier = token::Verifier::new(config.token, life.clock.clone())?;
    let routes: Routes = Arc::new(routes);
    let (listen, checks, audit) = (config.listen, vec![], Some(pool));
    Server { service: "probe", listen, life, routes, verifier, checks, audit, at_border: false }.start(app)
}

async fn migrate(config: Config, _: Life) -> Result<()> {
    pg::migrate(&config.database.database_url, vec![edge::MIGRATIONS]).await?;
    let pool = pg::Pool::new(&config.database)?;
    sql_query("create table notes (text text)").execute(&mut pool.get().await?).await?;
    Ok(())
}

pub fn service() -> Service {
    let document = || edge::document("probe", "Probe", routes);
    Service::describe::<Config>("probe", 0).document(document).serve(serve).migrate(migrate).build()
}

pub async fn installation() -> Installation {
    Installation::start([service()]).await
}

/// Who did what is in the audit log, in no order: the clock stands still.
pub async fn actors(installation: &Installation) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        actor: String,
    }
    let query = "select concat_ws(' ', actor_id, actor_kind, actor_capacity) as actor from audit_log";
    let rows: Vec<Row> = sql_query(query).load(&mut installation.database("probe").await).await.expect("rows");
    rows.into_iter().map(|row| row.actor).collect()
}

pub const RECEIVER: OfficialRole = OfficialRole::Receiver;
