//! Orders and their lines.

use chrono::{DateTime, Utc};
use civic::{
    AgencyCode, DossierCode, LocalText, Party, Vnd,
    events::{DossierFeeDue, FeeLine},
};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use super::{
    columns::{Dong, Word},
    history::{self, Entry},
};
use crate::{
    domain::status::OrderStatus,
    schema::{order_lines, orders},
};

/// A fee that somebody owes.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = orders, check_for_backend(diesel::pg::Pg))]
pub struct Order {
    pub id: Uuid,
    pub dossier_id: Uuid,
    code: Word<DossierCode>,
    agency: Word<AgencyCode>,
    payer_kind: Word<civic::PartyKind>,
    payer_id: Uuid,
    total: Dong,
    status: Word<OrderStatus>,
    pub version: i32,
    pub due_at: Option<DateTime<Utc>>,
    pub paid_at: Option<DateTime<Utc>>,
}

impl Order {
    pub fn code(&self) -> &DossierCode {
        &self.code.0
    }

    pub fn agency(&self) -> &AgencyCode {
        &self.agency.0
    }

    pub fn payer(&self) -> Party {
        Party { kind: self.payer_kind.0, id: self.payer_id }
    }

    pub fn total(&self) -> Vnd {
        self.total.0
    }

    pub fn status(&self) -> OrderStatus {
        self.status.0
    }
}

/// The order, if there is one.
pub async fn find(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Option<Order>, pg::Error> {
    Ok(orders::table.find(id).select(Order::as_select()).first(conn).await.optional()?)
}

/// The order, if this payer owes it.
pub async fn find_of(conn: &mut AsyncPgConnection, id: Uuid, payer: Party) -> Result<Option<Order>, pg::Error> {
    let owed = orders::payer_kind.eq(payer.kind.as_str()).and(orders::payer_id.eq(payer.id));
    Ok(orders::table.find(id).filter(owed).select(Order::as_select()).first(conn).await.optional()?)
}

/// As [`find_of`], held so that nobody else changes it or its attempts until the transaction ends.
pub async fn lock_of(conn: &mut AsyncPgConnection, id: Uuid, payer: Party) -> Result<Option<Order>, pg::Error> {
    let owed = orders::payer_kind.eq(payer.kind.as_str()).and(orders::payer_id.eq(payer.id));
    let order = orders::table.find(id).filter(owed).select(Order::as_select()).for_no_key_update();
    Ok(order.first(conn).await.optional()?)
}

/// The order, held so that nobody else changes it or its attempts until the transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Order, pg::Error> {
    Ok(orders::table.find(id).select(Order::as_select()).for_no_key_update().first(conn).await?)
}

/// What the order is made of.
pub async fn lines(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Vec<FeeLine>, pg::Error> {
    let lines = order_lines::table.filter(order_lines::order_id.eq(id)).order(order_lines::position);
    let lines: Vec<Line> = lines.select(Line::as_select()).load(conn).await?;
    Ok(lines.into_iter().map(FeeLine::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = order_lines, check_for_backend(diesel::pg::Pg))]
struct Line {
    name_vi: String,
    name_en: String,
    quantity: i64,
    unit_amount: Dong,
    amount: Dong,
}

#[derive(Insertable)]
#[diesel(table_name = order_lines)]
struct NewLine<'a> {
    order_id: Uuid,
    position: i32,
    name_vi: &'a str,
    name_en: &'a str,
    quantity: i64,
    unit_amount: i64,
    amount: i64,
}

impl<'a> NewLine<'a> {
    fn of(order_id: Uuid, position: i32, line: &'a FeeLine) -> Self {
        Self {
            order_id,
            position,
            name_vi: &line.name.vi,
            name_en: &line.name.en,
            quantity: line.quantity.into(),
            unit_amount: line.unit_amount.dong(),
            amount: line.amount.dong(),
        }
    }
}

impl From<Line> for FeeLine {
    fn from(line: Line) -> Self {
        Self {
            name: LocalText { vi: line.name_vi, en: line.name_en },
            // It came from a u32.
            quantity: u32::try_from(line.quantity).unwrap_or_default(),
            unit_amount: line.unit_amount.0,
            amount: line.amount.0,
        }
    }
}

/// Opens an order; `false` when there is one with this id.
pub async fn open(conn: &mut AsyncPgConnection, fee: &DossierFeeDue, now: DateTime<Utc>) -> Result<bool, pg::Error> {
    let row = (
        orders::id.eq(fee.order_id),
        orders::dossier_id.eq(fee.dossier_id),
        orders::code.eq(fee.code.as_str()),
        orders::agency.eq(fee.agency.as_str()),
        orders::payer_kind.eq(fee.payer.kind.as_str()),
        orders::payer_id.eq(fee.payer.id),
        orders::total.eq(fee.total.dong()),
        orders::status.eq(OrderStatus::Due.as_str()),
        orders::version.eq(1),
        orders::due_at.eq(fee.due_at),
        orders::created_at.eq(now),
    );
    let opened = diesel::insert_into(orders::table).values(row).on_conflict(orders::id).do_nothing();
    if opened.execute(conn).await? == 0 {
        return Ok(false);
    }
    let lines = (0..).zip(&fee.lines).map(|(position, line)| NewLine::of(fee.order_id, position, line));
    diesel::insert_into(order_lines::table).values(lines.collect::<Vec<_>>()).execute(conn).await?;
    history::write(conn, Entry::opened(fee.order_id, now)).await?;
    Ok(true)
}

/// Moves an order that is held to its next version, paid or not.
pub async fn advance(
    conn: &mut AsyncPgConnection,
    order: &Order,
    status: OrderStatus,
    paid_at: Option<DateTime<Utc>>,
) -> Result<(), pg::Error> {
    let next = (
        orders::version.eq(order.version + 1),
        orders::status.eq(status.as_str()),
        orders::paid_at.eq(paid_at.or(order.paid_at)),
    );
    diesel::update(orders::table.find(order.id)).set(next).execute(conn).await?;
    Ok(())
}
