//! Once an hour: codes that work no more are forgotten, and the words of old messages.

use chrono::TimeDelta;

use crate::{app::App, store::messages};

/// Codes live for minutes; a mail that comes after a day helps nobody.
const CODES_KEPT: TimeDelta = TimeDelta::days(1);
/// Statements of one hour; the rest has time until the next.
const AT_MOST: usize = 500;

/// Forgets what is old enough. A clock that is wrong for a moment makes nothing old.
pub async fn run(app: &App) -> anyhow::Result<()> {
    let now = app.life.clock.cautious();
    for _ in 0..AT_MOST {
        let conn = &mut *app.pool.get().await?;
        let more = messages::forget_codes(conn, now - CODES_KEPT).await?;
        if !(messages::forget_words(conn, now - app.words_kept).await? || more) {
            break;
        }
    }
    Ok(())
}
