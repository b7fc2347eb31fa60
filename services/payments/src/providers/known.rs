//! The providers of an installation, found by name.

use super::{Ask, Notification, Redirect, Refund, vnpay::Vnpay};
use crate::domain::provider::ProviderName;

/// Every provider there is, by what it can do. One that lacks a capability makes that capability's answer an `Option`.
pub struct Providers {
    vnpay: Vnpay,
}

impl Providers {
    /// The providers of this installation.
    pub fn new(vnpay: Vnpay) -> Self {
        Self { vnpay }
    }

    /// Where payers pay.
    pub fn redirect(&self, name: ProviderName) -> &dyn Redirect {
        match name {
            ProviderName::Vnpay => &self.vnpay,
        }
    }

    /// How it notifies us.
    pub fn notification(&self, name: ProviderName) -> &dyn Notification {
        match name {
            ProviderName::Vnpay => &self.vnpay,
        }
    }

    /// How it gives money back.
    pub fn refund(&self, name: ProviderName) -> &dyn Refund {
        match name {
            ProviderName::Vnpay => &self.vnpay,
        }
    }

    /// How it is asked.
    pub fn ask(&self, name: ProviderName) -> &dyn Ask {
        match name {
            ProviderName::Vnpay => &self.vnpay,
        }
    }
}
