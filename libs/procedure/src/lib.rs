#![doc = include_str!("../README.md")]

mod answers;
mod bound;
mod case;
mod checks;
mod differences;
mod fault;
mod fee;
mod form;
mod form_words;
mod kind;
mod life_event;
mod model;
mod paper;
mod process;

pub use answers::Judged;
pub use bound::{DateBound, DateLimit, DateRelation, Person};
pub use case::{Case, Condition, TimeLimitRule};
pub use differences::{Difference, DifferentPart};
pub use fault::Fault;
pub use fee::{Fee, FeeBasis, FeeError, FeeKind, FeeRule, fee};
pub use form::{Expectation, Finding, Form};
pub use kind::{Kind, Subject};
pub use life_event::LifeEvent;
pub use model::{FormField, FormPage, FormUi, Meaning, PinnedProcedure, Procedure, ProcedureField, ResultKind, Widget};
pub use paper::{Component, Digitisation, PaperForm};
pub use process::{Assignment, Stage, StageAction};
