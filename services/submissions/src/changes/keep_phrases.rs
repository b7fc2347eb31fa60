//! An administrator adds and removes what the agency writes often.

use civic::AgencyCode;
use diesel_async::AsyncPgConnection;
use edge::{Administer, Official, Problem, audit};
use serde_json::json;
use uuid::Uuid;

use crate::{
    app::App,
    domain::phrase::{MOST_PHRASES, PhraseAction},
    error,
    store::phrases::{self, Phrase},
};

/// Adds a phrase, and says whether it is new; one that is there already stays.
pub async fn add_phrase(
    app: &App,
    conn: &mut AsyncPgConnection,
    agency: AgencyCode,
    official: &Official<Administer>,
    (action, text): (PhraseAction, String),
) -> Result<(Phrase, bool), Problem> {
    if phrases::count(conn, &agency).await? >= MOST_PHRASES {
        return Err(error::TOO_MANY_PHRASES.into());
    }
    let (id, added_at) = (app.life.new_id(), app.life.clock.now());
    let phrase = Phrase { id, agency, action, text, added_by: official.caller.id, added_at };
    let kept = phrases::insert(conn, &phrase).await?;
    let is_new = kept.id == phrase.id;
    if is_new {
        note(app, conn, official, "phrase.added", &kept.agency, kept.id).await?;
    }
    Ok((kept, is_new))
}

/// Removes one.
pub async fn remove_phrase(
    app: &App,
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    official: &Official<Administer>,
    id: Uuid,
) -> Result<(), Problem> {
    if !phrases::remove(conn, agency, id).await? {
        return Err(error::PHRASE_NOT_FOUND.into());
    }
    note(app, conn, official, "phrase.removed", agency, id).await
}

async fn note(
    app: &App,
    conn: &mut AsyncPgConnection,
    official: &Official<Administer>,
    action: &'static str,
    agency: &AgencyCode,
    phrase: Uuid,
) -> Result<(), Problem> {
    let entry = audit::AuditEntry {
        actor: Some(&official.caller),
        action,
        subject_type: "agency",
        subject_id: agency.to_string(),
        detail: json!({"phrase": phrase}),
    };
    Ok(audit::record(conn, &app.life, entry).await?)
}
