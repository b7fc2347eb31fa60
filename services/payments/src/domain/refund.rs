//! Money that goes back: for which cause, through which states, never more than was taken.

use civic::Vnd;

use super::{
    attempt::AttemptStatus,
    dossier_end::DossierEnd,
    order::{OrderState, stands},
};

civic::closed_list! {
    /// Why money goes back.
    pub enum RefundCause: "the cause of a refund" {
        /// The applicant took the dossier back.
        Withdrawn = "WITHDRAWN",
        /// The dossier was not received.
        NotReceived = "NOT_RECEIVED",
        /// The work on the dossier was stopped.
        Stopped = "STOPPED",
        /// It was paid twice, or when nothing was to be paid any more.
        PaidAgain = "PAID_AGAIN",
        /// The payer was found to be exempt later.
        Exempted = "EXEMPTED",
    }
}

civic::closed_list! {
    /// How money goes back.
    pub enum RefundWay: "PROVIDER or BY_HAND" {
        /// Through the provider that took it.
        Provider = "PROVIDER",
        /// From the agency's own account, with proof of the transfer.
        ByHand = "BY_HAND",
    }
}

civic::closed_list! {
    /// How far a refund has come.
    pub enum RefundState: "the state of a refund" {
        /// It waits for a second official.
        Asked = "ASKED",
        /// It is to be sent, or to be given by hand.
        Approved = "APPROVED",
        /// It was sent to the provider, which has not said yet that the money went back.
        Sent = "SENT",
        /// It was sent, and the provider does not tell what became of it: it is asked, and nothing is sent again.
        Unknown = "UNKNOWN",
        /// The money went back.
        Done = "DONE",
        /// The provider gives nothing back.
        Failed = "FAILED",
        /// An official turned it down.
        TurnedDown = "TURNED_DOWN",
    }
}

/// Every step of a refund.
const STEPS: [(RefundState, RefundState); 12] = {
    use RefundState::{Approved, Asked, Done, Failed, Sent, TurnedDown, Unknown};
    [
        (Asked, Approved),
        (Asked, TurnedDown),
        (Approved, Sent),
        // By hand.
        (Approved, Done),
        (Approved, TurnedDown),
        (Sent, Unknown),
        (Sent, Done),
        (Sent, Failed),
        // The provider was asked, or a person looked there.
        (Unknown, Sent),
        (Unknown, Done),
        (Unknown, Failed),
        (Unknown, TurnedDown),
    ]
};

impl RefundState {
    /// Whether a refund may go from here `to` there.
    pub fn may_become(self, to: Self) -> bool {
        STEPS.contains(&(self, to))
    }

    /// Whether its money is on its way back.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Approved | Self::Sent | Self::Unknown)
    }

    /// Whether its money stays.
    pub const fn gave_up(self) -> bool {
        matches!(self, Self::Failed | Self::TurnedDown)
    }
}

impl RefundCause {
    /// Whether money of an attempt in this state, for an order whose dossier ended so, may go back for it.
    pub fn fits(self, attempt: AttemptStatus, end: Option<DossierEnd>) -> bool {
        match self {
            Self::PaidAgain => attempt == AttemptStatus::PaidAgain,
            Self::Exempted => attempt == AttemptStatus::Settled,
            Self::Withdrawn => attempt == AttemptStatus::Settled && end == Some(DossierEnd::Withdrawn),
            Self::NotReceived => attempt == AttemptStatus::Settled && end == Some(DossierEnd::NotReceived),
            Self::Stopped => attempt == AttemptStatus::Settled && end == Some(DossierEnd::Stopped),
        }
    }

    /// The cause that is found without anybody asking.
    pub fn found(attempt: AttemptStatus, end: Option<DossierEnd>) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| *cause != Self::Exempted && cause.fits(attempt, end))
    }
}

/// Whether a second official must approve it: by all that then goes back of the attempt, so that parts do not go round the limit. Of a
/// dossier that is stopped always: it may still go on, and whoever approves answers for its not being decided any more.
pub fn needs_second(cause: RefundCause, going_back: Vnd, limit: Vnd) -> bool {
    cause == RefundCause::Stopped || going_back > limit
}

/// Where an order stands of which money goes back that had paid it, all of it or a part: while some is on its way, and after.
pub fn order_after(paid: Vnd, refunded: Vnd, left: Vnd, is_open: bool) -> OrderState {
    match () {
        () if is_open => OrderState::Refunding,
        () if refunded == paid => OrderState::Refunded,
        () => stands(paid, left),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RefundState::{Approved, Asked, Done, Failed, Sent, TurnedDown, Unknown};

    #[test]
    fn every_pair_of_refund_states_is_a_step_or_not_as_this_table_says() {
        let table = [
            // to:       ASKED  APPROVED SENT  UNKNOWN DONE  FAILED TURNED_DOWN
            (Asked, [false, true, false, false, false, false, true]),
            (Approved, [false, false, true, false, true, false, true]),
            (Sent, [false, false, false, true, true, true, false]),
            (Unknown, [false, false, true, false, true, true, true]),
            (Done, [false; 7]),
            (Failed, [false; 7]),
            (TurnedDown, [false; 7]),
        ];
        for (from, row) in table {
            for (to, allowed) in RefundState::ALL.iter().copied().zip(row) {
                assert_eq!(from.may_become(to), allowed, "{from} -> {to}");
            }
            assert_eq!(from.is_open(), row.contains(&true), "{from}");
        }
    }

    #[test]
    fn each_cause_fits_its_money_and_is_found_where_nobody_has_to_say_it() {
        let ends = [None, Some(DossierEnd::Withdrawn), Some(DossierEnd::NotReceived), Some(DossierEnd::Stopped)];
        let found = [None, Some(RefundCause::Withdrawn), Some(RefundCause::NotReceived), Some(RefundCause::Stopped)];
        for (end, cause) in ends.into_iter().zip(found) {
            for attempt in AttemptStatus::ALL.iter().copied() {
                let expected = match attempt {
                    AttemptStatus::Settled => cause,
                    AttemptStatus::PaidAgain => Some(RefundCause::PaidAgain),
                    _ => None,
                };
                assert_eq!(RefundCause::found(attempt, end), expected, "{attempt} {end:?}");
                for cause in RefundCause::ALL {
                    let exempted = *cause == RefundCause::Exempted && attempt == AttemptStatus::Settled;
                    assert_eq!(cause.fits(attempt, end), exempted || expected == Some(*cause), "{cause} {attempt}");
                }
            }
        }
    }

    #[test]
    fn a_second_official_approves_above_the_limit_and_of_what_may_still_go_on() {
        let dong = |amount| Vnd::new(amount).unwrap();
        for cause in RefundCause::ALL.iter().copied() {
            assert_eq!(needs_second(cause, dong(5), dong(5)), cause == RefundCause::Stopped, "{cause}");
            assert!(needs_second(cause, dong(6), dong(5)), "{cause}");
        }
    }

    #[test]
    fn an_order_is_refunded_when_all_of_it_went_back() {
        let dong = |amount| Vnd::new(amount).unwrap();
        for left in [dong(0), dong(4)] {
            assert_eq!(order_after(dong(8), dong(0), left, true), OrderState::Refunding);
            assert_eq!(order_after(dong(8), dong(8), left, false), OrderState::Refunded);
        }
        assert_eq!(order_after(dong(8), dong(3), dong(0), false), OrderState::Paid);
        assert_eq!(order_after(dong(8), dong(3), dong(4), false), OrderState::PartPaid);
    }
}
