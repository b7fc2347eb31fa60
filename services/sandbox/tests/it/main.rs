//! The sandbox over real sockets, as those see it who depend on the parties it plays.

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
