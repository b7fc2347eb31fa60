//! What an entry says.

use chrono::{DateTime, Utc};
use civic::{LocalText, OfficialRole, typed};
use procedure::{Finding, PinnedProcedure};

use super::Action;
use crate::domain::{
    dossier::{Dossier, Refusal},
    stage::Actor,
    status::Passage,
};

/// An action.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Which.
    pub action: Action,
    /// Who may.
    pub who: Who,
    /// What is written with it.
    pub texts: &'static [TextInput],
    /// What is chosen with it.
    pub choices: &'static [ChoiceInput],
    /// What is written with it for each paper that it is about.
    pub paper_texts: &'static [TextInput],
    /// What it makes of the dossier: the passages of the status table that it goes.
    pub passages: &'static [Passage],
    /// When: what stands against it.
    pub when: fn(&Facts<'_>) -> Result<(), Refusal>,
}

/// Who may do something with a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Its applicant.
    Applicant,
    /// An official with one of these roles at its agency.
    Officials(&'static [OfficialRole]),
    /// The same, or at the centre that took it in for its agency.
    Desks(&'static [OfficialRole]),
}

/// A text that is written with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextInput {
    /// The member of the request that it is.
    pub name: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// Characters it must have, if it is given.
    pub min_length: u32,
    /// Characters it may have.
    pub max_length: u32,
}

/// One of a few words that is chosen with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceInput {
    /// The member of the request that it is.
    pub name: &'static str,
    /// The words.
    pub options: &'static [&'static str],
}

/// Who looks at a dossier.
#[derive(Clone, Debug)]
pub enum Viewer {
    /// Its applicant.
    Applicant,
    /// An official.
    Official {
        /// The roles held at its agency.
        at_agency: Vec<OfficialRole>,
        /// Those held at the centre that took it in.
        at_centre: Vec<OfficialRole>,
    },
}

/// What actions are judged by.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The version of the procedure that it is pinned to.
    pub pinned: &'a PinnedProcedure,
    /// What its documents are for.
    pub components: &'a [String],
    /// What those documents are for that answer the open request.
    pub supplied: &'a [String],
    /// The official who looks; nobody for an applicant.
    pub by: &'a Actor,
    /// How many results were issued.
    pub results: usize,
    /// When it is judged.
    pub now: DateTime<Utc>,
}

impl Entry {
    /// What stands against it for `viewer`; `None` when it is not there for such a viewer at all.
    pub fn offered(&self, viewer: &Viewer, facts: &Facts<'_>) -> Option<Result<(), Refusal>> {
        if !self.action.has_a_place(facts) {
            return None;
        }
        match (self.who, viewer) {
            (Who::Applicant, Viewer::Applicant) => Some((self.when)(facts)),
            (Who::Officials(roles), Viewer::Official { at_agency, .. }) => {
                Some(self.judged_for(roles, at_agency.iter(), facts))
            }
            (Who::Desks(roles), Viewer::Official { at_agency, at_centre }) => {
                Some(self.judged_for(roles, at_agency.iter().chain(at_centre), facts))
            }
            _ => None,
        }
    }

    /// What stands against it for an official who holds these roles.
    fn judged_for<'h>(
        &self,
        roles: &[OfficialRole],
        mut held: impl Iterator<Item = &'h OfficialRole>,
        facts: &Facts<'_>,
    ) -> Result<(), Refusal> {
        if held.any(|role| roles.contains(role)) { self.judged(facts) } else { Err(Refusal::RoleMissing) }
    }

    fn judged(&self, facts: &Facts<'_>) -> Result<(), Refusal> {
        facts.dossier.lets(&facts.pinned.procedure, self.action.stage_action(), facts.by)?;
        (self.when)(facts)
    }
}

impl Who {
    /// The roles of officials who may; none when it is for applicants.
    pub const fn roles(self) -> &'static [OfficialRole] {
        match self {
            Self::Officials(roles) | Self::Desks(roles) => roles,
            Self::Applicant => &[],
        }
    }
}

impl TextInput {
    /// A text that was given for this as it is kept, or what is wrong with it. Blanks alone are no text.
    ///
    /// # Errors
    /// What is wrong.
    pub fn read(&self, text: Option<&str>) -> Result<Option<String>, Finding> {
        let wrong = |code, text| Finding { pointer: format!("/{}", self.name), code, text };
        let read = typed::words(text.unwrap_or_default()).map_err(|fault| wrong(fault.code(), fault.sentence()))?;
        if read.is_empty() {
            let missing =
                || wrong("required", LocalText::new("Chưa nhập nội dung này.", "Nothing is written here yet."));
            return if self.required { Err(missing()) } else { Ok(None) };
        }
        let length = read.chars().count();
        if length > self.max_length as usize {
            return Err(wrong("maxLength", self.too_long()));
        }
        if length < self.min_length as usize {
            return Err(wrong("minLength", self.too_short()));
        }
        Ok(Some(read))
    }

    fn too_long(&self) -> LocalText {
        let most = self.max_length;
        LocalText { vi: format!("Không quá {most} ký tự."), en: format!("No more than {most} characters.") }
    }

    fn too_short(&self) -> LocalText {
        let least = self.min_length;
        LocalText { vi: format!("Ít nhất {least} ký tự."), en: format!("At least {least} characters.") }
    }
}
