//! What a member is to an organisation.

closed_list! {
    /// What a member is to the organisation that she belongs to.
    pub enum MemberRole: "a member's role" {
        /// Represents it by law.
        Representative = "REPRESENTATIVE",
        /// Was entrusted by it with its dossiers.
        Member = "MEMBER",
    }
}
