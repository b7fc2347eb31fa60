#![doc = include_str!("../README.md")]

#[macro_use]
mod closed_list;
#[macro_use]
mod column;
#[macro_use]
mod text;

mod calendar;
mod codes;
mod deadline;
mod event;
pub mod events;
mod filing_channel;
mod ids;
mod language;
mod level;
mod malformed;
mod member_role;
mod money;
mod partial_date;
mod people;
mod role;
pub mod search;
mod secret;
mod status;
mod text_kind;
pub mod typed;

#[cfg(feature = "diesel")]
#[doc(hidden)]
pub use diesel;

pub use calendar::{
    CalendarDay, CalendarFault, CalendarSettings, OpeningHours, SaturdayService, Session, VIETNAM, WorkingCalendar,
};
pub use codes::{AgencyCode, DossierCode, ProcedureCode};
pub use deadline::{TimeLimit, resume};
pub use event::{Envelope, EnvelopeError, Event, Fact};
pub use filing_channel::FilingChannel;
pub use ids::order_id;
pub use language::{Language, LocalText};
pub use level::AdministrativeLevel;
pub use malformed::Malformed;
pub use member_role::MemberRole;
pub use money::Vnd;
pub use partial_date::{DatePrecision, PartialDate};
pub use people::{CitizenCard, CitizenNumber, Email, Gender, Party, PartyKind, PersonName, Phone, TaxNumber};
pub use role::OfficialRole;
pub use search::Search;
pub use secret::Secret;
pub use status::{ClockState, DossierStatus};
pub use text_kind::TextKind;
