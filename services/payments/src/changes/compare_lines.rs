//! Lines of a statement are compared with what is here, many in one transaction; and what should stand on it and does not.

use std::collections::HashSet;

use chrono::NaiveDate;
use civic::AgencyCode;
use diesel_async::AsyncPgConnection;
use edge::audit::{self, AuditEntry};
use queue::Job;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::{
    app::App,
    domain::{
        credit::codes_in,
        day,
        difference::{AttemptHere, DifferenceClass, DifferenceState, Here, Judgement, RefundHere, Told, judge},
        provider::ProviderName,
        statement::{Direction, LineStatus, Source},
    },
    store::{
        differences::{self, Difference},
        statement_lines::{self, Compared, Noted},
        statements::{self, Loaded},
    },
};

/// Lines in one transaction.
const AT_ONCE: i64 = 5_000;

/// A difference that a rule may end. `jobs/heal_difference.rs` tries.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct HealDifference {
    /// Which.
    pub difference_id: Uuid,
}

impl Job for HealDifference {
    const KIND: &'static str = "heal_difference";
}

/// Compares the next lines; `false` when none was left.
pub async fn compare_some(conn: &mut AsyncPgConnection, app: &App, statement: &Loaded) -> Result<bool, pg::Error> {
    let spoken_of = spoken_of(app, statement);
    let lines = statement_lines::next(conn, statement, &spoken_of, AT_ONCE).await?;
    if lines.is_empty() {
        return Ok(false);
    }
    let (mut noted, mut found, mut brought) = (Vec::with_capacity(lines.len()), Vec::new(), HashSet::new());
    for line in &lines {
        let about = line.refund_id.or(line.attempt_id);
        let is_second = line.is_second || about.is_some_and(|about| brought.contains(&(about, line.direction)));
        let judgement = judge(&told(line, &spoken_of), &here(line), is_second);
        if let Some(about) = about.filter(|_| line.status == LineStatus::Done) {
            brought.insert((about, line.direction));
        }
        let agrees = judgement == Judgement::Agrees;
        noted.push(Noted { id: line.id, agrees, attempt_id: line.attempt_id, refund_id: line.refund_id });
        if let Judgement::Differs(class, state) = judgement {
            found.push(Difference {
                state,
                line_id: Some(line.id),
                attempt_id: line.attempt_id,
                refund_id: line.refund_id,
                ..difference(app, statement, line.agency.clone(), class, line.day)
            });
        }
    }
    statement_lines::note(conn, &noted).await?;
    differences::insert(conn, &found).await?;
    heal_missing(conn, app, &lines).await?;
    for difference in found.iter().filter(|difference| difference.state == DifferenceState::Healing) {
        queue::enqueue(conn, &app.life, &HealDifference { difference_id: difference.id }, app.now()).await?;
    }
    Ok(true)
}

/// Ends a statement whose lines are all compared: what should stand on it and does not is a difference.
pub async fn end(conn: &mut AsyncPgConnection, app: &App, statement: &Loaded) -> Result<(), pg::Error> {
    let (from, until) = (day::bounds(statement.from_day).0, day::bounds(statement.until_day).1);
    let missing = statement_lines::missing(conn, statement, &spoken_of(app, statement), from, until).await?;
    let missing = missing.into_iter().map(|it| Difference {
        attempt_id: Some(it.attempt_id),
        refund_id: it.refund_id,
        ..difference(app, statement, it.agency, DifferenceClass::MissingThere, day::of(it.at))
    });
    differences::insert(conn, &missing.collect::<Vec<_>>()).await?;
    if !statements::end(conn, statement.id, app.now()).await? {
        return Ok(());
    }
    let counts = differences::counts(conn, statement.id).await?;
    let entry = AuditEntry {
        actor: None,
        action: "statement.compared",
        subject_type: "statement",
        subject_id: statement.id.to_string(),
        detail: json!({"differences": counts}),
    };
    audit::record(conn, &app.life, entry).await
}

/// A new one, open, with whoever loaded the statement if it is her agency's.
fn difference(app: &App, statement: &Loaded, agency: AgencyCode, class: DifferenceClass, day: NaiveDate) -> Difference {
    let owner = (agency == statement.agency).then(|| (statement.loaded_by, statement.loaded_by_name.clone()));
    let (owner_id, owner_name) = owner.unzip();
    Difference {
        id: app.life.new_id(),
        agency,
        source: statement.source,
        day,
        class,
        state: DifferenceState::Open,
        statement_id: statement.id,
        line_id: None,
        attempt_id: None,
        refund_id: None,
        owner_id,
        owner_name,
        found_at: app.now(),
        state_since: app.now(),
        resolution: None,
        reason: None,
        proof: None,
        proposed_by: None,
        proposed_by_name: None,
        closed_by: None,
        closed_by_name: None,
    }
}

/// The providers whose payments stand on a statement.
fn spoken_of(app: &App, statement: &Loaded) -> Vec<ProviderName> {
    match statement.source {
        Source::Vnpay => vec![ProviderName::Vnpay],
        Source::Bank | Source::Treasury if is_of_transfers(app, statement) => {
            ProviderName::ALL.iter().copied().filter(|name| name.comes_to_the_account()).collect()
        }
        Source::Bank | Source::Treasury => Vec::new(),
    }
}

/// Whether it is of the account into which payers transfer.
fn is_of_transfers(app: &App, statement: &Loaded) -> bool {
    app.providers.vietqr.as_ref().is_some_and(|bank| bank.is_account(&statement.agency, &statement.account))
}

fn told(line: &Compared, spoken_of: &[ProviderName]) -> Told {
    Told {
        day: line.day,
        direction: line.direction,
        amount: line.amount,
        status: line.status,
        number: line.number_there.clone(),
        names_dossier: spoken_of.contains(&ProviderName::Vietqr) && !codes_in(&line.text).is_empty(),
    }
}

fn here(line: &Compared) -> Here {
    let attempt = line.attempt_status.zip(line.attempt_amount);
    match (line.direction, attempt, line.refund_state.zip(line.refund_amount)) {
        (Direction::In, Some((status, amount)), _) => Here::Attempt(AttemptHere {
            status,
            amount,
            number: line.attempt_number.clone(),
            day: line.attempt_paid_at.map(day::of),
        }),
        (Direction::Out, _, Some((state, amount))) => Here::Refund(RefundHere { state, amount }),
        _ => Here::Nothing,
    }
}

/// What was missing on an earlier statement may stand on this one.
async fn heal_missing(conn: &mut AsyncPgConnection, app: &App, lines: &[Compared]) -> Result<(), pg::Error> {
    let done = || lines.iter().filter(|line| line.status == LineStatus::Done);
    let paid = done().filter(|line| line.direction == Direction::In).filter_map(|line| line.attempt_id);
    let back = done().filter(|line| line.direction == Direction::Out).filter_map(|line| line.refund_id);
    differences::heal_missing(conn, &paid.collect::<Vec<_>>(), &back.collect::<Vec<_>>(), app.now()).await
}
