//! The sandbox over real sockets, as those see it who depend on the parties it plays.

#![allow(
    clippy::disallowed_methods,
    reason = "tests name what is theirs alone by chance, and compare with the machine's time"
)]

mod control;
mod mail;
mod mail_misbehaviour;
mod sms;
mod support;
mod vnpay_ipn;
mod vnpay_pay;
mod vnpay_query;
mod vnpay_refund;
mod vnpay_statement;
mod wallets;
