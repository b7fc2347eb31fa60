//! Dossiers, from draft to result.

pub(in crate::api) mod action_view;
pub(super) mod answer;
pub(super) mod answer_supplement;
pub(super) mod apologise;
pub(super) mod assign;
pub(super) mod cancel_charge;
pub(super) mod charge;
mod charge_view;
pub(super) mod choose_return;
pub(super) mod complete;
pub(super) mod correct;
pub(super) mod discard;
mod door_view;
pub(super) mod extend;
mod fee_view;
pub(super) mod forward;
pub(super) mod get;
pub(super) mod give_back;
mod handover_view;
mod history_view;
mod lateness_view;
pub(super) mod list;
pub(super) mod note_lateness;
pub(super) mod open;
pub(super) mod receive;
pub(super) mod refuse;
pub(super) mod request_supplement;
pub(in crate::api) mod request_view;
pub(super) mod resume;
mod return_choice;
pub(super) mod return_result;
mod return_view;
pub(super) mod send_back;
pub(super) mod stop;
pub(super) mod submit;
pub(super) mod take;
pub(super) mod take_supplement;
mod view;
pub(super) mod withdraw;

pub(super) use self::{
    request_view::RequestFileView,
    return_choice::ReturnChoice,
    return_view::ReturnWayView,
    submit::SubmissionFee,
    view::{DossierView, supplied},
};
