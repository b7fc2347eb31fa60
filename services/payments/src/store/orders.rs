//! Orders and their lines.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, LocalText, Party, PartyKind, Vnd, events::FeeLine};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Integer, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use pg::kept;
use uuid::Uuid;

use crate::{
    domain::{
        dossier_end::DossierEnd,
        order::{self, OrderState, is_owed},
    },
    schema::{order_lines, orders, payers},
};

/// A fee that somebody owes.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = orders, check_for_backend(diesel::pg::Pg))]
pub struct Order {
    pub id: Uuid,
    pub dossier_id: Uuid,
    pub code: DossierCode,
    pub agency: AgencyCode,
    pub payer_kind: PartyKind,
    pub payer_id: Uuid,
    pub total: Vnd,
    /// What of it need not be paid, by a rule of exemption.
    pub waived: Vnd,
    /// What was paid towards it, and not what was paid beyond.
    pub paid: Vnd,
    /// What of it went back.
    pub refunded: Vnd,
    pub status: OrderState,
    /// Since when it stands there.
    pub state_since: DateTime<Utc>,
    /// Counts the steps of its history.
    pub version: i32,
    pub due_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    /// By the provider's clock.
    pub paid_at: Option<DateTime<Utc>>,
    /// How its dossier came to have no result, as far as is known.
    pub dossier_end: Option<DossierEnd>,
    /// How often what was taken for it was taken back as wrong.
    pub reversals: i32,
}

impl Order {
    /// Whether the account is that of its payer.
    pub fn is_of(&self, account: Uuid) -> bool {
        (self.payer_kind, self.payer_id) == (PartyKind::Person, account)
    }

    /// What is left to pay: nothing of an order that is not owed, nor for a dossier that ended.
    pub fn left(&self) -> Vnd {
        let ended = self.dossier_end.is_some_and(DossierEnd::is_final);
        match is_owed(self.status) && !ended {
            true => order::left(self.total, self.waived, self.paid),
            false => Vnd::ZERO,
        }
    }
}

/// The order, if there is one.
pub async fn find(mut conn: &AsyncPgConnection, id: Uuid) -> Result<Option<Order>, pg::Error> {
    Ok(orders::table.find(id).select(Order::as_select()).first(&mut conn).await.optional()?)
}

/// The order, if this payer owes it.
pub async fn find_of(conn: &mut AsyncPgConnection, id: Uuid, payer: Party) -> Result<Option<Order>, pg::Error> {
    let owed = orders::payer_kind.eq(payer.kind).and(orders::payer_id.eq(payer.id));
    Ok(orders::table.find(id).filter(owed).select(Order::as_select()).first(conn).await.optional()?)
}

/// As [`find_of`], held so that nobody else changes it or its attempts until the transaction ends.
pub async fn lock_of(conn: &mut AsyncPgConnection, id: Uuid, payer: Party) -> Result<Option<Order>, pg::Error> {
    let owed = orders::payer_kind.eq(payer.kind).and(orders::payer_id.eq(payer.id));
    let order = orders::table.find(id).filter(owed).select(Order::as_select()).for_no_key_update();
    Ok(order.first(conn).await.optional()?)
}

/// The order, held so that nobody else changes it or its attempts until the transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Order, pg::Error> {
    Ok(orders::table.find(id).select(Order::as_select()).for_no_key_update().first(conn).await?)
}

/// The order, if this agency collects it, held as [`lock`] holds it.
pub async fn lock_at(conn: &mut AsyncPgConnection, id: Uuid, agency: &AgencyCode) -> Result<Option<Order>, pg::Error> {
    let order = orders::table.find(id).filter(orders::agency.eq(agency)).select(Order::as_select());
    Ok(order.for_no_key_update().first(conn).await.optional()?)
}

/// Orders of an agency for a dossier, or of one of these payers; the newest first.
pub async fn at_counter(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    code: Option<&DossierCode>,
    payers: &[Uuid],
    limit: i64,
) -> Result<Vec<(Order, Option<String>)>, pg::Error> {
    let payer = payers::kind.eq(orders::payer_kind).and(payers::id.eq(orders::payer_id));
    let found = orders::table.left_join(payers::table.on(payer)).filter(orders::agency.eq(agency));
    let found = found.order((orders::created_at.desc(), orders::id.desc())).limit(limit);
    let what = (Order::as_select(), payers::name.nullable());
    Ok(match code {
        Some(code) => found.filter(orders::code.eq(code)).select(what).load(conn).await?,
        None => found.filter(orders::payer_id.eq_any(payers.to_vec())).select(what).load(conn).await?,
    })
}

/// Orders of a payer, the newest first, those before one.
pub async fn of_payer(
    conn: &mut AsyncPgConnection,
    payer: Party,
    before: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<Order>, pg::Error> {
    let mut all = orders::table
        .filter(orders::payer_kind.eq(payer.kind).and(orders::payer_id.eq(payer.id)))
        .order((orders::created_at.desc(), orders::id.desc()))
        .limit(limit)
        .select(Order::as_select())
        .into_boxed();
    if let Some((at, id)) = before {
        all = all.filter(orders::created_at.lt(at).or(orders::created_at.eq(at).and(orders::id.lt(id))));
    }
    Ok(all.load(conn).await?)
}

/// Those of these orders that this payer owes.
pub async fn all_of(conn: &mut AsyncPgConnection, ids: &[Uuid], payer: Party) -> Result<Vec<Order>, pg::Error> {
    let owed = orders::payer_kind.eq(payer.kind).and(orders::payer_id.eq(payer.id));
    let orders = orders::table.filter(orders::id.eq_any(ids).and(owed)).order(orders::id);
    Ok(orders.select(Order::as_select()).load(conn).await?)
}

/// As [`all_of`], held as [`lock`] holds one, in the order of their ids.
pub async fn lock_all_of(conn: &mut AsyncPgConnection, ids: &[Uuid], payer: Party) -> Result<Vec<Order>, pg::Error> {
    let owed = orders::payer_kind.eq(payer.kind).and(orders::payer_id.eq(payer.id));
    let orders = orders::table.filter(orders::id.eq_any(ids).and(owed)).order(orders::id).select(Order::as_select());
    Ok(orders.for_no_key_update().load(conn).await?)
}

/// Those of these orders that there are, held as [`lock`] holds one.
pub async fn lock_all(conn: &mut AsyncPgConnection, ids: &[Uuid]) -> Result<Vec<Order>, pg::Error> {
    let orders = orders::table.filter(orders::id.eq_any(ids)).order(orders::id).select(Order::as_select());
    Ok(orders.for_no_key_update().load(conn).await?)
}

/// Orders of the dossiers whose codes, without dots and dashes, are among these; the longest code first, then the oldest.
pub async fn of_bare_codes(conn: &mut AsyncPgConnection, codes: &[String]) -> Result<Vec<Order>, pg::Error> {
    let bare = sql::<Text>("translate(code, '.-', '')");
    let orders = orders::table.filter(bare.eq_any(codes));
    let orders = orders.order((sql::<Integer>("length(code)").desc(), orders::created_at, orders::id));
    Ok(orders.select(Order::as_select()).load(conn).await?)
}

/// Orders of a dossier, by its code, the oldest first.
pub async fn of_code(conn: &mut AsyncPgConnection, code: &DossierCode) -> Result<Vec<Order>, pg::Error> {
    let orders = orders::table.filter(orders::code.eq(code)).order((orders::created_at, orders::id));
    Ok(orders.select(Order::as_select()).load(conn).await?)
}

/// Notes how the dossier of an order that is held came to have no result.
pub async fn note_end(conn: &mut AsyncPgConnection, id: Uuid, end: Option<DossierEnd>) -> Result<(), pg::Error> {
    diesel::update(orders::table.find(id)).set(orders::dossier_end.eq(end)).execute(conn).await?;
    Ok(())
}

/// Orders behind one, in the order of their ids, locked against changes until the transaction ends.
pub async fn after(conn: &mut AsyncPgConnection, id: Uuid, count: i64) -> Result<Vec<Order>, pg::Error> {
    let behind = orders::table.filter(orders::id.gt(id)).order(orders::id).limit(count).select(Order::as_select());
    Ok(behind.for_share().load(conn).await?)
}

/// What the order is made of.
pub async fn lines(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Vec<FeeLine>, pg::Error> {
    let lines = order_lines::table.filter(order_lines::order_id.eq(id)).order(order_lines::position);
    let lines: Vec<Line> = lines.select(Line::as_select()).load(conn).await?;
    Ok(lines.into_iter().map(FeeLine::from).collect())
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = order_lines, check_for_backend(diesel::pg::Pg))]
struct Line {
    order_id: Uuid,
    position: i32,
    name_vi: String,
    name_en: String,
    quantity: i64,
    unit_amount: Vnd,
    amount: Vnd,
    legal_basis: Option<String>,
}

impl From<Line> for FeeLine {
    fn from(line: Line) -> Self {
        Self {
            name: LocalText { vi: line.name_vi, en: line.name_en },
            // It came from a u32.
            quantity: u32::try_from(line.quantity).unwrap_or_default(),
            unit_amount: line.unit_amount,
            amount: line.amount,
            legal_basis: line.legal_basis,
        }
    }
}

/// Keeps a new order with its lines; `false` when there is one with this id.
pub async fn insert(conn: &mut AsyncPgConnection, order: &Order, lines: Vec<FeeLine>) -> Result<bool, pg::Error> {
    let insert = diesel::insert_into(orders::table).values(order).on_conflict(orders::id).do_nothing();
    if insert.execute(conn).await? == 0 {
        return Ok(false);
    }
    let rows = (0..).zip(lines).map(|(position, line)| Line {
        order_id: order.id,
        position,
        name_vi: line.name.vi,
        name_en: line.name.en,
        quantity: line.quantity.into(),
        unit_amount: line.unit_amount,
        amount: line.amount,
        legal_basis: line.legal_basis,
    });
    diesel::insert_into(order_lines::table).values(rows.collect::<Vec<_>>()).execute(conn).await?;
    Ok(true)
}

/// What a step makes of an order.
#[derive(Clone, Copy, Debug)]
pub struct Next {
    pub status: OrderState,
    pub state_since: DateTime<Utc>,
    pub paid: Vnd,
    pub paid_at: Option<DateTime<Utc>>,
    pub refunded: Vnd,
    pub reversals: i32,
    pub waived: Vnd,
}

/// Moves an order that is held to its next version.
pub async fn advance(mut conn: &AsyncPgConnection, order: &Order, next: Next) -> Result<(), pg::Error> {
    let columns = (
        orders::version.eq(order.version + 1),
        orders::status.eq(next.status),
        orders::state_since.eq(next.state_since),
        orders::paid.eq(next.paid),
        orders::paid_at.eq(next.paid_at),
        orders::refunded.eq(next.refunded),
        orders::reversals.eq(next.reversals),
        orders::waived.eq(next.waived),
    );
    kept(diesel::update(orders::table.find(order.id)).set(columns)).execute(&mut conn).await?;
    Ok(())
}

impl Order {
    /// Who owes it.
    pub fn payer(&self) -> Party {
        Party { kind: self.payer_kind, id: self.payer_id }
    }

    /// As it is, for a step that leaves it where it stands.
    pub fn unmoved(&self) -> Next {
        let Self { status, state_since, paid, paid_at, refunded, reversals, waived, .. } = *self;
        Next { status, state_since, paid, paid_at, refunded, reversals, waived }
    }
}
