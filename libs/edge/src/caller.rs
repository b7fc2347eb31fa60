//! Who calls. The extractor's type is the permission: a handler that asks for `Official<Receive>` cannot be reached without it.

use std::marker::PhantomData;

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use civic::{AgencyCode, OfficialRole, Party, PartyKind};
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Problem, kinds,
    token::{Claims, Verifier},
};

/// The three kinds of callers that have a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CallerKind {
    /// A person acting for herself.
    Citizen,
    /// A person acting for agencies.
    Official,
    /// A program acting for an organisation.
    Client,
}

impl CallerKind {
    /// As written in tokens and in the audit log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Citizen => "CITIZEN",
            Self::Official => "OFFICIAL",
            Self::Client => "CLIENT",
        }
    }
}

/// A caller whose token was verified.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account, or the API client.
    pub id: Uuid,
    /// Who is it.
    pub kind: CallerKind,
    /// The name, for records.
    pub name: String,
    /// The sign-in that the token belongs to.
    pub session: Option<Uuid>,
    organisation: Option<Uuid>,
    roles: Vec<(AgencyCode, OfficialRole)>,
}

impl From<Claims> for Caller {
    fn from(claims: Claims) -> Self {
        Self {
            id: claims.sub,
            kind: claims.kind,
            name: claims.name,
            session: claims.sid,
            organisation: claims.organisation,
            roles: claims.roles,
        }
    }
}

/// Anybody with a token.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Caller);

/// A person acting for herself.
#[derive(Clone, Debug)]
pub struct Citizen(pub Caller);

/// Who files: a person for herself, or an API client for its organisation.
#[derive(Clone, Debug)]
pub struct Applicant {
    /// Who calls.
    pub caller: Caller,
    /// Whose dossiers these are.
    pub party: Party,
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

/// An official who holds duty `D` at one agency at least.
#[derive(Clone, Debug)]
pub struct Official<D> {
    /// Who calls.
    pub caller: Caller,
    duty: PhantomData<D>,
}

impl<D: Duty> Official<D> {
    /// The agencies where the caller holds the duty: what a query must be limited to.
    pub fn agencies(&self) -> Vec<AgencyCode> {
        let mut agencies: Vec<_> = held::<D>(&self.caller).cloned().collect();
        agencies.sort();
        agencies.dedup();
        agencies
    }
}

fn held<D: Duty>(caller: &Caller) -> impl Iterator<Item = &AgencyCode> {
    caller.roles.iter().filter(|(_, role)| D::ROLES.contains(role)).map(|(agency, _)| agency)
}

impl Caller {
    /// The caller as an official with duty `D`, if it is one.
    pub fn official<D: Duty>(self) -> Option<Official<D>> {
        let holds = self.kind == CallerKind::Official && held::<D>(&self).next().is_some();
        holds.then_some(Official { caller: self, duty: PhantomData })
    }

    /// The caller as an applicant, if it may file.
    pub fn applicant(self) -> Option<Applicant> {
        let party = match (self.kind, self.organisation) {
            (CallerKind::Citizen, _) => Party { kind: PartyKind::Person, id: self.id },
            (CallerKind::Client, Some(id)) => Party { kind: PartyKind::Organisation, id },
            _ => return None,
        };
        Some(Applicant { caller: self, party })
    }
}

async fn caller(request: HttpRequest) -> Result<Caller, Problem> {
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token =
        header.and_then(|text| text.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let (_, token) = token.ok_or(kinds::UNAUTHENTICATED)?;
    let verifier = request.app_data::<web::Data<Verifier>>().ok_or(kinds::INTERNAL)?;
    verifier.verify(token.trim()).await
}

macro_rules! extract {
    ($name:ty, $from:expr $(, $duty:ident)?) => {
        impl$(<$duty: Duty>)? FromRequest for $name {
            type Error = Problem;
            type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let request = request.clone();
                async move {
                    let narrow: fn(Caller) -> Option<Self> = $from;
                    narrow(caller(request).await?).ok_or_else(|| kinds::FORBIDDEN.into())
                }
                .boxed_local()
            }
        }
    };
}

extract!(SignedIn, |caller| Some(SignedIn(caller)));
extract!(Citizen, |caller| (caller.kind == CallerKind::Citizen).then_some(Citizen(caller)));
extract!(Applicant, Caller::applicant);
extract!(Official<D>, Caller::official, D);
