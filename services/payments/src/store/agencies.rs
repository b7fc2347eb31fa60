//! Agencies, copied from what accounts tells.

use civic::{AgencyCode, TaxNumber, events::AgencyOpened};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::schema::agencies;

/// Who collects, as receipts say it.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = agencies, check_for_backend(diesel::pg::Pg))]
pub struct Collector {
    #[diesel(column_name = name_vi)]
    pub name: String,
    pub address: Option<String>,
    pub tax_number: Option<TaxNumber>,
}

/// Notes an agency, its new name or how it is reached now.
pub async fn note(conn: &mut AsyncPgConnection, told: &AgencyOpened) -> Result<(), pg::Error> {
    let known = (
        agencies::name_vi.eq(&told.name.vi),
        agencies::name_en.eq(&told.name.en),
        agencies::address.eq(&told.contact.address),
        agencies::tax_number.eq(&told.contact.tax_number),
    );
    let insert = diesel::insert_into(agencies::table).values((agencies::code.eq(&told.agency), known));
    insert.on_conflict(agencies::code).do_update().set(known).execute(conn).await?;
    Ok(())
}

/// The agency that collects, if it is known.
pub async fn collector(conn: &mut AsyncPgConnection, code: &AgencyCode) -> Result<Option<Collector>, pg::Error> {
    let known = agencies::table.filter(agencies::code.eq(code)).select(Collector::as_select());
    Ok(known.first(conn).await.optional()?)
}
