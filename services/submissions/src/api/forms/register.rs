//! Form 07: the dossiers filed at an agency in a period. Codes have no gap, so the counters of the days say how many there are and what they
//! are called, and a part is read by the codes in it, however long the register is.

use std::{collections::HashMap, ops::Range};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use civic::{AgencyCode, DossierCode, DossierStatus, FilingChannel, Language, VIETNAM};
use diesel_async::AsyncPgConnection;
use documents::RegisterRow;
use edge::{Official, Problem, Work};
use serde::Deserialize;
use uuid::Uuid;

use super::applicant::applicant;
use crate::{
    app::App,
    domain::actions::return_result::ReturnWay,
    error,
    store::register::{RegisterEntry, Return, days, entries, papers},
};

/// Lines that a part has: what a printer holds in memory at once, and an official in her hands.
pub const PART: usize = 500;
/// Days from the first to the last of a register.
const LONGEST: i64 = 366;

/// Which days.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RegisterPeriod {
    /// The first day on which a dossier was filed, in Vietnam.
    #[param(example = "2026-07-01")]
    pub from: NaiveDate,
    /// The last one, at most a year later.
    #[param(example = "2026-07-31")]
    pub until: NaiveDate,
}

impl RegisterPeriod {
    /// The last second of its last day.
    pub fn end(self) -> DateTime<Utc> {
        self.moments().end - TimeDelta::seconds(1)
    }

    /// From the beginning of its first day to that of the day after its last.
    pub fn moments(self) -> Range<DateTime<Utc>> {
        let east = TimeDelta::seconds(VIETNAM.local_minus_utc().into());
        let begins = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc() - east;
        begins(self.from)..begins(self.until) + TimeDelta::days(1)
    }
}

/// How many dossiers were filed at the official's agency on each day of a period.
///
/// # Errors
/// 404 at another agency; 400 when it is no period.
pub async fn filed(
    conn: &mut AsyncPgConnection,
    official: &Official<Work>,
    agency: &AgencyCode,
    RegisterPeriod { from, until }: RegisterPeriod,
) -> Result<Vec<(NaiveDate, usize)>, Problem> {
    if !official.agencies().contains(agency) {
        return Err(error::AGENCY_NOT_FOUND.into());
    }
    if !(0..LONGEST).contains(&(until - from).num_days()) {
        let (vi, en) = (
            "Ngày cuối phải từ ngày đầu trở đi và không quá một năm sau đó.",
            "The last day must not be before the first one, nor more than a year after it.",
        );
        return Err(error::invalid("until", "period", vi, en));
    }
    let days = days(conn, agency, from, until).await?;
    Ok(days.into_iter().map(|(day, last)| (day, usize::try_from(last).unwrap_or_default())).collect())
}

/// How many parts a register of these days has.
pub fn parts(filed: &[(NaiveDate, usize)]) -> usize {
    filed.iter().map(|(_, dossiers)| dossiers).sum::<usize>().div_ceil(PART)
}

/// The codes in the part behind so many lines, in order.
///
/// # Errors
/// When a counter counted what no code can be.
pub fn codes(agency: &AgencyCode, filed: &[(NaiveDate, usize)], before: usize) -> anyhow::Result<Vec<String>> {
    let all = filed.iter().flat_map(|(day, dossiers)| (1..=*dossiers).map(move |ordinal| (*day, ordinal)));
    let code = |(day, ordinal)| Ok(DossierCode::new(agency.clone(), day, u32::try_from(ordinal)?)?.to_string());
    all.skip(before).take(PART).map(code).collect()
}

/// The lines of these codes, in their order, numbered from `before` on.
///
/// # Errors
/// When they cannot be read.
pub async fn rows(
    app: &App,
    conn: &mut AsyncPgConnection,
    agency: &AgencyCode,
    codes: &[String],
    before: usize,
) -> Result<Vec<RegisterRow>, Problem> {
    let found = entries(conn, agency, codes).await?;
    let ids: Vec<Uuid> = found.iter().map(|(entry, _)| entry.id).collect();
    let mut handed_in: HashMap<Uuid, Vec<(String, i64)>> = HashMap::new();
    for (dossier, component, files) in papers(conn, &ids).await? {
        handed_in.entry(dossier).or_default().push((component, files));
    }
    let mut by_code: HashMap<String, _> = found.into_iter().map(|found| (found.0.code.clone(), found)).collect();
    let mut rows = Vec::with_capacity(codes.len());
    for (place, code) in codes.iter().enumerate() {
        let Some((entry, returned)) = by_code.remove(code) else { continue };
        let handed_in = handed_in.remove(&entry.id).unwrap_or_default();
        rows.push(row(app, conn, before + place + 1, entry, returned, handed_in).await?);
    }
    Ok(rows)
}

async fn row(
    app: &App,
    conn: &mut AsyncPgConnection,
    number: usize,
    entry: RegisterEntry,
    returned: Option<Return>,
    handed_in: Vec<(String, i64)>,
) -> Result<RegisterRow, Problem> {
    let pinned = app.procedure(conn, entry.procedure_version).await?;
    let procedure = &pinned.procedure;
    let paper = |(code, files): (String, i64)| {
        let name = procedure.component(&code).map_or(code, |component| component.name.vi.clone());
        format!("{name} ({files})")
    };
    let status: DossierStatus = entry.status.parse().map_err(anyhow::Error::from)?;
    Ok(RegisterRow {
        number,
        papers: handed_in.into_iter().map(paper).collect::<Vec<_>>().join("; "),
        applicant: applicant(&entry.applicant_name, &entry.answers, procedure),
        procedure: procedure.name.vi.clone(),
        code: entry.code,
        channel: door(entry.channel).to_owned(),
        received_at: entry.received_at,
        due_at: entry.due_at,
        returned_at: returned.map(|(at, _)| at),
        return_way: returned.map(|(_, way)| way_back(way).to_owned()),
        note: status.name(Language::Vi).to_owned(),
    })
}

/// By which door it came.
fn door(channel: FilingChannel) -> &'static str {
    match channel {
        FilingChannel::Online => "Trực tuyến",
        FilingChannel::Direct => "Trực tiếp",
        FilingChannel::Post => "Bưu chính",
    }
}

/// How a result was handed over.
fn way_back(way: ReturnWay) -> &'static str {
    match way {
        ReturnWay::Counter => "Tại quầy",
        ReturnWay::Post => "Bưu chính",
        ReturnWay::Digital => "Trực tuyến",
    }
}
