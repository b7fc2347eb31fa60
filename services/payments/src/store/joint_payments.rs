//! Payments of several orders in one go.

use chrono::{DateTime, Utc};
use civic::{Party, PartyKind, Vnd};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{domain::provider::ProviderName, schema::joint_payments};

/// One attempt for each of several orders, all at one provider under one name.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = joint_payments, check_for_backend(diesel::pg::Pg))]
pub struct JointPayment {
    pub id: Uuid,
    pub payer_kind: PartyKind,
    pub payer_id: Uuid,
    pub provider: ProviderName,
    /// Our name for it at the provider.
    pub reference: String,
    /// What its attempts are over, together.
    pub total: Vnd,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// Keeps one that begins; its attempts follow.
pub async fn insert(conn: &mut AsyncPgConnection, joint: &JointPayment) -> Result<(), pg::Error> {
    diesel::insert_into(joint_payments::table).values(joint).execute(conn).await?;
    Ok(())
}

/// The one with this id.
pub async fn get(conn: &mut AsyncPgConnection, id: Uuid) -> Result<JointPayment, pg::Error> {
    Ok(joint_payments::table.find(id).select(JointPayment::as_select()).first(conn).await?)
}

/// The one with this id, if this payer began it.
pub async fn find_of(conn: &mut AsyncPgConnection, id: Uuid, payer: Party) -> Result<Option<JointPayment>, pg::Error> {
    let own = joint_payments::payer_kind.eq(payer.kind).and(joint_payments::payer_id.eq(payer.id));
    Ok(joint_payments::table.find(id).filter(own).select(JointPayment::as_select()).first(conn).await.optional()?)
}
