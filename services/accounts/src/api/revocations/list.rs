//! Sessions and API clients whose access tokens are worth nothing any more.

use actix_web::web;
use chrono::TimeDelta;
use edge::{
    Problem, Reply,
    revocation::{Revocation, Revocations},
};
use serde::Deserialize;

use crate::{
    app::App,
    store::{api_clients, sessions},
};

/// From where to read on.
#[derive(Deserialize)]
pub struct From {
    /// The `position` of the answer before; 0 at first.
    after: i64,
}

/// What was revoked since. No operation: the gateway passes nothing on that is not in the document, so that only who is inside asks.
/// Their ids open nothing.
pub async fn list_revocations(app: web::Data<App>, from: web::Query<From>) -> Result<Reply, Problem> {
    let life = TimeDelta::seconds(app.keys.token_seconds());
    let mut conn = app.pool.get().await?;
    // First the position, then the rows: what the rows do not show yet is of a transaction behind the position.
    let position = sessions::oldest_running(&mut conn).await?;
    // A gateway that read from another installation, or before this one was restored, begins anew.
    let after = if from.after > position { 0 } else { from.after };
    let revoked = sessions::revoked_since(&mut conn, after, app.now() - life).await?;
    let clients = api_clients::revoked_since(&mut conn, after).await?;
    let clients = clients.into_iter().map(|(client, good_from)| (client, Some(good_from)));
    let all = revoked.into_iter().chain(clients).map(|(session, good_from)| Revocation { session, good_from });
    Ok(Reply::ok(&Revocations { position, sessions: all.collect() }))
}
