//! Manifests by which an agency hands results over to the post, and the parcels on them.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierStatus};
use diesel::{
    alias,
    dsl::{exists, max, not},
    prelude::*,
    sql_query,
    sql_types::{BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::{
    domain::parcel::{ManifestState, ParcelState},
    schema::{dossiers, manifests, parcels},
};

/// A manifest.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = manifests)]
pub struct Manifest {
    pub id: Uuid,
    /// Whose results stand on it.
    pub agency: AgencyCode,
    /// In Vietnam.
    pub year: i32,
    /// Of the agency's in that year.
    pub number: i32,
    pub state: ManifestState,
    pub made_by: Uuid,
    pub made_at: DateTime<Utc>,
    /// Who of the post took it over.
    pub carrier: Option<String>,
    /// Who handed it over, or dropped it.
    pub ended_by: Option<Uuid>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// A parcel.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = parcels)]
pub struct Parcel {
    pub id: Uuid,
    pub manifest: Uuid,
    /// On the manifest, from 1.
    pub position: i32,
    pub dossier: Uuid,
    /// Whose dossier it is, by name.
    pub recipient: String,
    pub address: String,
    pub phone: Option<String>,
    pub state: ParcelState,
    /// The post's number of it.
    pub item_code: Option<String>,
    /// Who fetched it after it had come back.
    pub collected_by: Option<String>,
    /// Since when it is where it is.
    pub noted_at: DateTime<Utc>,
}

/// A result that waits to be put on a manifest.
#[derive(Debug, QueryableByName)]
pub struct ToSend {
    #[diesel(sql_type = SqlUuid)]
    pub dossier: Uuid,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub applicant_name: String,
    /// None where nobody said.
    #[diesel(sql_type = Nullable<Text>)]
    pub address: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub phone: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub completed_at: Option<DateTime<Utc>>,
}

/// An agency's next number in a year. Whoever asks goes alone until the transaction ends: so numbers have no gap, and nobody else puts the same
/// result on another manifest meanwhile.
pub async fn next_number(conn: &mut AsyncPgConnection, agency: &AgencyCode, year: i32) -> QueryResult<i32> {
    let lock = sql_query("select pg_advisory_xact_lock(hashtextextended('manifests ' || $1, 0))");
    lock.bind::<Text, _>(agency.as_str()).execute(conn).await?;
    let before = manifests::table.filter(manifests::agency.eq(agency).and(manifests::year.eq(year)));
    let last: Option<i32> = before.select(max(manifests::number)).first(conn).await?;
    Ok(last.unwrap_or_default() + 1)
}

/// Keeps a manifest that is made with its parcels.
pub async fn insert(conn: &mut AsyncPgConnection, manifest: &Manifest, on_it: &[Parcel]) -> QueryResult<()> {
    diesel::insert_into(manifests::table).values(manifest).execute(conn).await?;
    diesel::insert_into(parcels::table).values(on_it).execute(conn).await?;
    Ok(())
}

/// A manifest of an agency.
pub async fn find(conn: &mut AsyncPgConnection, agency: &AgencyCode, id: Uuid) -> QueryResult<Option<Manifest>> {
    let own = manifests::table.find(id).filter(manifests::agency.eq(agency));
    own.select(Manifest::as_select()).first(conn).await.optional()
}

/// As [`find`], locked until the transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection, agency: &AgencyCode, id: Uuid) -> QueryResult<Option<Manifest>> {
    let own = manifests::table.find(id).filter(manifests::agency.eq(agency));
    own.select(Manifest::as_select()).for_no_key_update().first(conn).await.optional()
}

/// An agency's manifests: those that nobody signed, then the newest.
pub async fn of_agency(conn: &mut AsyncPgConnection, agency: &AgencyCode, limit: i64) -> QueryResult<Vec<Manifest>> {
    let own = manifests::table.filter(manifests::agency.eq(agency)).select(Manifest::as_select());
    let open = manifests::state.eq(ManifestState::Open);
    own.order((open.desc(), manifests::year.desc(), manifests::number.desc())).limit(limit).load(conn).await
}

/// What stands on a manifest, with the dossiers' codes.
pub async fn parcels_on(conn: &mut AsyncPgConnection, manifest: Uuid) -> QueryResult<Vec<(Parcel, Option<String>)>> {
    let on_it = parcels::table.inner_join(dossiers::table).filter(parcels::manifest.eq(manifest));
    on_it.order(parcels::position).select((Parcel::as_select(), dossiers::code)).load(conn).await
}

/// The parcels on a manifest whose results were handed over another way since they were put on it.
pub async fn handed_over_otherwise(conn: &mut AsyncPgConnection, manifest: Uuid) -> QueryResult<Vec<Uuid>> {
    let since = parcels::table.inner_join(dossiers::table).filter(parcels::manifest.eq(manifest));
    let since = since.filter(dossiers::status.ne(DossierStatus::Completed.as_str()));
    let came_back = alias!(parcels as earlier);
    let came_back = came_back
        .filter(came_back.field(parcels::dossier).eq(dossiers::id))
        .filter(came_back.field(parcels::state).eq(ParcelState::CameBack));
    since.filter(not(exists(came_back))).select(parcels::id).load(conn).await
}

/// A parcel of an agency with its dossier's code, locked until the transaction ends.
pub async fn lock_parcel(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    id: Uuid,
) -> QueryResult<Option<(Parcel, Option<String>)>> {
    // Neither the manifest nor the dossier is locked with it.
    let at_agency = manifests::table.filter(manifests::agency.eq(agency)).select(manifests::id);
    let code = dossiers::table.filter(dossiers::id.eq(parcels::dossier)).select(dossiers::code);
    let own = parcels::table.filter(parcels::id.eq(id).and(parcels::manifest.eq_any(at_agency)));
    own.select((Parcel::as_select(), code.single_value())).for_no_key_update().first(conn).await.optional()
}

/// Where the parcels of a dossier are, the oldest first.
pub async fn states_of(conn: &mut AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<ParcelState>> {
    let own = parcels::table.inner_join(manifests::table).filter(parcels::dossier.eq(dossier));
    own.order((manifests::made_at, parcels::id)).select(parcels::state).load(conn).await
}

/// An agency's parcels that the post has, or that came back and lie there; those that came back first, then the longest under way.
pub async fn under_way(
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    limit: i64,
) -> QueryResult<Vec<(Parcel, Option<String>)>> {
    let own = parcels::table.inner_join(manifests::table).inner_join(dossiers::table);
    let own = own.filter(manifests::agency.eq(agency));
    let under_way = own.filter(parcels::state.eq_any([ParcelState::Sent, ParcelState::CameBack]));
    let came_back = parcels::state.eq(ParcelState::CameBack);
    let ordered = under_way.order((came_back.desc(), parcels::noted_at, parcels::id)).limit(limit);
    ordered.select((Parcel::as_select(), dossiers::code)).load(conn).await
}

/// Notes where a parcel is, that is locked.
pub async fn note(conn: &mut AsyncPgConnection, parcel: &Parcel) -> QueryResult<()> {
    let now = (
        parcels::state.eq(parcel.state),
        parcels::item_code.eq(&parcel.item_code),
        parcels::collected_by.eq(&parcel.collected_by),
        parcels::noted_at.eq(parcel.noted_at),
    );
    diesel::update(parcels::table.find(parcel.id)).set(now).execute(conn).await?;
    Ok(())
}

/// Notes that what came back of a dossier is sent anew.
pub async fn note_sent_again(conn: &mut AsyncPgConnection, dossier: Uuid, now: DateTime<Utc>) -> QueryResult<()> {
    let came_back = parcels::dossier.eq(dossier).and(parcels::state.eq(ParcelState::CameBack));
    let again = (parcels::state.eq(ParcelState::SentAgain), parcels::noted_at.eq(now));
    diesel::update(parcels::table.filter(came_back)).set(again).execute(conn).await?;
    Ok(())
}

/// Ends a manifest that is locked.
pub async fn end(conn: &mut AsyncPgConnection, manifest: &Manifest) -> QueryResult<()> {
    let ended = (
        manifests::state.eq(manifest.state),
        manifests::carrier.eq(&manifest.carrier),
        manifests::ended_by.eq(manifest.ended_by),
        manifests::ended_at.eq(manifest.ended_at),
    );
    diesel::update(manifests::table.find(manifest.id)).set(ended).execute(conn).await?;
    Ok(())
}

/// Results of an agency that are ready, wanted by post and on no manifest; the longest ready first. Where nobody chose, what came by post
/// goes back so.
pub async fn to_send(conn: &mut AsyncPgConnection, agency: &AgencyCode, limit: i64) -> QueryResult<Vec<ToSend>> {
    let waiting = "select d.id as dossier, d.code, d.applicant_name, w.address, w.phone, d.completed_at
        from dossiers d left join wanted_returns w on w.dossier = d.id
        where d.agency = $1 and d.status = $2 and d.code is not null and coalesce(w.way, d.channel) = 'POST'
            and not exists (select from parcels p where p.dossier = d.id and p.state in ('LISTED', 'SENT', 'DELIVERED'))
        order by d.completed_at, d.id limit $3";
    let waiting = sql_query(waiting).bind::<Text, _>(agency.as_str());
    let waiting = waiting.bind::<Text, _>(DossierStatus::Completed.as_str()).bind::<BigInt, _>(limit);
    waiting.load(conn).await
}
