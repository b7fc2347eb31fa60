//! How an agency works through a dossier: stages, and what follows which.

use std::{collections::BTreeSet, iter::successors};

use civic::{LocalText, OfficialRole};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Fault;

/// Who works on dossiers.
const WORKING: [OfficialRole; 3] = [OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver];

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

/// All that cannot work in a process whose first stage comes first; nothing when it can.
pub(crate) fn faults(stages: &[Stage]) -> Vec<Fault> {
    let Some(first) = stages.first() else { return Vec::new() };
    let mut faults = alike(stages);
    if !first.actions.contains(&StageAction::Receive) {
        faults.push(Fault::at(
            "/process/0/actions",
            "stage-not-received",
            "Không ai tiếp nhận được hồ sơ ở bước đầu tiên; hãy thêm RECEIVE.",
            "Nobody can receive a dossier at the first stage; add RECEIVE.",
        ));
    }
    for (place, stage) in stages.iter().enumerate() {
        let pointer = format!("/process/{place}");
        faults.extend(broken(stage, stages, &pointer));
        faults.extend(four_eyes(stage, stages, &pointer));
    }
    // While a stage leads nowhere, others that lead to it would be named for it.
    if faults.is_empty() { dead(stages) } else { faults }
}

/// Stages that cannot be told apart.
fn alike(stages: &[Stage]) -> Vec<Fault> {
    let mut codes = BTreeSet::new();
    let again = stages.iter().enumerate().filter(|(_, stage)| !codes.insert(&stage.code));
    let fault = |(place, stage): (usize, &Stage)| {
        Fault::at(
            format!("/process/{place}/code"),
            "code-twice",
            format!("Đã có bước mang mã {}; hãy đặt mã khác.", stage.code),
            format!("There are two stages {}; give each a code of its own.", stage.code),
        )
    };
    again.map(fault).collect()
}

/// What a stage says that it cannot mean.
fn broken(stage: &Stage, stages: &[Stage], pointer: &str) -> Vec<Fault> {
    let code = &stage.code;
    let mut faults = Vec::new();
    if !WORKING.contains(&stage.role) {
        faults.push(Fault::at(
            format!("{pointer}/role"),
            "role-not-working",
            format!("Vai trò {} không xử lý hồ sơ; hãy chọn RECEIVER, PROCESSOR hoặc APPROVER.", stage.role),
            format!("Nobody works on dossiers as {}; name RECEIVER, PROCESSOR or APPROVER.", stage.role),
        ));
    }
    if stage.actions.is_empty() && !stage.passes_by_itself() {
        faults.push(Fault::at(
            format!("{pointer}/actions"),
            "stage-idle",
            format!("Ở bước {code} không làm được gì; hãy thêm thao tác."),
            format!("Nothing can be done at the stage {code}; add what may be done."),
        ));
    }
    let unknown = stage.next.iter().enumerate().filter(|(_, next)| !stages.iter().any(|stage| stage.code == **next));
    faults.extend(unknown.map(|(place, next)| {
        Fault::at(
            format!("{pointer}/next/{place}"),
            "stage-unknown",
            format!("Bước {code} dẫn tới {next}, không có bước nào như vậy."),
            format!("{code} leads to {next}, which is no stage."),
        )
    }));
    if stage.next.is_empty() && !stage.actions.contains(&StageAction::Complete) {
        faults.push(Fault::at(
            format!("{pointer}/actions"),
            "stage-without-end",
            format!("Quy trình kết thúc ở bước {code}, nơi không hoàn tất được hồ sơ; hãy thêm COMPLETE."),
            format!("The process ends at {code}, where no dossier can be completed; add COMPLETE."),
        ));
    }
    faults
}

/// Stages that are never come to, or never left for an end.
fn dead(stages: &[Stage]) -> Vec<Fault> {
    let Some(first) = stages.first() else { return Vec::new() };
    let reached = spread([&*first.code].into(), stages, |from, to| from.next.contains(&to.code));
    let ends = stages.iter().filter(|stage| stage.next.is_empty()).map(|stage| &*stage.code).collect();
    let ending = spread(ends, stages, |from, to| to.next.contains(&from.code));
    let faults = stages.iter().enumerate().filter_map(|(place, Stage { code, .. })| match () {
        () if !reached.contains(&**code) => Some(Fault::at(
            format!("/process/{place}"),
            "stage-unreachable",
            format!("Không bước nào dẫn tới {code}; hãy nối vào hoặc bỏ đi."),
            format!("No stage leads to {code}; lead to it, or leave it out."),
        )),
        () if !ending.contains(&**code) => Some(Fault::at(
            format!("/process/{place}/next"),
            "stage-endless",
            format!("Từ bước {code} không có đường nào tới bước kết thúc."),
            format!("No way leads from {code} to an end."),
        )),
        () => None,
    });
    faults.collect()
}

/// Why nobody could meet what a stage asks of who acts in it, or nobody could fail to.
fn four_eyes(stage: &Stage, stages: &[Stage], pointer: &str) -> Option<Fault> {
    let (code, others, pointer) = (&stage.code, &stage.other_than, format!("{pointer}/other_than"));
    if others.contains(code) {
        return Some(Fault::at(
            pointer,
            "other-than-itself",
            format!("Không ai ở bước {code} lại có thể là người khác với chính mình."),
            format!("Nobody who acts in {code} could be another than who acts in {code}."),
        ));
    }
    if !others.is_empty() && stage.passes_by_itself() {
        return Some(Fault::at(
            pointer,
            "other-than-nobody",
            format!("Bước {code} yêu cầu người khác làm mà lại tự chuyển tiếp."),
            format!("{code} asks for somebody else, and passes by itself."),
        ));
    }
    others.iter().find_map(|other| {
        let reached = spread([&**other].into(), stages, |from, to| from.next.contains(&to.code));
        let known = stages.iter().any(|stage| stage.code == *other);
        (!known || !reached.contains(&**code)).then(|| {
            Fault::at(
                &pointer,
                "other-than-never",
                format!("Bước {code} yêu cầu người khác với bước {other}, là bước không bao giờ đứng trước nó."),
                format!("{code} asks for another than in {other}, which never comes before it."),
            )
        })
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
