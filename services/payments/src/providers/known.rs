//! The providers of an installation, found by name. A counter is none: nobody is sent there, and it is asked nothing.

use super::{Ask, Notification, Redirect, Refund, vnpay::Vnpay};
use crate::domain::provider::ProviderName;

/// Every provider there is, by what it can do; none for what it cannot.
pub struct Providers {
    vnpay: Vnpay,
}

impl Providers {
    /// The providers of this installation.
    pub fn new(vnpay: Vnpay) -> Self {
        Self { vnpay }
    }

    /// Where payers pay.
    pub fn redirect(&self, name: ProviderName) -> Option<&dyn Redirect> {
        match name {
            ProviderName::Vnpay => Some(&self.vnpay),
            ProviderName::Cash | ProviderName::CardTerminal => None,
        }
    }

    /// How it notifies us.
    pub fn notification(&self, name: ProviderName) -> Option<&dyn Notification> {
        match name {
            ProviderName::Vnpay => Some(&self.vnpay),
            ProviderName::Cash | ProviderName::CardTerminal => None,
        }
    }

    /// How it gives money back.
    pub fn refund(&self, name: ProviderName) -> Option<&dyn Refund> {
        match name {
            ProviderName::Vnpay => Some(&self.vnpay),
            ProviderName::Cash | ProviderName::CardTerminal => None,
        }
    }

    /// How it is asked.
    pub fn ask(&self, name: ProviderName) -> Option<&dyn Ask> {
        match name {
            ProviderName::Vnpay => Some(&self.vnpay),
            ProviderName::Cash | ProviderName::CardTerminal => None,
        }
    }
}
