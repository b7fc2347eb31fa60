//! `GET /api/v1/dossiers/{id}/forms`

use actix_web::{get, web};
use civic::LocalText;
use edge::{Problem, Reply, SignedIn};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{for_dossier::form, number::FormNumber, source::Source};
use crate::{
    api::reader,
    app::App,
    error,
    store::dossiers::{self, Reader},
};

/// The forms that can be printed.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierForms {
    /// By their numbers.
    items: Vec<FormView>,
}

/// A form that can be printed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierForm)]
pub struct FormView {
    /// Its number.
    form: FormNumber,
    /// What it is called.
    name: LocalText,
}

edge::failures![error::DOSSIER_NOT_FOUND];

/// List the forms about a dossier
///
/// Which forms there are of a dossier by now, for whoever asks.
#[utoipa::path(
    operation_id = "list_dossier_forms",
    tag = "forms",
    params(("id" = Uuid, Path, description = "The dossier")),
    responses((status = 200, description = "The forms", body = DossierForms), Failures),
    security(("bearer" = []))
)]
#[get("/api/v1/dossiers/{id}/forms")]
pub async fn list_dossier_forms(app: web::Data<App>, caller: SignedIn, id: web::Path<Uuid>) -> Result<Reply, Problem> {
    let reader = reader(&caller.0);
    let mut conn = app.pool.get().await?;
    let dossier = dossiers::find(&mut conn, *id, &reader).await?.ok_or(error::DOSSIER_NOT_FOUND)?;
    if dossier.filed.is_none() {
        return Ok(Reply::ok(&DossierForms { items: Vec::new() }));
    }
    let source = Source::read(&app, &mut conn, dossier).await?;
    let official = matches!(reader, Reader::Desks(_));
    let there = |number: &FormNumber| (official || !number.is_for_officials()) && form(*number, &source).is_ok();
    let there = FormNumber::ALL.iter().copied().filter(there);
    let items = there.map(|form| FormView { form, name: form.name() }).collect();
    Ok(Reply::ok(&DossierForms { items }))
}
