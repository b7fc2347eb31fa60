//! Agencies: a tree with validity dates, since units merge.

use chrono::NaiveDate;
use civic::{
    AgencyCode, Email, LocalText, OfficialRole, Phone, Search, TaxNumber,
    events::{AgencyContact, AgencyOpened},
};
use diesel::{dsl::exists, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::schema::{agencies, official_roles};

diesel::define_sql_function! {
    /// The text with the letters of `from` as those of `to`; without those that have none there.
    fn translate(text: diesel::sql_types::Text, from: diesel::sql_types::Text, to: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

diesel::define_sql_function! {
    /// Where a text holds another, from 1; 0 when it does not.
    fn strpos(text: diesel::sql_types::Text, part: diesel::sql_types::Text) -> diesel::sql_types::Integer;
}

diesel::define_sql_function! {
    /// The text in lower case.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// More agencies than there are; so many are looked at for one search at most.
const MOST: usize = 10_000;

/// An agency.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = agencies)]
pub struct Agency {
    pub code: AgencyCode,
    pub name_vi: String,
    pub name_en: String,
    pub search_text: String,
    pub parent: Option<AgencyCode>,
    pub valid_from: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    #[diesel(embed)]
    pub contact: Contact,
    /// Counts the changes of its contact.
    pub contact_version: i32,
}

/// How it is reached.
#[derive(Clone, Default, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = agencies, treat_none_as_null = true)]
pub struct Contact {
    pub address: Option<String>,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    pub tax_number: Option<TaxNumber>,
}

impl From<AgencyContact> for Contact {
    fn from(AgencyContact { address, phone, email, tax_number }: AgencyContact) -> Self {
        Self { address, phone, email, tax_number }
    }
}

impl From<Contact> for AgencyContact {
    fn from(Contact { address, phone, email, tax_number }: Contact) -> Self {
        Self { address, phone, email, tax_number }
    }
}

impl From<Agency> for AgencyOpened {
    fn from(agency: Agency) -> Self {
        Self {
            agency: agency.code,
            name: LocalText::new(agency.name_vi, agency.name_en),
            parent: agency.parent,
            contact: agency.contact.into(),
        }
    }
}

/// Which agencies to list.
pub struct AgencyFilter<'a> {
    /// Those in force on this day.
    pub on: NaiveDate,
    /// Those that are called so, or have this code.
    pub search: Option<&'a Search>,
    /// Those directly under this one.
    pub parent: Option<&'a AgencyCode>,
    /// Those where somebody receives.
    pub receives: bool,
}

/// An agency that was looked for, and how well it was found.
pub struct Found {
    /// The higher, the better.
    pub score: u32,
    /// The agency.
    pub agency: Agency,
}

/// Up to `limit` agencies after the code `after`, in order of code.
pub async fn list(
    conn: &mut AsyncPgConnection,
    filter: &AgencyFilter<'_>,
    after: Option<&AgencyCode>,
    limit: usize,
) -> Result<Vec<Agency>, pg::Error> {
    let in_force = agencies::valid_until.is_null().or(agencies::valid_until.ge(filter.on).assume_not_null());
    let mut query = agencies::table.filter(agencies::valid_from.le(filter.on)).filter(in_force).into_boxed();
    // No index serves a search inside names and codes; the country has a few thousand agencies.
    for word in filter.search.into_iter().flat_map(Search::words) {
        let called = lower(agencies::code).concat(" ").concat(agencies::search_text);
        query = query.filter(strpos(translate(called, "y.", "i"), word).gt(0));
    }
    if let Some(parent) = filter.parent {
        query = query.filter(agencies::parent.eq(parent));
    }
    if filter.receives {
        let ends = official_roles::valid_until;
        let receivers = official_roles::table
            .filter(official_roles::agency.eq(agencies::code).and(official_roles::role.eq(OfficialRole::Receiver)))
            .filter(
                official_roles::valid_from.le(filter.on).and(ends.is_null().or(ends.ge(filter.on).assume_not_null())),
            );
        query = query.filter(exists(receivers));
    }
    if let Some(after) = after {
        query = query.filter(agencies::code.gt(after));
    }
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Ok(query.order(agencies::code).limit(limit).select(Agency::as_select()).load(conn).await?)
}

/// The agencies after `after` (a score and a code): the best found first, by code where they are found equally well.
pub async fn found(
    conn: &mut AsyncPgConnection,
    filter: &AgencyFilter<'_>,
    after: Option<&(u32, AgencyCode)>,
) -> Result<Vec<Found>, pg::Error> {
    let Some(search) = filter.search else { return Ok(Vec::new()) };
    let score =
        |agency: &Agency| search.score(&[agency.code.as_str(), agency.name_vi.as_str(), agency.name_en.as_str()]);
    let rows = list(conn, filter, None, MOST).await?;
    let found = rows.into_iter().filter_map(|agency| Some(Found { score: score(&agency)?, agency }));
    let later = |it: &Found| after.is_none_or(|(score, code)| (*score, &it.agency.code) > (it.score, code));
    let mut found: Vec<_> = found.filter(later).collect();
    found.sort_by(|one, other| (other.score, &one.agency.code).cmp(&(one.score, &other.agency.code)));
    Ok(found)
}

/// The agency with this code, in force or not.
pub async fn find(conn: &mut AsyncPgConnection, code: &AgencyCode) -> Result<Option<Agency>, pg::Error> {
    let row = agencies::table.find(code).select(Agency::as_select());
    Ok(row.first(conn).await.optional()?)
}

/// The same, held until the transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection, code: &AgencyCode) -> Result<Option<Agency>, pg::Error> {
    let row = agencies::table.find(code).select(Agency::as_select()).for_no_key_update();
    Ok(row.first(conn).await.optional()?)
}

/// Keeps how an agency that is held is reached.
pub async fn set_contact(conn: &mut AsyncPgConnection, agency: &Agency) -> Result<(), pg::Error> {
    let next = (&agency.contact, agencies::contact_version.eq(agency.contact_version));
    diesel::update(agencies::table.find(&agency.code)).set(next).execute(conn).await?;
    Ok(())
}

/// Adds an agency; `false` when its code is there already.
pub async fn add(conn: &mut AsyncPgConnection, agency: &Agency) -> Result<bool, pg::Error> {
    let insert = diesel::insert_into(agencies::table).values(agency).on_conflict_do_nothing();
    Ok(insert.execute(conn).await? > 0)
}
