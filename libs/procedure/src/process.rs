//! How an agency works through a dossier: stages, and what follows which.

use std::{collections::BTreeSet, iter::successors};

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
    /// What may be done there, beside handing it on. Of a stage with nothing to decide and one to follow: nothing, or what a receipt
    /// has done already; a dossier passes it by itself.
    pub actions: Vec<StageAction>,
    /// The stages that may follow, by code. None: the process ends here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<String>,
    /// Who gets a dossier that comes here.
    #[serde(default, skip_serializing_if = "Assignment::is_by_hand")]
    #[schema(required = false)]
    pub assignment: Assignment,
    /// Stages, by code: who acted in one of them on a dossier may not act on it here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_than: Vec<String>,
}

/// Who gets a dossier that comes to a stage, if nobody is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StageAssignment)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Assignment {
    /// Nobody: whoever has the role takes it.
    #[default]
    ByHand,
    /// Who has the role and the fewest dossiers at the agency; of several, who has waited longest.
    ByLoad,
}

impl Assignment {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
    const fn is_by_hand(&self) -> bool {
        matches!(self, Self::ByHand)
    }
}

impl Stage {
    /// Whether there is nothing to decide for whoever has a received dossier here.
    pub fn passes_by_itself(&self) -> bool {
        let done = |action: &StageAction| matches!(action, StageAction::Receive | StageAction::Refuse);
        self.next.len() == 1 && self.actions.iter().all(done)
    }
}

/// The stages that a dossier which comes to `from` goes through: itself, and while one passes by itself the next.
pub(crate) fn passage<'p>(stages: &'p [Stage], from: &'p Stage) -> Vec<&'p Stage> {
    let next = |at: &&'p Stage| match at.passes_by_itself() {
        true => stages.iter().find(|stage| at.next.contains(&stage.code)),
        false => None,
    };
    // A circle of these has no end, so it is refused before it is published.
    successors(Some(from), next).take(stages.len()).collect()
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
    stages.first()?;
    [broken, dead]
        .iter()
        .find_map(|check| check(stages))
        .or_else(|| stages.iter().find_map(|stage| four_eyes(stage, stages)))
}

/// What a process says that it cannot mean.
fn broken(stages: &[Stage]) -> Option<String> {
    let codes: BTreeSet<&str> = stages.iter().map(|stage| &*stage.code).collect();
    if codes.len() != stages.len() {
        return Some("two stages have the same code".into());
    }
    if let Some(stage) = stages.iter().find(|stage| stage.actions.is_empty() && !stage.passes_by_itself()) {
        return Some(format!("nothing can be done at the stage {}", stage.code));
    }
    if !stages.first()?.actions.contains(&StageAction::Receive) {
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
    None
}

/// A stage that is never come to, or never left for an end.
fn dead(stages: &[Stage]) -> Option<String> {
    let codes: BTreeSet<&str> = stages.iter().map(|stage| &*stage.code).collect();
    let reached = spread([&*stages.first()?.code].into(), stages, |from, to| from.next.contains(&to.code));
    if let Some(code) = codes.difference(&reached).next() {
        return Some(format!("no stage leads to {code}"));
    }
    let ends = stages.iter().filter(|stage| stage.next.is_empty()).map(|stage| &*stage.code).collect();
    let ending = spread(ends, stages, |from, to| to.next.contains(&from.code));
    codes.difference(&ending).next().map(|code| format!("no way leads from {code} to an end"))
}

/// Why nobody could meet what a stage asks of who acts in it, or nobody could fail to.
fn four_eyes(stage: &Stage, stages: &[Stage]) -> Option<String> {
    let (code, others) = (&stage.code, &stage.other_than);
    if others.contains(code) {
        return Some(format!("nobody who acts in {code} could be another than who acts in {code}"));
    }
    if !others.is_empty() && stage.passes_by_itself() {
        return Some(format!("{code} asks for somebody else, and passes by itself"));
    }
    others.iter().find_map(|other| {
        let reached = spread([&**other].into(), stages, |from, to| from.next.contains(&to.code));
        let known = stages.iter().any(|stage| stage.code == *other);
        (!known || !reached.contains(&**code))
            .then(|| format!("{code} asks for another than in {other}, which never comes before it"))
    })
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
