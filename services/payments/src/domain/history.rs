//! The words for the steps that an order's history has.

civic::closed_list! {
    /// Why an order or one of its attempts moved.
    pub enum StepCause: "the cause of a step" {
        /// The order was opened.
        Opened = "OPENED",
        /// An attempt was begun.
        Started = "STARTED",
        /// A provider took money.
        Paid = "PAID",
        /// A provider took no money.
        Failed = "FAILED",
        /// The time of an attempt is over, and it was not paid.
        NotPaidInTime = "NOT_PAID_IN_TIME",
        /// A provider gave no usable answer.
        NoAnswer = "NO_ANSWER",
        /// The dossier ended: nothing is to be paid any more.
        Cancelled = "CANCELLED",
        /// Money is to go back.
        RefundAsked = "REFUND_ASKED",
        /// Money went back.
        RefundDone = "REFUND_DONE",
        /// Money that was to go back stays.
        RefundFailed = "REFUND_FAILED",
        /// A cashier took back what she had taken wrongly.
        Reversed = "REVERSED",
        /// An official freed the payer of it, or of a part.
        Waived = "WAIVED",
    }
}
