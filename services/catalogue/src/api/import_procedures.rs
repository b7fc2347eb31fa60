//! `POST /api/v1/procedure-imports`

use std::collections::BTreeSet;

use actix_web::{post, web};
use civic::{LocalText, ProcedureCode};
use edge::{Command, IdempotencyHeader, Problem, Reply, kinds};
use procedure::Procedure;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    api::{
        controller::Controller,
        procedure_drafts::document::{self, Mistake, unkept},
    },
    app::App,
    changes::import::import,
    domain::import::ImportOutcome,
};

/// Versions at once; a body has no room for more.
const MOST: usize = 200;

/// Versions to be written as drafts.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedureImport {
    /// Only say what would become of each.
    dry_run: bool,
    /// The versions, one of a procedure.
    #[schema(min_items = 1, max_items = 200)]
    documents: Vec<Procedure>,
}

/// What became of each version.
#[derive(Serialize, ToSchema)]
pub struct ProcedureImportReport {
    /// Whether nothing was written.
    dry_run: bool,
    /// The versions, in their order.
    items: Vec<ImportedProcedure>,
}

/// What became of a version.
#[derive(Serialize, ToSchema)]
pub struct ImportedProcedure {
    /// The procedure.
    procedure: ProcedureCode,
    /// What became of it.
    outcome: ImportOutcome,
}

edge::failures![kinds::FORBIDDEN];

/// Import versions of procedures
///
/// Each becomes a draft, unless it says what is in force already; a draft that is being written says it from then on. All of them or none: with
/// one mistake, be it something that cannot be read or something that keeps a version from working, nothing is written, and every mistake is
/// named with its place and its procedure. Importing the same again changes nothing. `dry_run` only tells.
#[utoipa::path(
    operation_id = "import_procedures",
    tag = "procedures",
    params(IdempotencyHeader),
    request_body(content = ProcedureImport, example = json!({"dry_run": true, "documents": [document::example()]})),
    responses((status = 200, description = "What became of each, or would", body = ProcedureImportReport), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/procedure-imports")]
pub async fn import_procedures(
    app: web::Data<App>,
    controller: Controller,
    command: Command<Value>,
) -> Result<Reply, Problem> {
    let by = controller.0;
    command
        .once(&app.pool, by.id, app.life.clock.now(), async |conn, body| {
            let ProcedureImport { dry_run, documents } = read(body)?;
            let codes: Vec<_> = documents.iter().map(|procedure| procedure.code.clone()).collect();
            let outcomes = import(conn, &app, &by, documents, dry_run).await?;
            let items = codes.into_iter().zip(outcomes);
            let items = items.map(|(procedure, outcome)| ImportedProcedure { procedure, outcome }).collect();
            Ok(Reply::ok(&ProcedureImportReport { dry_run, items }))
        })
        .await
}

/// All of them, or every mistake in any of them.
fn read(body: Value) -> Result<ProcedureImport, Problem> {
    let documents = body["documents"].as_array().into_iter().flatten().enumerate();
    let unkept = documents.flat_map(|(place, document)| unkept(document, &format!("/documents/{place}")));
    refuse(unkept.collect())?;
    let wish: ProcedureImport = edge::read_value(body)?;
    if wish.documents.is_empty() || wish.documents.len() > MOST {
        let text = LocalText::new("Gửi từ 1 đến 200 thủ tục mỗi lần.", "Send 1 to 200 procedures at once.");
        return Err(Problem::from(kinds::INVALID).field("/documents", "maxItems", text));
    }
    refuse(mistakes(&wish.documents))?;
    Ok(wish)
}

/// What keeps any of them from working, said of its procedure.
fn mistakes(documents: &[Procedure]) -> Vec<Mistake> {
    let mut codes = BTreeSet::new();
    let mut mistakes = Vec::new();
    for (place, procedure) in documents.iter().enumerate() {
        let code = &procedure.code;
        if !codes.insert(code) {
            let (vi, en) = (format!("{code}: thủ tục này có hai lần."), format!("{code}: it is there twice."));
            mistakes.push((format!("/documents/{place}/code"), "twice", LocalText::new(vi, en)));
        }
        mistakes.extend(procedure.faults().into_iter().map(|fault| {
            let LocalText { vi, en } = fault.text;
            let text = LocalText::new(format!("{code}: {vi}"), format!("{code}: {en}"));
            (format!("/documents/{place}{}", fault.pointer), fault.code, text)
        }));
    }
    mistakes
}

fn refuse(mistakes: Vec<Mistake>) -> Result<(), Problem> {
    if mistakes.is_empty() {
        return Ok(());
    }
    let refused = Problem::from(kinds::INVALID);
    Err(mistakes.into_iter().fold(refused, |problem, (pointer, code, text)| problem.field(pointer, code, text)))
}
