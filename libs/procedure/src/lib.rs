#![doc = include_str!("../README.md")]

mod fee;
mod form;
mod form_words;
mod life_event;
mod model;
pub mod search;

pub use fee::{Channel, Fee, FeeBasis, FeeError, FeeKind, FeeRule, fee};
pub use form::{Expectation, Finding, Form};
pub use life_event::LifeEvent;
pub use model::{
    Component, FormField, FormPage, FormUi, PinnedProcedure, Procedure, ProcedureField, ResultKind, Widget,
};
