//! What a document is that ends a dossier.

civic::closed_list! {
    /// What it is.
    pub enum ResultKind: "a kind of result" {
        /// What was applied for.
        Result = "RESULT",
        /// Why it is declined.
        Refusal = "REFUSAL",
    }
}
