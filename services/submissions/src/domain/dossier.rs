//! A dossier; what may become of it stands in `actions`.

use chrono::{DateTime, Utc};
use civic::{AgencyCode, DossierCode, DossierStatus, FilingChannel, Party, WorkingCalendar, events::OrderState};
use procedure::Finding;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    charge::{Charge, ChargeReason},
    clock::Clock,
    custody::{self, Handover},
    lateness::Lateness,
    place::Place,
    request::Request,
    status::{Transition, transition},
};

/// A dossier.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// Its id.
    pub id: Uuid,
    /// The version of the procedure that it is pinned to.
    pub procedure_version: Uuid,
    /// Where it is, or will be, filed.
    pub agency: AgencyCode,
    /// Whose it is.
    pub applicant: Party,
    /// The account or API client that made it.
    pub filer: Uuid,
    /// By which door it comes.
    pub channel: FilingChannel,
    /// The centre that took it in for its agency; none where the agency took it in itself.
    pub taken_at: Option<AgencyCode>,
    /// Whether an official helped the applicant to file it online.
    pub helped: bool,
    /// The applicant's name.
    pub applicant_name: String,
    /// Where it stands.
    pub status: DossierStatus,
    /// The answers to the form, a JSON object.
    pub answers: String,
    /// Counts the changes, from 1.
    pub version: i32,
    /// What filing gave it; nothing for a draft.
    pub filed: Option<Filed>,
    /// What it costs, round by round.
    pub charges: Vec<Charge>,
    /// The agency's time for it.
    pub clock: Clock,
    /// Who had it.
    pub custody: Vec<Handover>,
    /// What was asked about it.
    pub requests: Vec<Request>,
    /// Why it is late, as it was recorded.
    pub lateness: Vec<Lateness>,
    /// When the draft was begun.
    pub created_at: DateTime<Utc>,
    /// When an official received it.
    pub received_at: Option<DateTime<Utc>>,
    /// When its result was ready.
    pub completed_at: Option<DateTime<Utc>>,
    /// Where it is in its process, once it was received; none of a process without stages, or when the version before received it.
    pub place: Option<Place>,
}

/// What filing gives a dossier.
#[derive(Clone, Debug, PartialEq)]
pub struct Filed {
    /// Its code.
    pub code: DossierCode,
    /// When it was filed.
    pub submitted_at: DateTime<Utc>,
    /// When its result is due: expected at first, binding once it is received.
    pub due_at: DateTime<Utc>,
}

/// The id of a new dossier: `new` with its last sixteen bits made of the agency, so that whoever routes by them brings all
/// filings of an agency to one replica. The random part of a UUIDv7 keeps 58 of its 74 bits.
pub fn dossier_id(new: Uuid, agency: &AgencyCode) -> Uuid {
    let mut bytes = new.into_bytes();
    let digest = Sha256::digest(agency.as_str());
    bytes[14..].copy_from_slice(&digest[..2]);
    Uuid::from_bytes(bytes)
}

/// From one status to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// From this status.
    pub from: DossierStatus,
    /// To that one.
    pub to: DossierStatus,
}

/// Why something may not be done with a dossier.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// It is filed already.
    #[error("the dossier is not a draft")]
    NotADraft,
    /// It cannot be filed: answers or papers are missing or wrong.
    #[error("the dossier is not complete")]
    Incomplete(Vec<Finding>),
    /// Its fee must be paid first.
    #[error("the fee is not paid")]
    FeeNotPaid,
    /// What was charged further is neither paid nor taken back.
    #[error("a charge is open")]
    ChargeOpen,
    /// What was paid went back.
    #[error("the fee went back")]
    FeeWentBack,
    /// Its status does not allow it.
    #[error("a dossier that is {0} does not allow this")]
    Status(DossierStatus),
    /// It has as many documents as it may have.
    #[error("the dossier has too many documents")]
    TooManyDocuments,
    /// No fee is to be paid.
    #[error("nothing is due")]
    NothingDue,
    /// The official is not assigned to do this at its agency.
    #[error("the official has another role")]
    RoleMissing,
    /// Papers were asked for since it was received, and no reason is given to ask again.
    #[error("papers were asked for before")]
    AskedBefore,
    /// It was charged as often as it may be.
    #[error("the dossier was charged too often")]
    TooManyCharges,
    /// Nothing that was charged while it is worked on waits to be paid, or something of it is paid.
    #[error("there is no charge to take back")]
    NoChargeToCancel,
    /// More time is taken before the result is due, not afterwards.
    #[error("the dossier is overdue already")]
    OverdueAlready,
    /// More time was taken before, and no reason is given to take more.
    #[error("the due date was put off before")]
    ExtendedBefore,
    /// No more time is taken than the law gives for the whole.
    #[error("the extension is longer than the time limit")]
    ExtensionTooLong,
    /// As many agencies are asked as may be at once.
    #[error("too many agencies are asked")]
    TooManyConsultations,
    /// That agency is asked and has not answered.
    #[error("the agency is asked already")]
    ConsultedAlready,
    /// The question was answered or taken back.
    #[error("the consultation is over")]
    ConsultationOver,
    /// An agency that was asked has not answered.
    #[error("an opinion is waited for")]
    ConsultationOpen,
    /// Its procedure wants no draft of the result.
    #[error("no draft is shown by this procedure")]
    NoDraftWanted,
    /// A draft waits for its applicant's word.
    #[error("a draft waits to be confirmed")]
    DraftOpen,
    /// None does.
    #[error("no draft waits to be confirmed")]
    NoDraftOpen,
    /// Its procedure wants a draft to be confirmed first.
    #[error("no draft was sent")]
    DraftMissing,
    /// Its applicant asked for the draft to be corrected.
    #[error("the draft is to be corrected")]
    DraftDisputed,
    /// It is not late.
    #[error("the dossier is not late")]
    NotLate,
    /// An apology promises it for a day to come.
    #[error("the agency apologised before")]
    ApologisedBefore,
    /// As many causes of its lateness are recorded as may be.
    #[error("too many causes are recorded")]
    TooManyCauses,
    /// The open request does not ask for such a paper.
    #[error("this paper was not asked for")]
    NotAsked,
    /// Its process has this done at another stage.
    #[error("this is done at another stage")]
    OtherStage,
    /// No stage follows its own.
    #[error("this is the last stage")]
    LastStage,
    /// It came from no stage in which somebody decides.
    #[error("this is the first stage")]
    FirstStage,
    /// Its process has no stages.
    #[error("the process has no stages")]
    NoStages,
    /// Somebody else works on it.
    #[error("somebody has the dossier")]
    Held,
    /// Nobody has it.
    #[error("nobody has the dossier")]
    NotHeld,
    /// The stage wants another than who acted before.
    #[error("who acted before may not act here")]
    FourEyes,
    /// The official is its applicant, or it names her.
    #[error("officials do not handle their own dossiers")]
    OwnDossier,
    /// Its procedure is not carried out by that agency.
    #[error("the agency does not handle the procedure")]
    NotHandledThere,
    /// It is handed in at its own agency, or at a centre of the same province where its procedure is free of territory.
    #[error("it is not taken in there")]
    NotTakenInThere,
    /// It was filed online by who applies, with nobody's help.
    #[error("the dossier was not taken in by hand")]
    NotTakenInByHand,
    /// There is no result to give.
    #[error("no result was issued")]
    ResultMissing,
    /// A payment for something else.
    #[error("the payment is not that of the dossier's order")]
    OtherPayment,
}

/// What a decision makes of a dossier.
#[derive(Clone, Debug)]
pub struct Change<E> {
    /// The dossier from now on.
    pub dossier: Dossier,
    /// The statuses it goes through.
    pub steps: Vec<Step>,
    /// The milestone that others are told, if it is one.
    pub event: Option<E>,
}

impl Dossier {
    /// The same dossier, one change later.
    pub fn changed(&self) -> Self {
        Self { version: self.version + 1, ..self.clone() }
    }

    /// Whether it is an official who files it: at a counter, from the post, or in its applicant's place.
    pub fn is_filed_by_hand(&self) -> bool {
        self.channel != FilingChannel::Online || self.helped
    }

    /// What was charged when it was filed.
    pub fn charge_in_advance(&self) -> Option<&Charge> {
        self.charges.iter().find(|charge| charge.reason == ChargeReason::InAdvance)
    }

    /// The charge that is to be paid, or else the last one that stands.
    pub fn charge(&self) -> Option<&Charge> {
        let standing = || self.charges.iter().rfind(|charge| charge.state != OrderState::Cancelled);
        self.charges.iter().find(|charge| charge.is_owed()).or_else(standing)
    }

    /// Whether it waits for a fee. What was charged for a filing at a counter is owed while it is worked on.
    pub fn waits_for_fee(&self) -> bool {
        let holds_up =
            |charge: &Charge| self.channel == FilingChannel::Online || charge.reason == ChargeReason::WhileProcessing;
        self.charges.iter().any(|charge| charge.is_owed() && holds_up(charge))
    }

    /// The dossier after a step: its time runs, stands still or ends as its status says, and what it waited for is not waited for
    /// any more.
    pub(super) fn after(&self, step: Step, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Self {
        let requests = self.requests.iter().map(|request| request.closed(step.to)).collect();
        let clock = self.clock.turn(step.to, now, calendar);
        let custody = custody::turned(&self.custody, &self.clock, &clock, now, calendar);
        Self { status: step.to, requests, custody, ..self.changed().timed(clock) }
    }

    /// The dossier by this clock, which says when its result is due.
    pub(super) fn timed(self, clock: Clock) -> Self {
        let filed = self.filed.map(|filed| Filed { due_at: clock.due().unwrap_or(filed.due_at), ..filed });
        Self { clock, filed, ..self }
    }

    pub(super) fn filed(&self) -> Result<&Filed, Refusal> {
        self.filed.as_ref().ok_or(Refusal::Status(self.status))
    }

    pub(super) fn step(&self, to: DossierStatus) -> Result<Step, Refusal> {
        match transition(self.status, to) {
            Transition::Ordinary => Ok(Step { from: self.status, to }),
            Transition::Correction | Transition::None => Err(Refusal::Status(self.status)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_agency_end_alike_and_stay_in_order_of_time() {
        let agency = |code: &str| code.parse::<AgencyCode>().expect("a code");
        let (here, there) = (agency("H44.100"), agency("H44.101"));
        let [one, two] = [1, 2].map(|millis| uuid::Builder::from_unix_timestamp_millis(millis, &[7; 10]).into_uuid());
        let tail = |id: Uuid| id.into_bytes()[14..].to_vec();
        assert_eq!(tail(dossier_id(one, &here)), tail(dossier_id(two, &here)));
        assert_ne!(tail(dossier_id(one, &here)), tail(dossier_id(one, &there)));
        assert!(dossier_id(one, &there) < dossier_id(two, &here));
        assert_eq!(dossier_id(one, &here).get_version_num(), 7);
    }
}
