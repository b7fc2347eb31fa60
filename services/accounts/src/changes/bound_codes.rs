//! Nobody has more codes under way than she could enter.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use edge::Problem;

use crate::{domain::confirmation_code::LIFE, error, store::confirmations};

/// Refuses one more code to who has asked for `most` in the last hour that nobody has entered.
///
/// # Errors
/// [`error::CODES_PAUSED`].
pub async fn bound_unconfirmed(
    conn: &mut AsyncPgConnection,
    asker: &[u8],
    most: i64,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    if confirmations::unconfirmed(conn, asker, now).await? < most {
        return Ok(());
    }
    let seconds = u32::try_from(LIFE.num_seconds()).unwrap_or(u32::MAX);
    Err(Problem::from(error::CODES_PAUSED).retry_after(seconds))
}
