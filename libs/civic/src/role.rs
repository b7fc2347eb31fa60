//! What an official may do at an agency.

closed_list! {
    /// A role an official holds at one agency.
    pub enum OfficialRole: "an official's role" {
        /// Receives dossiers at the counter or online, and returns results.
        Receiver = "RECEIVER",
        /// Handles a dossier (specialist).
        Processor = "PROCESSOR",
        /// Signs the result (leader).
        Approver = "APPROVER",
        /// Takes and refunds fees.
        Cashier = "CASHIER",
        /// Reads everything of the agency, changes nothing.
        Auditor = "AUDITOR",
        /// Assigns officials and keeps the agency's settings.
        AgencyAdministrator = "AGENCY_ADMINISTRATOR",
        /// Writes, approves and publishes what procedures say, for the province (kiểm soát thủ tục hành chính).
        ProcedureController = "PROCEDURE_CONTROLLER",
    }
}
