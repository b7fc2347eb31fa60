//! Filing a draft; what comes of it is `domain/filing.rs`.

use chrono::{DateTime, Utc};
use civic::{DossierStatus, LocalText, VIETNAM};
use procedure::{Expectation, Finding, Judged, PinnedProcedure, Procedure};
use serde_json::Value;

use super::{Action, Entry, Who};
use crate::domain::dossier::{Dossier, Refusal};

/// The entry.
pub const SUBMIT: Entry = Entry {
    action: Action::Submit,
    who: Who::Applicant,
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[(DossierStatus::Draft, DossierStatus::Registered), (DossierStatus::Registered, DossierStatus::FeeDue)],
    when: |facts| facts.dossier.may_be_filed(facts.pinned, facts.components, facts.now).map(drop),
};

impl Dossier {
    /// Whether it may be filed now with documents for these components; gives its answers.
    ///
    /// # Errors
    /// [`Refusal::NotADraft`]; [`Refusal::Incomplete`] with pointers into the dossier (`/answers/…`, `/documents/…`).
    pub fn may_be_filed(
        &self,
        pinned: &PinnedProcedure,
        components: &[String],
        now: DateTime<Utc>,
    ) -> Result<Value, Refusal> {
        // The table also lets a dossier that waits for its fee return to being registered.
        self.may_be_edited()?;
        let answers: Value = serde_json::from_str(&self.answers).unwrap_or_default();
        let today = now.with_timezone(&VIETNAM).date_naive();
        let Judged { answers, mut findings } = pinned.judge(answers, Expectation::Complete, today);
        findings.iter_mut().for_each(|finding| finding.pointer.insert_str(0, "/answers"));
        findings.extend(missing(&pinned.procedure, &answers, components, self.is_filed_by_hand()));
        if findings.is_empty() { Ok(answers) } else { Err(Refusal::Incomplete(findings)) }
    }
}

fn missing(procedure: &Procedure, answers: &Value, components: &[String], by_hand: bool) -> Vec<Finding> {
    let (vi, en) =
        if by_hand { ("Chưa nhận", "Not handed in yet") } else { ("Chưa tải lên", "Not uploaded yet") };
    let required = procedure.components.iter().filter(|component| component.is_required(answers));
    required
        .filter(|component| !components.contains(&component.code))
        .map(|component| Finding {
            pointer: format!("/documents/{}", component.code),
            code: "component-missing",
            text: LocalText {
                vi: format!("{vi}: {}.", component.name.vi),
                en: format!("{en}: {}.", component.name.en),
            },
        })
        .collect()
}
