//! An official at work on a dossier: what its stage, who has it and who is away let her do.

use std::sync::Arc;

use chrono::NaiveDate;
use civic::{AgencyCode, VIETNAM, WorkingCalendar};
use diesel_async::AsyncPgConnection;
use edge::{Caller, IfMatch, Official, Problem};
use procedure::{PinnedProcedure, Procedure};
use uuid::Uuid;

use super::found;
use crate::{
    app::App,
    domain::{actions::Action, dossier::Dossier, stage::Actor},
    store::{dossiers::Reader, leaves, staff},
};

/// A dossier, and who works on it.
pub(super) struct AtWork {
    /// As it was found.
    pub before: Dossier,
    /// As the official works on it: in her hands, if nobody had it.
    pub dossier: Dossier,
    /// What it is pinned to.
    pub pinned: Arc<PinnedProcedure>,
    /// The official.
    pub actor: Actor,
}

impl AtWork {
    /// The calendar of its agency.
    pub fn calendar(&self, app: &App) -> Arc<WorkingCalendar> {
        app.calendars.of(&self.before.agency)
    }

    /// The procedure.
    pub fn procedure(&self) -> &Procedure {
        &self.pinned.procedure
    }
}

/// The day in Vietnam.
pub fn today(app: &App) -> NaiveDate {
    app.life.clock.now().with_timezone(&VIETNAM).date_naive()
}

/// An official as she acts at an agency now.
pub async fn actor(
    app: &App,
    conn: &mut AsyncPgConnection,
    caller: &Caller,
    agency: &AgencyCode,
) -> Result<Actor, Problem> {
    let roles = caller.roles_at(agency).to_vec();
    let stands_in_for = match roles.is_empty() {
        true => Vec::new(),
        false => leaves::represented_by(conn, agency, caller.id, app.life.clock.now()).await?,
    };
    let citizen_number = match roles.is_empty() {
        true => None,
        false => staff::citizen_number(conn, caller.id).await?,
    };
    Ok(Actor { id: caller.id, roles, stands_in_for, citizen_number })
}

/// An official as she acts on a dossier now, at its agency or at the centre that took it in.
pub async fn actor_on(
    app: &App,
    conn: &mut AsyncPgConnection,
    caller: &Caller,
    dossier: &Dossier,
) -> Result<Actor, Problem> {
    let actor = actor(app, conn, caller, &dossier.agency).await?;
    let is_at_centre = dossier.taken_at.as_ref().is_some_and(|centre| !caller.roles_at(centre).is_empty());
    Ok(match is_at_centre {
        true => Actor { citizen_number: staff::citizen_number(conn, caller.id).await?, ..actor },
        false => actor,
    })
}

/// The dossier `id`, locked, as the official does this with it.
pub(super) async fn at_work<D>(
    app: &App,
    conn: &mut AsyncPgConnection,
    id: Uuid,
    official: &Official<D>,
    version: Option<&IfMatch>,
    action: Action,
) -> Result<AtWork, Problem> {
    let before = found(conn, id, &Reader::Agencies(official.agencies()), version).await?;
    let pinned = app.procedure(conn, before.procedure_version).await?;
    let actor = actor(app, conn, &official.caller, &before.agency).await?;
    let dossier = before.at_work(&pinned.procedure, action.stage_action(), &actor, app.life.clock.now())?;
    Ok(AtWork { before, dossier, pinned, actor })
}
