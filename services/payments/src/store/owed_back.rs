//! Money that an agency has and that may have to go back, found without anybody asking.

use civic::AgencyCode;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::{attempts::Attempt, orders::Order};
use crate::{
    domain::attempt::AttemptStatus,
    schema::{attempts, orders},
};

/// The newest payments of an agency that came twice, came when nothing was to be paid, or were for a dossier that ended without a
/// result, as far as they are not on their way back.
pub async fn of_agency(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    limit: i64,
) -> Result<Vec<(Attempt, Order)>, pg::Error> {
    let again = attempts::status.eq(AttemptStatus::PaidAgain);
    let ended = attempts::status.eq(AttemptStatus::Settled).and(orders::dossier_end.is_not_null());
    let owed = attempts::table
        .inner_join(orders::table)
        .filter(orders::agency.eq(agency).and(again.or(ended)).and(attempts::going_back.lt(attempts::amount)))
        .order((attempts::created_at.desc(), attempts::id.desc()))
        .limit(limit)
        .select((Attempt::as_select(), Order::as_select()));
    Ok(owed.load(conn).await?)
}
