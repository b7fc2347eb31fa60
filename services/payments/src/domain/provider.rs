//! The payment providers, by name.

words! {
    /// Who takes the money.
    #[schema(as = PaymentProvider)]
    ProviderName {
        /// VNPAY's payment gateway.
        Vnpay = "VNPAY",
    }
}

words! {
    /// How a provider's word reached us.
    Channel {
        /// It notified us.
        Notification = "IPN",
        /// We asked it.
        Query = "QUERY",
    }
}
