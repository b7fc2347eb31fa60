//! What becomes of a version that is imported.

civic::closed_list! {
    /// What becomes of a version that is imported.
    pub enum ImportOutcome: "what becomes of an imported version" {
        /// It says what is in force, or what is being written, already.
        Same = "SAME",
        /// A draft is begun with it.
        Begun = "BEGUN",
        /// The draft that is being written says it from now on.
        Rewritten = "REWRITTEN",
    }
}
