//! What the end of a dossier means for its orders.

use civic::DossierStatus;

civic::closed_list! {
    /// How a dossier came to have no result, or none yet: what was paid for it may have to go back.
    pub enum DossierEnd: "the end of a dossier" {
        /// It was not received.
        NotReceived = "NOT_RECEIVED",
        /// Its applicant took it back.
        Withdrawn = "WITHDRAWN",
        /// The work on it is stopped before anything was decided. It may go on, unless what was paid goes back.
        Stopped = "STOPPED",
    }
}

impl DossierEnd {
    /// The end of a dossier in this status, if it is one. What was decided before and is stopped while it is corrected had what its fee
    /// was paid for.
    pub fn of(status: DossierStatus, was_decided: bool) -> Option<Self> {
        match status {
            DossierStatus::NotReceived => Some(Self::NotReceived),
            DossierStatus::Withdrawn => Some(Self::Withdrawn),
            DossierStatus::Stopped if !was_decided => Some(Self::Stopped),
            _ => None,
        }
    }

    /// Whether nothing is to be paid for it any more: what is only stopped goes on when it is paid for.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::NotReceived | Self::Withdrawn)
    }
}

/// Whether nothing is to be paid any more for a dossier in this status. One that is stopped goes on only when it is paid for.
pub fn cancels_orders(status: DossierStatus) -> bool {
    matches!(
        status,
        DossierStatus::NotReceived | DossierStatus::Withdrawn | DossierStatus::Completed | DossierStatus::Returned
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_cancels_what_is_due_or_not_and_is_an_end_without_a_result_or_not() {
        use DossierStatus::{
            Completed, Draft, FeeDue, NotReceived, Processing, Received, Registered, Returned, Stopped,
            SupplementRequested, Withdrawn,
        };
        let table = [
            (Draft, false, None),
            (Registered, false, None),
            (Received, false, None),
            (NotReceived, true, Some(DossierEnd::NotReceived)),
            (Processing, false, None),
            (SupplementRequested, false, None),
            (FeeDue, false, None),
            (Withdrawn, true, Some(DossierEnd::Withdrawn)),
            (Stopped, false, Some(DossierEnd::Stopped)),
            (Completed, true, None),
            (Returned, true, None),
        ];
        assert_eq!(table.len(), DossierStatus::ALL.len());
        for (status, cancels, end) in table {
            assert_eq!((cancels_orders(status), DossierEnd::of(status, false)), (cancels, end), "{status}");
            let of_corrected = end.filter(|end| *end != DossierEnd::Stopped);
            assert_eq!(DossierEnd::of(status, true), of_corrected, "{status}, decided before");
        }
    }
}
