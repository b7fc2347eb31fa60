//! What was asked about dossiers while they were worked on.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use civic::AgencyCode;
use diesel::{prelude::*, upsert::excluded};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use tokio::try_join;
use uuid::Uuid;

use crate::{
    domain::request::{AskedPaper, Request, RequestKind, RequestState},
    schema::{asked_papers, requests},
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = requests)]
struct Row {
    dossier: Uuid,
    seq: i32,
    kind: RequestKind,
    state: RequestState,
    asked_of: Option<AgencyCode>,
    asked_by: Uuid,
    asked_at: DateTime<Utc>,
    text: String,
    answer_by: Option<DateTime<Utc>>,
    answered_at: Option<DateTime<Utc>>,
    override_reason: Option<String>,
    shows_papers: bool,
    answer: Option<String>,
    answered_by: Option<Uuid>,
    declined: bool,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = asked_papers)]
struct PaperRow {
    dossier: Uuid,
    request: i32,
    component: String,
    reason: String,
    guidance: String,
}

/// The requests about a dossier, in order.
pub async fn of_dossier(conn: &AsyncPgConnection, dossier: Uuid) -> QueryResult<Vec<Request>> {
    let own = requests::table.filter(requests::dossier.eq(dossier)).order(requests::seq);
    let papers = asked_papers::table.filter(asked_papers::dossier.eq(dossier)).order(asked_papers::component);
    let (mut one, mut other) = (conn, conn);
    let rows = own.select(Row::as_select()).load::<Row>(&mut one);
    let papers = papers.select(PaperRow::as_select()).load::<PaperRow>(&mut other);
    let (rows, papers) = try_join!(rows, papers)?;
    let mut asked: HashMap<i32, Vec<AskedPaper>> = HashMap::new();
    for PaperRow { request, component, reason, guidance, .. } in papers {
        asked.entry(request).or_default().push(AskedPaper { component, reason, guidance });
    }
    Ok(rows.into_iter().map(|row| row.request(&mut asked)).collect())
}

/// What the applicants of these dossiers are asked for, and until when that is waited for: of several the first to be over.
pub async fn waited_until(
    conn: &mut AsyncPgConnection,
    dossiers: &[Uuid],
) -> QueryResult<HashMap<Uuid, (RequestKind, DateTime<Utc>)>> {
    let open =
        requests::table.filter(requests::dossier.eq_any(dossiers)).filter(requests::state.eq(RequestState::Open));
    let of_applicants = requests::kind.eq_any([RequestKind::Supplement, RequestKind::Draft]);
    let open = open.filter(of_applicants).filter(requests::answer_by.is_not_null());
    let asked = (requests::dossier, (requests::kind, requests::answer_by.assume_not_null()));
    // The last of equals stays in the map.
    Ok(open.select(asked).order(requests::answer_by.desc()).load(conn).await?.into_iter().collect())
}

/// Writes the request at `seq`, new or answered. The caller holds the dossier's lock.
pub async fn save(conn: &mut AsyncPgConnection, dossier: Uuid, seq: i32, request: &Request) -> QueryResult<()> {
    diesel::insert_into(requests::table)
        .values(Row::of(dossier, seq, request))
        .on_conflict((requests::dossier, requests::seq))
        .do_update()
        .set((
            requests::state.eq(excluded(requests::state)),
            requests::answer_by.eq(excluded(requests::answer_by)),
            requests::answered_at.eq(excluded(requests::answered_at)),
            requests::answer.eq(excluded(requests::answer)),
            requests::answered_by.eq(excluded(requests::answered_by)),
            requests::declined.eq(excluded(requests::declined)),
        ))
        .execute(conn)
        .await?;
    let papers: Vec<_> = request.papers.iter().map(|paper| PaperRow::of(dossier, seq, paper)).collect();
    diesel::insert_into(asked_papers::table).values(papers).on_conflict_do_nothing().execute(conn).await?;
    Ok(())
}

impl Row {
    fn of(dossier: Uuid, seq: i32, request: &Request) -> Self {
        Self {
            dossier,
            seq,
            kind: request.kind,
            state: request.state,
            asked_of: request.asked_of.clone(),
            asked_by: request.asked_by,
            asked_at: request.asked_at,
            text: request.text.clone(),
            answer_by: request.answer_by,
            answered_at: request.answered_at,
            override_reason: request.override_reason.clone(),
            shows_papers: request.shows_papers,
            answer: request.answer.clone(),
            answered_by: request.answered_by,
            declined: request.declined,
        }
    }

    fn request(self, asked: &mut HashMap<i32, Vec<AskedPaper>>) -> Request {
        Request {
            kind: self.kind,
            state: self.state,
            asked_of: self.asked_of,
            asked_by: self.asked_by,
            asked_at: self.asked_at,
            text: self.text,
            answer_by: self.answer_by,
            answered_at: self.answered_at,
            override_reason: self.override_reason,
            shows_papers: self.shows_papers,
            answer: self.answer,
            answered_by: self.answered_by,
            declined: self.declined,
            papers: asked.remove(&self.seq).unwrap_or_default(),
        }
    }
}

impl PaperRow {
    fn of(dossier: Uuid, request: i32, paper: &AskedPaper) -> Self {
        let AskedPaper { component, reason, guidance } = paper.clone();
        Self { dossier, request, component, reason, guidance }
    }
}
