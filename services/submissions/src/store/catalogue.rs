//! What procedures are found under: fields and life events, with the number of procedures in each.

use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

/// A field that has procedures.
#[derive(QueryableByName)]
pub struct Field {
    /// Its code.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// Its Vietnamese name.
    #[diesel(sql_type = Text)]
    pub name_vi: String,
    /// Its English name.
    #[diesel(sql_type = Text)]
    pub name_en: String,
    /// How many.
    #[diesel(sql_type = BigInt)]
    pub procedures: i64,
}

/// A life event that has procedures.
#[derive(QueryableByName)]
pub struct Event {
    /// Its word.
    #[diesel(sql_type = Text)]
    pub life_event: String,
    /// How many.
    #[diesel(sql_type = BigInt)]
    pub procedures: i64,
}

/// The fields of the current procedures, by code; each is called what the procedure published last calls it.
pub async fn fields(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Field>> {
    let fields = sql_query(
        "select f.code, v.content #>> '{field,name,vi}' as name_vi, v.content #>> '{field,name,en}' as name_en, f.procedures
        from (
            select v.field as code, count(*) as procedures, (array_agg(v.id order by v.published_at desc, v.id))[1] as last
            from procedures p join procedure_versions v on v.id = p.current_version
            group by v.field
        ) f
        join procedure_versions v on v.id = f.last
        order by f.code",
    );
    fields.load(conn).await
}

/// The life events of the current procedures.
pub async fn life_events(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Event>> {
    let events = sql_query(
        "select life_event, count(*) as procedures
        from procedures p join procedure_versions v on v.id = p.current_version, unnest(v.life_events) as life_event
        group by life_event",
    );
    events.load(conn).await
}
