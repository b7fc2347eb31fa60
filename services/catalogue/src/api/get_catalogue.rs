//! `GET /api/v1/catalogue`

use actix_web::{HttpRequest, HttpResponse, get, web};
use civic::LocalText;
use edge::Problem;
use procedure::LifeEvent;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{app::App, published::Published, store::groups};

/// What procedures can be found under.
#[derive(Debug, Serialize, ToSchema)]
pub struct Catalogue {
    /// The fields that have procedures, by code.
    fields: Vec<CatalogueField>,
    /// The life events that have procedures, in the order in which they are to be shown.
    life_events: Vec<CatalogueLifeEvent>,
}

/// A field of administration.
#[derive(Debug, Serialize, ToSchema)]
pub struct CatalogueField {
    /// Its code, for `field` of `GET /api/v1/procedures`.
    #[schema(example = "ho-tich")]
    code: String,
    /// Its name.
    name: LocalText,
    /// How many procedures it has.
    #[schema(minimum = 1)]
    procedures: i64,
}

/// A life event.
#[derive(Debug, Serialize, ToSchema)]
pub struct CatalogueLifeEvent {
    /// Its code, for `life_event` of `GET /api/v1/procedures`.
    code: LifeEvent,
    /// Its name.
    name: LocalText,
    /// How many procedures it has.
    #[schema(minimum = 1)]
    procedures: i64,
}

/// Browse fields and life events
///
/// What procedures can be found under, with how many there are: fields and life events. Those that have none are left out.
#[utoipa::path(
    operation_id = "get_catalogue",
    tag = "procedures",
    responses(
        (status = 200, description = "The catalogue", body = Catalogue, headers(
            ("ETag" = String, description = "For `If-None-Match`"),
            ("Cache-Control" = String, description = "`public, max-age=1`"),
        )),
        (status = 304, description = "As when it was last read"),
    )
)]
#[get("/api/v1/catalogue")]
pub async fn get_catalogue(app: web::Data<App>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let published = app.published.get_or_load("catalogue", async || load(&app).await).await?;
    Ok(published.respond(&request))
}

async fn load(app: &App) -> Result<Published, Problem> {
    let mut conn = app.pool.get().await?;
    let fields = groups::fields(&mut conn).await?;
    let found = groups::life_events(&mut conn).await?;
    let life_events = LifeEvent::ALL.into_iter().filter_map(|code| {
        let event = found.iter().find(|event| event.life_event == code.as_str())?;
        Some(CatalogueLifeEvent { code, name: code.name(), procedures: event.procedures })
    });
    Ok(Published::of(&Catalogue {
        fields: fields.into_iter().map(field).collect(),
        life_events: life_events.collect(),
    }))
}

fn field(row: groups::Field) -> CatalogueField {
    let name = LocalText { vi: row.name_vi, en: row.name_en };
    CatalogueField { code: row.code, name, procedures: row.procedures }
}
