//! Trying a code: what operations that are confirmed by one do alike.

use chrono::{DateTime, Utc};
use civic::{LocalText, typed};
use edge::{Kind, Problem, SecurityEvent, Subject, kinds};
use uuid::Uuid;

use crate::{
    app::App,
    domain::confirmation_code::{self, Purpose},
    error,
    store::confirmations::{self, Confirmation},
};

/// What is to be confirmed.
pub struct Pending {
    pub id: Uuid,
    pub purpose: Purpose,
    /// The account that it must be of, if that is known.
    pub owner: Option<Uuid>,
}

/// Counts the try, which commits by itself, and compares: were it in the transaction of what follows, a refusal would undo it. A
/// registration that is confirmed passes, so that a repeated request finds its stored answer.
///
/// # Errors
/// 400 for what is no code, 404 for nothing to confirm, `over` when no code is taken any more, [`error::CODE_WRONG`].
pub async fn try_code(
    app: &App,
    what: &Pending,
    code: &str,
    now: DateTime<Utc>,
    over: Kind,
) -> Result<Confirmation, Problem> {
    let code = read(code)?;
    let keys = app.keys.code_keys(&app.pool).await?;
    let mut conn = app.pool.get().await?;
    let found = confirmations::find(&mut conn, what.id, what.purpose, what.owner).await?.ok_or(kinds::NOT_FOUND)?;
    if what.purpose == Purpose::Registration && found.confirmed_at.is_some() {
        return Ok(found);
    }
    let pending = confirmations::count_try(&mut conn, what.id, now).await?.ok_or(over)?;
    let kept = pending.code_hash.as_deref().unwrap_or_default();
    if confirmation_code::is_right(&keys, kept, what.id, &code) {
        return Ok(pending);
    }
    let about = Subject { kind: "confirmation", id: what.id.to_string() };
    Err(Problem::from(error::CODE_WRONG).refused_as(SecurityEvent::SignInRefused, Some(about)))
}

/// The digits of a code as people paste it.
///
/// # Errors
/// 400 naming the field, for what is none.
fn read(typed: &str) -> Result<String, Problem> {
    let code = typed::number(typed);
    if confirmation_code::is_one(&code) {
        return Ok(code);
    }
    let text =
        LocalText::new("Mã xác nhận gồm 6 chữ số, ví dụ 042137.", "The confirmation code has 6 digits, like 042137.");
    Err(Problem::from(kinds::INVALID).field("/code", "code", text))
}
