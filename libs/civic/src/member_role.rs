//! What a member is to an organisation.

words! {
    /// What a member is to the organisation that she belongs to.
    MemberRole, expected: "a member's role",
    {
        /// Represents it by law.
        Representative = "REPRESENTATIVE",
        /// Was entrusted by it with its dossiers.
        Member = "MEMBER",
    }
}
