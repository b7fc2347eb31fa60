//! Trying a code: what operations that are confirmed by one do alike.

use chrono::{DateTime, Utc};
use civic::{LocalText, events::ConfirmationPurpose, typed};
use edge::{Kind, Problem, kinds};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::{
    app::App,
    domain::confirmation_code,
    error,
    store::confirmations::{self, Confirmation},
};

/// What is to be confirmed.
pub struct Pending {
    pub id: Uuid,
    pub purpose: ConfirmationPurpose,
    /// The account that it must be of, if that is known.
    pub owner: Option<Uuid>,
}

/// Counts the try, which commits by itself, and compares.
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
    let mut conn = app.pool.get().await?;
    if !confirmations::exists(&mut conn, what.id, what.purpose, what.owner).await? {
        return Err(kinds::NOT_FOUND.into());
    }
    let pending = confirmations::count_try(&mut conn, what.id, now).await?.ok_or(over)?;
    let right = pending.code_hash.as_deref().unwrap_or_default().ct_eq(&confirmation_code::digest(what.id, &code));
    if bool::from(right) { Ok(pending) } else { Err(error::CODE_WRONG.into()) }
}

/// The digits of a code as people paste it.
///
/// # Errors
/// 400 naming the field, for what is none.
pub fn read(typed: &str) -> Result<String, Problem> {
    let code = typed::number(typed);
    if confirmation_code::is_one(&code) {
        return Ok(code);
    }
    let text =
        LocalText::new("Mã xác nhận gồm 6 chữ số, ví dụ 042137.", "The confirmation code has 6 digits, like 042137.");
    Err(Problem::from(kinds::INVALID).field("/code", "code", text))
}
