//! Who calls, and what follows from the capacity in which she acts. `extract` makes the permissions of a handler of it.

use std::marker::PhantomData;

use civic::{AgencyCode, OfficialRole, Party};
use uuid::Uuid;

use crate::{CallerKind, Capacity, Problem, claims::Claims, kinds};

/// A caller whose token was verified.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account of the person, or the API client.
    pub id: Uuid,
    /// The name of the person or the program, for records.
    pub name: String,
    /// In which capacity the caller acts.
    pub capacity: Capacity,
    /// The sign-in that the token belongs to.
    pub session: Option<Uuid>,
    /// What a program was granted, separated by spaces; people may do whatever their capacity may.
    pub scope: Option<String>,
}

impl From<Claims> for Caller {
    fn from(claims: Claims) -> Self {
        Self { id: claims.sub, name: claims.name, capacity: claims.capacity, session: claims.sid, scope: None }
    }
}

/// Anybody with a token.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Caller);

/// A person, in whichever capacity; no program.
#[derive(Clone, Debug)]
pub struct Person(pub Caller);

/// A person acting for herself.
#[derive(Clone, Debug)]
pub struct Citizen(pub Caller);

/// Who files: a person for herself, a member or an API client for the organisation.
#[derive(Clone, Debug)]
pub struct Applicant {
    /// Who calls.
    pub caller: Caller,
    /// Whose dossiers these are.
    pub party: Party,
    /// The party's name, for records.
    pub name: String,
}

/// What an official is allowed to do, by the roles that allow it.
pub trait Duty: 'static {
    /// Any of these roles at an agency suffices there.
    const ROLES: &'static [OfficialRole];
}

/// To take in what arrives at an agency.
#[derive(Clone, Copy, Debug)]
pub struct Receive;

/// To look into an agency's dossiers.
#[derive(Clone, Copy, Debug)]
pub struct Work;

/// To decide on a dossier and issue its result.
#[derive(Clone, Copy, Debug)]
pub struct Decide;

/// To look after an agency's work as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Supervise;

/// To repair what is stuck at an agency.
#[derive(Clone, Copy, Debug)]
pub struct Unstick;

/// To keep an agency's settings.
#[derive(Clone, Copy, Debug)]
pub struct Administer;

/// To write notes about an agency's dossiers.
#[derive(Clone, Copy, Debug)]
pub struct Note;

/// To keep what procedures say.
#[derive(Clone, Copy, Debug)]
pub struct Control;

impl Duty for Receive {
    const ROLES: &'static [OfficialRole] = &[OfficialRole::Receiver];
}

impl Duty for Work {
    const ROLES: &'static [OfficialRole] = &[
        OfficialRole::Receiver,
        OfficialRole::Processor,
        OfficialRole::Approver,
        OfficialRole::Auditor,
        OfficialRole::AgencyAdministrator,
    ];
}

impl Duty for Decide {
    const ROLES: &'static [OfficialRole] = &[OfficialRole::Processor, OfficialRole::Approver];
}

impl Duty for Supervise {
    const ROLES: &'static [OfficialRole] =
        &[OfficialRole::Approver, OfficialRole::Auditor, OfficialRole::AgencyAdministrator];
}

impl Duty for Unstick {
    const ROLES: &'static [OfficialRole] = &[OfficialRole::Approver, OfficialRole::AgencyAdministrator];
}

impl Duty for Administer {
    const ROLES: &'static [OfficialRole] = &[OfficialRole::AgencyAdministrator];
}

impl Duty for Note {
    const ROLES: &'static [OfficialRole] =
        &[OfficialRole::Receiver, OfficialRole::Processor, OfficialRole::Approver, OfficialRole::AgencyAdministrator];
}

impl Duty for Control {
    const ROLES: &'static [OfficialRole] = &[OfficialRole::ProcedureController];
}

/// An official who holds duty `D` in the post she acts in.
#[derive(Clone, Debug)]
pub struct Official<D> {
    /// Who calls.
    pub caller: Caller,
    agency: AgencyCode,
    duty: PhantomData<D>,
}

impl<D> Official<D> {
    /// The agencies where the duty is held: what a query must be limited to. It is that of the post.
    pub fn agencies(&self) -> Vec<AgencyCode> {
        vec![self.agency.clone()]
    }
}

impl Caller {
    /// What kind of caller acts.
    pub fn kind(&self) -> CallerKind {
        self.capacity.kind()
    }

    /// Nothing, if the caller was granted all of these scopes, or needs none.
    ///
    /// # Errors
    /// 403 naming them (RFC 6750 §3.1).
    pub fn granted(&self, scopes: &[String]) -> Result<(), Problem> {
        let Some(granted) = &self.scope else { return Ok(()) };
        if scopes.iter().all(|scope| granted.split(' ').any(|it| it == scope)) {
            return Ok(());
        }
        let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", scopes.join(" "));
        Err(Problem::from(kinds::INSUFFICIENT_SCOPE).challenge(challenge))
    }

    /// The caller as an official with duty `D`, if it is one.
    pub fn official<D: Duty>(self) -> Option<Official<D>> {
        let Capacity::Post { agency, roles } = &self.capacity else { return None };
        let agency = roles.iter().any(|role| D::ROLES.contains(role)).then(|| agency.clone())?;
        Some(Official { agency, caller: self, duty: PhantomData })
    }

    /// The roles of the post that the caller acts in, if that is at `agency`.
    pub fn roles_at(&self, agency: &AgencyCode) -> &[OfficialRole] {
        match &self.capacity {
            Capacity::Post { agency: at, roles } if at == agency => roles,
            _ => &[],
        }
    }

    /// The caller as an applicant, if it may file.
    pub fn applicant(self) -> Option<Applicant> {
        let (party, name) = match &self.capacity {
            Capacity::Myself => (Party::person(self.id), self.name.clone()),
            Capacity::Organisation { organisation, name, .. } | Capacity::Client { organisation, name } => {
                (Party::organisation(*organisation), name.clone())
            }
            Capacity::Post { .. } => return None,
        };
        Some(Applicant { caller: self, party, name })
    }
}
