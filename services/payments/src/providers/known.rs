//! The providers of an installation, found by name. A counter is none: nobody is sent there, and it is asked nothing.

use super::{
    Ask, Notification, Receipt, Refund, Way, momo::Momo, national::National, vietqr::Vietqr, vnpay::Vnpay,
    zalopay::Zalopay,
};
use crate::domain::provider::ProviderName;

/// Every provider that the installation has a contract with, by what it can do.
pub struct Providers {
    /// VNPAY's.
    pub vnpay: Vnpay,
    /// MoMo's, if there is one.
    pub momo: Option<Momo>,
    /// ZaloPay's, if there is one.
    pub zalopay: Option<Zalopay>,
    /// The agency's account at its bank, if payers may transfer to it.
    pub vietqr: Option<Vietqr>,
    /// The national platform's, if there is one.
    pub national: Option<National>,
}

impl Providers {
    /// Those by which a payer may pay.
    pub fn offered(&self) -> Vec<ProviderName> {
        ProviderName::ALL.iter().copied().filter(|name| self.way(*name).is_some()).collect()
    }

    /// How payers pay by it, if it is offered.
    pub fn way(&self, name: ProviderName) -> Option<Way<'_>> {
        match name {
            ProviderName::Vnpay => Some(Way::Redirect(&self.vnpay)),
            ProviderName::Cash | ProviderName::CardTerminal => None,
            ProviderName::Momo => self.momo.as_ref().map(|momo| Way::Checkout(momo)),
            ProviderName::Zalopay => self.zalopay.as_ref().map(|zalopay| Way::Checkout(zalopay)),
            ProviderName::Vietqr => self.vietqr.as_ref().map(|bank| Way::Transfer(bank)),
            ProviderName::National => self.national.as_ref().map(|national| Way::Checkout(national)),
        }
    }

    /// How it shows a receipt of its own, if it does.
    pub fn receipt(&self, name: ProviderName) -> Option<&dyn Receipt> {
        match name {
            ProviderName::National => self.national.as_ref().map(|national| national as _),
            _ => None,
        }
    }

    /// How a bank tells of money that came, if there is an account.
    pub fn credits(&self, name: ProviderName) -> Option<&Vietqr> {
        self.vietqr.as_ref().filter(|_| name == ProviderName::Vietqr)
    }

    /// How it notifies us of an attempt. A bank knows no attempts: it tells of money, and is heard apart.
    pub fn notification(&self, name: ProviderName) -> Option<&dyn Notification> {
        match name {
            ProviderName::Vnpay => Some(&self.vnpay),
            ProviderName::Momo => self.momo.as_ref().map(|momo| momo as _),
            ProviderName::Zalopay => self.zalopay.as_ref().map(|zalopay| zalopay as _),
            ProviderName::National => self.national.as_ref().map(|national| national as _),
            ProviderName::Vietqr | ProviderName::Cash | ProviderName::CardTerminal => None,
        }
    }

    /// How it gives money back, if it does.
    pub fn refund(&self, name: ProviderName) -> Option<&dyn Refund> {
        match name {
            ProviderName::Vnpay => Some(&self.vnpay),
            ProviderName::Momo => self.momo.as_ref().map(|momo| momo as _),
            ProviderName::Zalopay => self.zalopay.as_ref().map(|zalopay| zalopay as _),
            ProviderName::Vietqr | ProviderName::National | ProviderName::Cash | ProviderName::CardTerminal => None,
        }
    }

    /// How it is asked, if it answers.
    pub fn ask(&self, name: ProviderName) -> Option<&dyn Ask> {
        match name {
            ProviderName::Vnpay => Some(&self.vnpay),
            ProviderName::Momo => self.momo.as_ref().map(|momo| momo as _),
            ProviderName::Zalopay => self.zalopay.as_ref().map(|zalopay| zalopay as _),
            ProviderName::National => self.national.as_ref().map(|national| national as _),
            ProviderName::Vietqr | ProviderName::Cash | ProviderName::CardTerminal => None,
        }
    }
}
