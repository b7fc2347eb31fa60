//! How an agency works through a dossier: stages, and what follows which.

use std::collections::BTreeSet;

use civic::{LocalText, OfficialRole};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A stage of a process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ProcedureStage)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its code within the procedure.
    #[schema(example = "TIEP_NHAN")]
    pub code: String,
    /// Its name.
    pub name: LocalText,
    /// Who works on it.
    pub role: OfficialRole,
    /// Working hours that it may take, where the procedure says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_hours: Option<u16>,
    /// What may be done there.
    pub actions: Vec<StageAction>,
    /// The stages that may follow, by code. None: the process ends here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<String>,
}

/// What may be done at a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StageAction {
    /// Receive the dossier.
    Receive,
    /// Refuse to receive it.
    Refuse,
    /// Ask for more papers or for corrections.
    RequestSupplement,
    /// Ask for money.
    RequestFee,
    /// Ask other agencies.
    Consult,
    /// Apologise, and give a new date.
    Extend,
    /// Issue a result.
    IssueResult,
    /// Stop working on it.
    Stop,
    /// Finish it.
    Complete,
    /// Hand the result over.
    Return,
}

/// What cannot work in a process whose first stage comes first; none when it can.
pub(crate) fn fault(stages: &[Stage]) -> Option<String> {
    let first = stages.first()?;
    let codes: BTreeSet<&str> = stages.iter().map(|stage| &*stage.code).collect();
    if codes.len() != stages.len() {
        return Some("two stages have the same code".into());
    }
    if let Some(stage) = stages.iter().find(|stage| stage.actions.is_empty()) {
        return Some(format!("nothing can be done at the stage {}", stage.code));
    }
    if !first.actions.contains(&StageAction::Receive) {
        return Some("nobody can receive a dossier at the first stage".into());
    }
    for stage in stages {
        if let Some(unknown) = stage.next.iter().find(|next| !codes.contains(&***next)) {
            return Some(format!("{} leads to {unknown}, which is no stage", stage.code));
        }
        if stage.next.is_empty() && !stage.actions.contains(&StageAction::Complete) {
            return Some(format!("the process ends at {}, where no dossier can be completed", stage.code));
        }
    }
    let reached = spread([&*first.code].into(), stages, |from, to| from.next.contains(&to.code));
    if let Some(code) = codes.difference(&reached).next() {
        return Some(format!("no stage leads to {code}"));
    }
    let ends = stages.iter().filter(|stage| stage.next.is_empty()).map(|stage| &*stage.code).collect();
    let ending = spread(ends, stages, |from, to| to.next.contains(&from.code));
    codes.difference(&ending).next().map(|code| format!("no way leads from {code} to an end"))
}

/// The stages that can be come to from `known`, one step `leads` after another.
fn spread<'a>(
    mut known: BTreeSet<&'a str>,
    stages: &'a [Stage],
    leads: impl Fn(&Stage, &Stage) -> bool,
) -> BTreeSet<&'a str> {
    loop {
        let found = |to: &&Stage| stages.iter().any(|from| known.contains(&*from.code) && leads(from, to));
        let others = stages.iter().filter(|stage| !known.contains(&*stage.code));
        let next: Vec<&str> = others.filter(found).map(|stage| &*stage.code).collect();
        if next.is_empty() {
            return known;
        }
        known.extend(next);
    }
}
