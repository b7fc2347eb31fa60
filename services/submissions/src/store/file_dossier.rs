//! The filing of dossiers, all of its SQL: one statement, which is one transaction, for all that come at once.
//!
//! It writes the rows that elsewhere `queue::Outbox::put`, `edge::audit::record` and `edge::Command::once` write, so that a
//! batch costs one round trip and one wait for the disk, and the counter of an agency is locked once a batch. The code is
//! issued inside; a placeholder stands for it in what was made before.

use chrono::{DateTime, NaiveDate, Utc};
use civic::{
    DossierCode, DossierStatus, Event, VIETNAM,
    events::{DossierFeeDue, DossierMoved, DossierSubmitted},
};
use diesel::{
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    result::QueryResult,
    sql_types::{Array, BigInt, Binary, Date, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use edge::{Caller, Claim, Origin};
use procedure::PinnedProcedure;
use queue::{Outbox, OutboxRow};
use runtime::{Life, Trace};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{charges, unreadable};
use crate::domain::{filing::Filing, tracking::SecretHash};

/// Stands for the code until it is issued. Never issued itself: no agency files ten million dossiers a day.
const PLACEHOLDER: u32 = 9_999_999;

/// A filing, judged and priced, and everything that it writes.
#[derive(Clone, Debug)]
pub struct NewFiling {
    dossier: Uuid,
    version: i32,
    agency: String,
    day: NaiveDate,
    waits_as: Option<&'static str>,
    submitted_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    order_id: Option<Uuid>,
    fee_total: Option<i64>,
    fee_lines: Option<String>,
    secret_hash: Vec<u8>,
    words: String,
    filer_kind: &'static str,
    filer_id: Uuid,
    filer_capacity: String,
    placeholder: String,
    submitted: OutboxRow,
    fee_due: Option<OutboxRow>,
    moved: Option<OutboxRow>,
    audit_id: Uuid,
    audit_detail: String,
    trace_id: Option<String>,
    origin: Option<String>,
    claim: Claim,
    location: String,
    reply: String,
}

/// Who files, under which key, and what is answered: with the placeholder where the code goes.
pub struct Request<'a> {
    /// Who files.
    pub filer: &'a Caller,
    /// The key.
    pub claim: Claim,
    /// Where the dossier stands.
    pub location: &'a str,
    /// The body of the answer.
    pub reply: &'a str,
}

/// The code that stands in for the one that this filing will be issued.
///
/// # Errors
/// Never, for a day that codes can name.
pub fn placeholder(filing: &Filing) -> QueryResult<DossierCode> {
    DossierCode::new(filing.draft.agency.clone(), day(filing), PLACEHOLDER).map_err(unreadable)
}

fn day(filing: &Filing) -> NaiveDate {
    filing.submitted_at.with_timezone(&VIETNAM).date_naive()
}

impl NewFiling {
    /// The filing's rows.
    ///
    /// # Errors
    /// [`pg::Error`] when an event cannot be written as JSON.
    pub fn new(
        filing: &Filing,
        pinned: &PinnedProcedure,
        secret_hash: SecretHash,
        request: Request<'_>,
        outbox: &Outbox,
        life: &Life,
    ) -> Result<Self, pg::Error> {
        let (code, procedure) = (placeholder(filing)?, &pinned.procedure);
        let moved = filing.moved(pinned, code.clone()).map(|event| outbox.row(&event)).transpose()?;
        let fee_due = filing.fee_due(procedure, code.clone()).map(|event| outbox.row(&event)).transpose()?;
        Ok(Self {
            dossier: filing.draft.id,
            version: filing.draft.version,
            agency: filing.draft.agency.to_string(),
            day: day(filing),
            waits_as: Some(filing.status()).filter(|to| *to != DossierStatus::Registered).map(DossierStatus::as_str),
            submitted_at: filing.submitted_at,
            due_at: filing.due_at,
            order_id: filing.charge.as_ref().map(|charge| charge.order_id),
            fee_total: filing.charge.as_ref().map(|charge| charge.total.dong()),
            fee_lines: filing.charge.as_ref().map(charges::lines).transpose()?,
            secret_hash: secret_hash.bytes().to_vec(),
            words: filing.draft.words(procedure, &filing.answers),
            filer_kind: request.filer.kind().as_str(),
            filer_id: request.filer.id,
            filer_capacity: request.filer.capacity.to_string(),
            submitted: outbox.row(&filing.submitted(procedure, code.clone()))?,
            placeholder: code.to_string(),
            fee_due,
            moved,
            audit_id: life.new_id(),
            audit_detail: audit_detail(filing),
            trace_id: Trace::current().map(|trace| trace.id()),
            origin: Origin::current().map(|origin| origin.to_string()),
            claim: request.claim,
            location: request.location.to_owned(),
            reply: request.reply.to_owned(),
        })
    }
}

/// What the audit log says of it: besides the steps what must stay as it was filed, which `verify` looks at.
fn audit_detail(filing: &Filing) -> String {
    let steps: Vec<_> = filing.steps.iter().map(|step| json!([step.from, step.to])).collect();
    let mut detail = json!({
        "steps": steps, "version": filing.draft.version + 1, "due_at": filing.due_at, "documents": filing.documents,
        "answers": hex::encode(Sha256::digest(&filing.draft.answers)),
    });
    if filing.draft.is_filed_by_hand() {
        detail["channel"] = json!(filing.draft.channel);
        detail["helped"] = json!(filing.draft.helped);
        detail["taken_at"] = json!(filing.draft.taken_at);
    }
    detail.to_string()
}

/// Files drafts, all or none. Gives the code of each in their order; `None` for one that was left out because it was
/// changed or filed since it was judged, or because its key has an answer already.
pub async fn file_dossiers(
    conn: &mut AsyncPgConnection,
    filings: &[NewFiling],
) -> QueryResult<Vec<Option<DossierCode>>> {
    let issued: Vec<(i64, String)> = FileDossiers { filings: &Columns::of(filings) }.load(conn).await?;
    let mut codes = vec![None; filings.len()];
    for (place, code) in issued {
        let place = usize::try_from(place - 1).ok().and_then(|place| codes.get_mut(place));
        if let Some(place) = place {
            *place = Some(code.parse().map_err(unreadable)?);
        }
    }
    Ok(codes)
}

macro_rules! columns {
    ($($name:ident: $sql:ty as $rust:ty = $value:expr;)*) => {
        /// The filings, a vector for each column.
        struct Columns {
            $($name: Vec<$rust>,)*
        }

        impl Columns {
            fn of(filings: &[NewFiling]) -> Self {
                Self { $($name: filings.iter().map(|filing| { let value: fn(&NewFiling) -> $rust = $value; value(filing) }).collect(),)* }
            }

            /// `with filing (…) as (select … from unnest(…))`.
            fn walk<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
                out.push_sql(concat!("with filing (", $(stringify!($name), ", ",)* "n) as materialized (select * from unnest("));
                let mut first = true;
                $(
                    if !std::mem::take(&mut first) {
                        out.push_sql(", ");
                    }
                    out.push_bind_param::<Array<$sql>, _>(&self.$name)?;
                )*
                out.push_sql(") with ordinality)");
                Ok(())
            }
        }
    };
}

columns! {
    dossier: SqlUuid as Uuid = |f| f.dossier;
    version: Integer as i32 = |f| f.version;
    agency: Text as String = |f| f.agency.clone();
    day: Date as NaiveDate = |f| f.day;
    waits_as: Nullable<Text> as Option<&'static str> = |f| f.waits_as;
    submitted_at: Timestamptz as DateTime<Utc> = |f| f.submitted_at;
    due_at: Timestamptz as DateTime<Utc> = |f| f.due_at;
    order_id: Nullable<SqlUuid> as Option<Uuid> = |f| f.order_id;
    fee_total: Nullable<BigInt> as Option<i64> = |f| f.fee_total;
    fee_lines: Nullable<Text> as Option<String> = |f| f.fee_lines.clone();
    secret_hash: Binary as Vec<u8> = |f| f.secret_hash.clone();
    words: Text as String = |f| f.words.clone();
    filer_kind: Text as &'static str = |f| f.filer_kind;
    filer_id: SqlUuid as Uuid = |f| f.filer_id;
    filer_capacity: Text as String = |f| f.filer_capacity.clone();
    placeholder: Text as String = |f| f.placeholder.clone();
    submitted_id: SqlUuid as Uuid = |f| f.submitted.id;
    submitted: Text as String = |f| f.submitted.payload.clone();
    fee_due_id: Nullable<SqlUuid> as Option<Uuid> = |f| f.fee_due.as_ref().map(|event| event.id);
    fee_due: Nullable<Text> as Option<String> = |f| f.fee_due.as_ref().map(|event| event.payload.clone());
    moved_id: Nullable<SqlUuid> as Option<Uuid> = |f| f.moved.as_ref().map(|event| event.id);
    moved: Nullable<Text> as Option<String> = |f| f.moved.as_ref().map(|event| event.payload.clone());
    audit_id: SqlUuid as Uuid = |f| f.audit_id;
    audit_detail: Text as String = |f| f.audit_detail.clone();
    trace_id: Nullable<Text> as Option<String> = |f| f.trace_id.clone();
    origin: Nullable<Text> as Option<String> = |f| f.origin.clone();
    scope: SqlUuid as Uuid = |f| f.claim.scope;
    key: Text as String = |f| f.claim.key.clone();
    fingerprint: Binary as Vec<u8> = |f| f.claim.fingerprint.clone();
    location: Text as String = |f| f.location.clone();
    reply: Text as String = |f| f.reply.clone();
}

/// The statement. A type of its own, so that each connection prepares it once.
struct FileDossiers<'a> {
    filings: &'a Columns,
}

impl QueryId for FileDossiers<'_> {
    type QueryId = FileDossiers<'static>;

    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for FileDossiers<'_> {
    type SqlType = (BigInt, Text);
}

impl QueryFragment<Pg> for FileDossiers<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.filings.walk(&mut out)?;
        out.push_sql(", types (submitted_type, fee_due_type, moved_type) as (select ");
        out.push_bind_param::<Text, _>(DossierSubmitted::TYPE)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(DossierFeeDue::TYPE)?;
        out.push_sql(", ");
        out.push_bind_param::<Text, _>(DossierMoved::TYPE)?;
        out.push_sql(")");
        out.push_sql(include_str!("file_dossiers.sql"));
        Ok(())
    }
}
