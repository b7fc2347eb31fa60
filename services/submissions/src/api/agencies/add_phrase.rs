//! `POST /api/v1/agencies/{agency}/phrases`

use actix_web::{post, web};
use civic::AgencyCode;
use edge::{Administer, Command, IdempotencyHeader, Official, Problem, Reply, kinds};
use serde::Deserialize;
use utoipa::ToSchema;

use super::phrase_view::PhraseView;
use crate::{
    app::App,
    changes::keep_phrases,
    domain::phrase::{PhraseAction, TEXT},
    error,
};

/// A phrase to keep.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPhrase {
    /// With which action it is written.
    action: PhraseAction,
    /// What is written, 1 to 500 characters, counted as composed.
    #[schema(max_length = 2000)]
    text: String,
}

edge::failures![kinds::FORBIDDEN, error::AGENCY_NOT_FOUND, error::TOO_MANY_PHRASES];

/// Keep a phrase
///
/// Adds what officials of the agency write often with an action; one that is there already stays. An agency keeps 200.
#[utoipa::path(
    operation_id = "add_phrase",
    tag = "dossiers",
    params(("agency" = AgencyCode, Path, description = "The agency"), IdempotencyHeader),
    request_body(content = NewPhrase, example = json!({"action": "REQUEST_SUPPLEMENT", "text": "Ảnh chụp bị mờ, không đọc được."})),
    responses((status = 200, description = "It was there already", body = PhraseView), (status = 201, description = "The phrase", body = PhraseView, headers(
        ("Location" = String, description = "Where the phrases stand"),
    )), Failures),
    security(("bearer" = []))
)]
#[post("/api/v1/agencies/{agency}/phrases")]
pub async fn add_phrase(
    app: web::Data<App>,
    official: Official<Administer>,
    agency: web::Path<AgencyCode>,
    command: Command<NewPhrase>,
) -> Result<Reply, Problem> {
    if !official.agencies().contains(&agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    command
        .once(&app.pool, official.caller.id, app.life.clock.now(), async |conn, NewPhrase { action, text }| {
            let text = error::required_text(&TEXT, Some(&text))?;
            let (kept, is_new) =
                keep_phrases::add_phrase(&app, conn, agency.clone(), &official, (action, text)).await?;
            let view = PhraseView::from(kept);
            let there = || Reply::created(&view, format!("/api/v1/agencies/{agency}/phrases"));
            Ok(if is_new { there() } else { Reply::ok(&view) })
        })
        .await
}
