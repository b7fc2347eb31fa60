//! The events services exchange, a file per sender.

/// States an event's type and the field that is its subject.
macro_rules! announce {
    ($($event:ident: $type:literal about $subject:ident;)+) => {
        $(impl crate::Event for $event {
            const TYPE: &'static str = $type;

            fn subject(&self) -> String {
                self.$subject.to_string()
            }
        })+
    };
}

mod accounts;
mod calendar_changed;
mod catalogue;
mod dossier_moved;
mod order_moved;
mod payments;
mod submissions;

pub use accounts::{
    AccountNotice, AccountNoticed, AccountRegistered, AgencyContact, AgencyOpened, ConfirmationPurpose,
    ConfirmationStarted, OfficialAssigned, OrganisationRegistered, RegistrationStarted,
};
pub use calendar_changed::CalendarChanged;
pub use catalogue::{ProcedurePublished, ProcedureWithdrawn};
pub use dossier_moved::{
    ActorKind, Charge, ChargeState, Custody, DossierClock, DossierLateness, DossierMoved, LatenessCause, LatenessCount,
    PaperCounts, Pause,
};
pub use order_moved::{OrderMoved, OrderPayment, OrderState};
pub use payments::{MoneyNotice, MoneyNoticed, PaymentNotice, PaymentNoticed, PaymentSettled};
pub use submissions::{
    ConsultationNotice, ConsultationNoticed, Deadline, DeadlineKind, DeadlineStep, DeadlinesNear, DossierCompleted,
    DossierFeeDue, DossierFeePaid, DossierNotice, DossierNoticed, DossierReceived, DossierSubmitted, DraftExpiring,
    FeeLine, PaperAskedFor,
};
