//! What was asked about dossiers while they were worked on.

use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{domain::request::Request, schema::requests};

/// The requests about a dossier, in order.
pub async fn of_dossier(mut conn: &AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<Request>> {
    let columns = (
        requests::kind,
        requests::state,
        requests::asked_of,
        requests::asked_by,
        requests::asked_at,
        requests::text,
        requests::answer_by,
        requests::answered_at,
    );
    let own = requests::table.filter(requests::dossier.eq(dossier)).order(requests::seq);
    own.select(columns).load(&mut conn).await
}
