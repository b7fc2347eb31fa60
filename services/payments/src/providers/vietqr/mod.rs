//! Transfers to the agency's account: the VietQR code that a banking app reads, and the bank's signed notices of what came.

mod code;

use anyhow::{Result, ensure};
use civic::{AgencyCode, Vnd};
use hmac::Hmac;
use sha2::Sha256;

use super::{
    Bill, CreditNotice, Transfer, TransferCode,
    keys::Keys,
    wire::{self, text},
};
use crate::{
    config::{VietqrSettings, given, needed},
    domain::credit::Credit,
};

/// The account, and its bank.
pub struct Vietqr {
    /// The bank's number.
    pub bank: String,
    /// The account's.
    pub account: String,
    holder: String,
    keys: Keys<Hmac<Sha256>>,
    /// Whose cashiers see money that names no dossier.
    pub agency: AgencyCode,
}

impl Vietqr {
    /// The account, if payers may transfer to it.
    ///
    /// # Errors
    /// When a setting is missing or does not fit into a code.
    pub fn new(settings: &VietqrSettings) -> Result<Option<Self>> {
        let Some(secret) = given(settings.vietqr_notice_secret.as_ref()) else { return Ok(None) };
        let bank = needed(settings.vietqr_bank.as_ref(), "MOTCUA_VIETQR_BANK")?;
        let account = needed(settings.vietqr_account.as_ref(), "MOTCUA_VIETQR_ACCOUNT")?;
        let digits = bank.len() == 6 && bank.bytes().all(|byte| byte.is_ascii_digit());
        ensure!(digits, "MOTCUA_VIETQR_BANK is not six digits");
        let plain = (1..=19).contains(&account.len()) && account.bytes().all(|byte| byte.is_ascii_alphanumeric());
        ensure!(plain, "MOTCUA_VIETQR_ACCOUNT is not 1 to 19 letters and digits");
        Ok(Some(Self {
            bank,
            account,
            holder: needed(settings.vietqr_holder.as_ref(), "MOTCUA_VIETQR_HOLDER")?,
            agency: needed(settings.vietqr_agency.as_ref(), "MOTCUA_VIETQR_AGENCY")?,
            keys: Keys::new(secret, given(settings.vietqr_previous_notice_secret.as_ref())),
        }))
    }
}

impl Vietqr {
    /// Whether this agency's account of this number, as statements write it, is the one into which is paid.
    pub fn is_account(&self, agency: &AgencyCode, number: &str) -> bool {
        // MT940 may say the bank before it.
        let number = number.rsplit_once('/').map_or(number, |(_, number)| number);
        *agency == self.agency && number == self.account
    }
}

impl Transfer for Vietqr {
    fn code(&self, bill: &Bill<'_>) -> TransferCode {
        let purpose = bill.code.to_string();
        TransferCode {
            text: code::text(&self.bank, &self.account, Some(bill.amount), &purpose),
            bank: self.bank.clone(),
            account: self.account.clone(),
            holder: self.holder.clone(),
            amount: bill.amount,
            purpose,
        }
    }
}

impl CreditNotice for Vietqr {
    /// Signed are the values with bars between them, in the order in which they are named.
    fn read(&self, raw: &str) -> Option<Credit> {
        let fields = wire::object(raw).ok()?;
        let names = ["transaction_id", "bank", "account", "amount", "currency", "booked_at", "content"];
        let said = names.map(|name| text(&fields, name));
        // A bar in a value, but in the last, would let the same signature stand under other values.
        let is_clear = said[..6].iter().all(|value| !value.contains('|'));
        if said[0].is_empty() || !is_clear || !self.keys.signed(&said.join("|"), &text(&fields, "signature")) {
            return None;
        }
        let signed = said.join("|");
        let [transaction, bank, account, amount, currency, booked_at, content] = said;
        Some(Credit {
            amount: amount.parse().ok().and_then(|dong| Vnd::new(dong).ok()).filter(|_| currency == "VND"),
            booked_at: booked_at.parse().ok()?,
            transaction,
            bank,
            account,
            content,
            signed,
        })
    }

    fn is_ours(&self, credit: &Credit) -> bool {
        (&credit.bank, &credit.account) == (&self.bank, &self.account)
    }
}

#[cfg(test)]
mod tests;
