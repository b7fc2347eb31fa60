//! The payment providers, by name.

civic::closed_list! {
    /// Who takes the money.
    #[schema(as = PaymentProvider)]
    pub enum ProviderName: "a payment provider, VNPAY" {
        /// VNPAY's payment gateway.
        Vnpay = "VNPAY",
        /// Cash at an agency's counter.
        Cash = "CASH",
        /// A card at the terminal of an agency's counter.
        CardTerminal = "CARD_TERMINAL",
    }
}

civic::closed_list! {
    /// How a provider's word reached us.
    pub enum Channel: "IPN, QUERY or STATEMENT" {
        /// It notified us.
        Notification = "IPN",
        /// We asked it.
        Query = "QUERY",
        /// It stands on a statement.
        Statement = "STATEMENT",
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
            Self::Vnpay | Self::Cash | Self::CardTerminal => false,
        }
    }

    /// The provider that an address names.
    pub fn of_address(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|name| name.in_addresses() == word)
    }
}
