//! How a dossier's view says where it is in its process, who has it, and who had it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use edge::Problem;
use procedure::{Procedure, Stage};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api::references::{OfficialReference, StageReference},
    domain::{
        custody::{Handover, HandoverKind, Outcome, ends},
        dossier::Dossier,
    },
    store::staff,
};

/// A hand-over of a dossier.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierHandover)]
pub struct HandoverView {
    /// What it was.
    kind: HandoverKind,
    /// The stage in which it is then.
    stage: Option<StageReference>,
    /// Who gave it; none when it came from its applicant, or from nobody's hands.
    from: Option<OfficialReference>,
    /// Who has it then; none until somebody takes it.
    to: Option<OfficialReference>,
    /// Who did it, where that is neither of them: a deputy on behalf of who had it, or who assigned it.
    done_by: Option<OfficialReference>,
    /// The absent official on whose behalf its receiver has it.
    on_behalf_of: Option<OfficialReference>,
    /// What was written with it, for officials.
    note: Option<String>,
    /// When it was handed over.
    handed_over_at: DateTime<Utc>,
    /// By when this holder's part is due.
    due_at: Option<DateTime<Utc>>,
    /// When this holder's part ended; none while it lasts.
    ended_at: Option<DateTime<Utc>>,
    /// How it ended; none while it lasts and is not late.
    outcome: Option<Outcome>,
}

/// The names of all who had a dossier.
pub async fn names(conn: &mut AsyncPgConnection, dossier: &Dossier) -> Result<HashMap<Uuid, String>, Problem> {
    let people =
        dossier.custody.iter().flat_map(|handover| [handover.to.official, handover.done_by, handover.meant_for]);
    let noted = dossier.lateness.iter().map(|cause| Some(cause.noted_by));
    let people: Vec<Uuid> = people.chain(noted).flatten().collect();
    Ok(staff::names(conn, &people).await?)
}

impl HandoverView {
    /// The hand-overs of a dossier, in order.
    pub fn all(
        dossier: &Dossier,
        procedure: &Procedure,
        names: &HashMap<Uuid, String>,
        now: DateTime<Utc>,
    ) -> Vec<Self> {
        let ended = ends(&dossier.custody, &dossier.clock);
        let all = dossier.custody.iter().zip(ended);
        all.map(|(handover, ended)| Self::of(handover, ended, dossier, (procedure, names), now)).collect()
    }

    fn of(
        handover: &Handover,
        ended_at: Option<DateTime<Utc>>,
        dossier: &Dossier,
        (procedure, names): (&Procedure, &HashMap<Uuid, String>),
        now: DateTime<Utc>,
    ) -> Self {
        let official = |id: Option<Uuid>| id.map(|id| OfficialReference::of(id, names));
        let from = handover.from.as_ref().and_then(|from| from.official);
        let third = handover.done_by.filter(|by| ![from, handover.to.official].contains(&Some(*by)));
        let until = dossier.clock.stood_still_since(ended_at.unwrap_or(now));
        let outcome = handover.due_at.map(|due| Outcome::of(due, until));
        Self {
            kind: handover.kind,
            stage: handover.stage.as_deref().and_then(|code| procedure.stage(code)).map(StageReference::from),
            from: official(from),
            to: official(handover.to.official),
            done_by: official(third),
            on_behalf_of: official(handover.meant_for),
            note: handover.note.clone(),
            handed_over_at: handover.handed_over_at,
            due_at: handover.due_at,
            ended_at,
            outcome: outcome.filter(|outcome| ended_at.is_some() || *outcome == Outcome::Late),
        }
    }
}

/// The stage that a dossier in hand is in.
pub fn stage<'p>(dossier: &Dossier, procedure: &'p Procedure) -> Option<&'p Stage> {
    dossier.stage(procedure).filter(|_| dossier.is_in_hand())
}
