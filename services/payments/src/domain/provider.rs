//! The payment providers, by name.

use chrono::TimeDelta;

civic::closed_list! {
    /// Who takes the money.
    #[schema(as = PaymentProvider)]
    pub enum ProviderName: "a payment provider, such as VNPAY" {
        /// VNPAY's payment gateway.
        Vnpay = "VNPAY",
        /// The wallet MoMo.
        Momo = "MOMO",
        /// The wallet ZaloPay.
        Zalopay = "ZALOPAY",
        /// A transfer to the agency's account, by a VietQR code.
        Vietqr = "VIETQR",
        /// The payment platform of the National Public Service Portal.
        National = "NATIONAL",
        /// Cash at an agency's counter.
        Cash = "CASH",
        /// A card at the terminal of an agency's counter.
        CardTerminal = "CARD_TERMINAL",
    }
}

civic::closed_list! {
    /// How a provider's word reached us.
    pub enum Channel: "IPN, QUERY, STATEMENT or HAND" {
        /// It notified us.
        Notification = "IPN",
        /// We asked it.
        Query = "QUERY",
        /// It stands on a statement.
        Statement = "STATEMENT",
        /// Two officials say it.
        Hand = "HAND",
    }
}

impl ProviderName {
    /// Whether an agency's cashier takes the money: nobody is sent anywhere, nobody else tells of it, and it goes back by hand.
    pub const fn is_counter(self) -> bool {
        matches!(self, Self::Cash | Self::CardTerminal)
    }

    /// The word for it in addresses: `/api/v1/payments/vnpay/…`.
    pub fn in_addresses(self) -> String {
        self.as_str().to_ascii_lowercase()
    }

    /// Whether its payments come to the agency's own account, and stand on the bank's statement of it, one by one.
    pub const fn comes_to_the_account(self) -> bool {
        match self {
            Self::Vietqr => true,
            // They collect, and bring what they collected in sums of their own.
            Self::Vnpay | Self::Momo | Self::Zalopay | Self::National => false,
            Self::Cash | Self::CardTerminal => false,
        }
    }

    /// Whether several orders can be paid by it in one go. Its page must be reached by an address that we sign: what a provider is told before
    /// is told of one dossier.
    pub const fn takes_joint_payments(self) -> bool {
        match self {
            Self::Vnpay => true,
            Self::Momo | Self::Zalopay | Self::National => false,
            // The purpose of a transfer names one dossier; what a cashier takes has no page.
            Self::Vietqr | Self::Cash | Self::CardTerminal => false,
        }
    }

    /// How long a payer has who was shown the way to it, where that is not the installation's usual time: a transfer is made when she comes
    /// to it.
    pub const fn payment_time(self) -> Option<TimeDelta> {
        match self {
            Self::Vietqr => Some(TimeDelta::days(1)),
            _ => None,
        }
    }

    /// Whether it notifies us by a body that it posts, and not by an address that it calls.
    pub const fn posts(self) -> bool {
        !matches!(self, Self::Vnpay)
    }

    /// The provider that an address names.
    pub fn of_address(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|name| name.in_addresses() == word)
    }
}
