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
        "select distinct on (v.field) v.field as code, v.content #>> '{field,name,vi}' as name_vi,
            v.content #>> '{field,name,en}' as name_en, count(*) over (partition by v.field) as procedures
        from procedures p join procedure_versions v on v.procedure = p.code and v.version = p.current_version
        where p.withdrawn_at is null
        order by v.field, v.published_at desc, v.procedure",
    );
    fields.load(conn).await
}

/// The life events of the current procedures.
pub async fn life_events(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Event>> {
    let events = sql_query(
        "select life_event, count(*) as procedures
        from procedures p join procedure_versions v on v.procedure = p.code and v.version = p.current_version,
            unnest(v.life_events) as life_event
        where p.withdrawn_at is null
        group by life_event",
    );
    events.load(conn).await
}
