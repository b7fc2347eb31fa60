//! A difference goes a step: taken over, explained, booked by two, left to a person, or ended by a rule.

use diesel_async::AsyncPgConnection;
use edge::{
    Caller, Problem,
    audit::{self, AuditEntry},
};
use serde_json::json;
use uuid::Uuid;

use super::book_line;
use crate::{
    app::App,
    domain::difference::{DifferenceState, Resolution},
    error,
    store::differences::{self, Difference},
};

/// How a person wants to end a difference.
pub struct Closing {
    pub resolution: Resolution,
    pub reason: String,
    pub proof: String,
}

/// An official sees to it from now on.
pub async fn take(conn: &mut AsyncPgConnection, app: &App, by: &Caller, id: Uuid) -> Result<Difference, Problem> {
    let before = differences::lock(conn, id).await?;
    if !matches!(before.state, DifferenceState::Healing | DifferenceState::Open | DifferenceState::Proposed) {
        return Err(error::DIFFERENCE_STATE.into());
    }
    let after = Difference { owner_id: Some(by.id), owner_name: Some(by.name.clone()), ..before };
    Ok(save(conn, app, after, Some(by), "difference.taken").await?)
}

/// A person ends it: an explanation is enough where no money is booked, a second official agrees where it is.
///
/// # Errors
/// When it does not wait for that, or no money can be booked for it.
pub async fn close(
    conn: &mut AsyncPgConnection,
    app: &App,
    by: &Caller,
    id: Uuid,
    closing: Closing,
) -> Result<Difference, Problem> {
    let before = differences::lock(conn, id).await?;
    if before.state != DifferenceState::Open {
        return Err(error::DIFFERENCE_STATE.into());
    }
    let books = closing.resolution == Resolution::Booked;
    if books && !book_line::is_possible(conn, &before).await? {
        return Err(error::DIFFERENCE_NOT_BOOKABLE.into());
    }
    let mut after = Difference {
        state: if books { DifferenceState::Proposed } else { DifferenceState::Closed },
        state_since: app.now(),
        resolution: Some(closing.resolution),
        reason: Some(closing.reason),
        proof: Some(closing.proof),
        proposed_by: Some(by.id),
        proposed_by_name: Some(by.name.clone()),
        ..before
    };
    if !books {
        (after.closed_by, after.closed_by_name) = (Some(by.id), Some(by.name.clone()));
    }
    let action = if books { "difference.proposed" } else { "difference.closed" };
    Ok(save(conn, app, after, Some(by), action).await?)
}

/// A second official agrees, and the money is booked.
///
/// # Errors
/// When nothing is proposed, she proposed it herself, or the money cannot be booked any more.
pub async fn approve(conn: &mut AsyncPgConnection, app: &App, by: &Caller, id: Uuid) -> Result<Difference, Problem> {
    let before = proposed(conn, by, id).await?;
    if !book_line::book(conn, app, by, &before).await? {
        return Err(error::DIFFERENCE_NOT_BOOKABLE.into());
    }
    let after = Difference {
        state: DifferenceState::Closed,
        state_since: app.now(),
        closed_by: Some(by.id),
        closed_by_name: Some(by.name.clone()),
        ..before
    };
    Ok(save(conn, app, after, Some(by), "difference.closed").await?)
}

/// A second official does not agree: it waits again.
///
/// # Errors
/// When nothing is proposed, or she proposed it herself.
pub async fn refuse(conn: &mut AsyncPgConnection, app: &App, by: &Caller, id: Uuid) -> Result<Difference, Problem> {
    let before = proposed(conn, by, id).await?;
    let after = Difference {
        state: DifferenceState::Open,
        state_since: app.now(),
        resolution: None,
        reason: None,
        proof: None,
        proposed_by: None,
        proposed_by_name: None,
        ..before
    };
    Ok(save(conn, app, after, Some(by), "difference.refused").await?)
}

/// A rule has looked at one that is held: it is at an end, or a person must look.
pub async fn end_healing(
    conn: &mut AsyncPgConnection,
    app: &App,
    before: Difference,
    is_healed: bool,
) -> Result<(), pg::Error> {
    let (state, action) = match is_healed {
        true => (DifferenceState::Healed, "difference.healed"),
        false => (DifferenceState::Open, "difference.left"),
    };
    save(conn, app, Difference { state, state_since: app.now(), ..before }, None, action).await?;
    Ok(())
}

async fn proposed(conn: &mut AsyncPgConnection, by: &Caller, id: Uuid) -> Result<Difference, Problem> {
    let difference = differences::lock(conn, id).await?;
    match difference.state {
        DifferenceState::Proposed if difference.proposed_by == Some(by.id) => Err(error::SECOND_OFFICIAL_CLOSES.into()),
        DifferenceState::Proposed => Ok(difference),
        _ => Err(error::DIFFERENCE_STATE.into()),
    }
}

async fn save(
    conn: &mut AsyncPgConnection,
    app: &App,
    difference: Difference,
    by: Option<&Caller>,
    action: &'static str,
) -> Result<Difference, pg::Error> {
    differences::save(conn, &difference).await?;
    let entry = AuditEntry {
        actor: by,
        action,
        subject_type: "difference",
        subject_id: difference.id.to_string(),
        detail: json!({"class": difference.class, "state": difference.state, "resolution": difference.resolution,
            "reason": difference.reason, "proof": difference.proof}),
    };
    audit::record(conn, &app.life, entry).await?;
    Ok(difference)
}
