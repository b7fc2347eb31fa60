//! A refresh token was shown: its successor takes its place, or the session ends.

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;

use super::{Bearer, end_session::end};
use crate::{
    app::App,
    domain::{
        capacity,
        refresh_token::{RefreshToken, Verdict},
    },
    store::{
        capacities,
        sessions::{self, Revoked, Session},
        users,
    },
};

/// The successor of `token`, if there is to be one. `None` is not an error here: ending a stolen session must commit.
///
/// # Errors
/// When the database does not answer.
pub async fn refresh_session(
    app: &App,
    token: &RefreshToken,
    now: DateTime<Utc>,
) -> Result<Option<(Bearer, RefreshToken)>, pg::Error> {
    app.pool
        .transaction(async |conn| {
            let session = sessions::locked(conn, token.session).await?.filter(|session| session.lives(now));
            let Some(session) = session else {
                return Ok(None);
            };
            let successor = token.successor(&session.chain_key);
            match token.judge(&session.chain(), now) {
                Verdict::Current => sessions::replace(conn, &session, &successor.digest(), now).await?,
                Verdict::JustReplaced => {}
                Verdict::Forged => return Ok(None),
                Verdict::Reused => {
                    end(app, conn, &session, Revoked::TokenReused, now).await?;
                    return Ok(None);
                }
            }
            Ok(bearer(app, conn, session, now).await?.map(|bearer| (bearer, successor)))
        })
        .await
}

/// Who goes on in `session`: in its capacity, or not at all. Nobody finds herself acting as somebody else because a post ended.
async fn bearer(
    app: &App,
    conn: &mut AsyncPgConnection,
    session: Session,
    now: DateTime<Utc>,
) -> Result<Option<Bearer>, pg::Error> {
    let Some(user) = users::open(conn, session.user_id).await? else {
        end(app, conn, &session, Revoked::AccountClosed, now).await?;
        return Ok(None);
    };
    let held = capacities::held(conn, &user, now).await?;
    let acts_as = match &session.capacity {
        Some(name) => capacity::named(&held, name),
        None => capacity::initial(&held, None),
    };
    let Some(acts_as) = acts_as.cloned() else {
        end(app, conn, &session, Revoked::CapacityEnded, now).await?;
        return Ok(None);
    };
    Ok(Some(Bearer { user, session: session.id, generation: session.generation, held, acts_as }))
}
