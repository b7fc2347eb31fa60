//! The service over real HTTP, PostgreSQL and Redis; a file an operation.

#![allow(
    clippy::disallowed_methods,
    reason = "tests name what is theirs alone by chance, and compare with the machine's time"
)]

mod ask_provider;
mod bank_credits;
mod callbacks;
mod checkouts;
mod closed_days;
mod database;
mod dossier_fee_due;
mod dossier_moved;
mod end_orders;
mod every_provider;
mod fees;
mod get_joint_payment;
mod given_up;
mod interleavings;
mod joint_refunds;
mod joint_statements;
mod ledger;
mod many_lines;
mod migrations;
mod part_payments;
mod pay_links;
mod payers;
mod provider;
mod published_secret;
mod read_payment_order;
mod receipts;
mod receive_payment_notification;
mod refund_desk;
mod refunds;
mod settle_joint_payment;
mod show_payment_return;
mod start_joint_payment;
mod start_payment_attempt;
mod statements;
mod till;
mod together;
mod transfers_on_statements;
mod waivers;
mod wallets;
