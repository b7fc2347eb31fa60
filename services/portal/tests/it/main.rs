//! The pages over real sockets: real services behind a real gateway, and a browser that knows cookies and forms, no script.

#![allow(
    clippy::disallowed_methods,
    reason = "tests name what is theirs alone by chance, and compare with the machine's time"
)]

mod account;
mod agency;
mod agency_contact;
mod books;
mod browser;
mod capacity;
mod catalogue;
mod contact;
mod desk;
mod failures;
mod files;
mod filing;
mod fixture;
mod forgery;
mod form_html;
mod intake;
mod kiosk;
mod language;
mod money;
mod office;
mod passages;
mod payments_together;
mod post;
mod printed;
mod procedure_drafts;
mod return_way;
mod sessions;
mod slip;
mod supplement_intake;
mod till;
mod tracking;
mod typed_texts;
mod unsaved;
mod unsaved_forms;
mod waivers;
mod way;
mod words;
mod working_calendar;
