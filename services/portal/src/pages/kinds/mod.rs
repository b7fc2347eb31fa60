//! The kinds of pages. A page is its words, its template and a few lines that say what is its own; how lists are paged, a dossier
//! is opened, an action asked for and a form walked through is said once, here.

mod action_form;
mod asked_papers;
mod bulk;
mod charge_lines;
mod list;
pub(super) mod moved_on;
mod pay_ways;
mod phrases;
mod record;
mod rows;
mod side;
mod wizard;
mod working_days;

pub(super) use self::{
    action_form::{ActionForm, Part, same_text},
    bulk::Bulk,
    list::{List, ListQuery, Listed},
    moved_on::Late,
    pay_ways::pay_ways,
    phrases::PHRASED,
    record::{DossierRecord, published},
    side::Side,
    wizard::Step,
    working_days::WorkingDays,
};
