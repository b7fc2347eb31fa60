//! What a payer is freed from: for which reason, who decides, and never more than is left to pay.

use chrono::{DateTime, Utc};
use civic::Vnd;

use super::{attempt::AttemptStatus, provider::ProviderName};

civic::closed_list! {
    /// By which rule a payer is exempt: the classes that the law on fees and charges and its decrees name.
    pub enum WaiverClass: "the class of a waiver" {
        /// A poor or nearly poor household.
        PoorHousehold = "POOR_HOUSEHOLD",
        /// A person with merits to the revolution, or a relative of one.
        Merit = "MERIT",
        /// A child.
        Child = "CHILD",
        /// An elderly person.
        Elderly = "ELDERLY",
        /// A person with a disability.
        Disabled = "DISABLED",
        /// Somebody who lives in a remote area or on an island.
        RemoteArea = "REMOTE_AREA",
        /// Whom another rule frees, such as a resolution of the province: the legal basis names it.
        OtherRule = "OTHER_RULE",
    }
}

civic::closed_list! {
    /// How far a waiver has come.
    pub enum WaiverState: "the state of a waiver" {
        /// It waits for a second official.
        Asked = "ASKED",
        /// So much need not be paid.
        Approved = "APPROVED",
        /// An official turned it down, or who asked took it back.
        TurnedDown = "TURNED_DOWN",
    }
}

/// Every step of a waiver: what is approved stays so.
const STEPS: [(WaiverState, WaiverState); 2] =
    [(WaiverState::Asked, WaiverState::Approved), (WaiverState::Asked, WaiverState::TurnedDown)];

impl WaiverState {
    /// Whether a waiver may go from here `to` there.
    pub fn may_become(self, to: Self) -> bool {
        STEPS.contains(&(self, to))
    }
}

/// Whether a second official must approve it: by all that is then waived of the order, so that parts do not go round the limit; and always
/// for an order at which the official who asks took money herself, who could keep it.
pub fn needs_second(waived: Vnd, limit: Vnd, took_money: bool) -> bool {
    took_money || waived > limit
}

/// Whether a payer may just be paying by this attempt, so that nothing of its order is waived before it ends. A transfer is made when she
/// comes to it: what it brings is held against what is left then, as what comes late is.
pub fn is_under_way(
    status: AttemptStatus,
    provider: ProviderName,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> bool {
    status.is_open() && expires_at > now && !provider.comes_to_the_account()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_waiver_states_is_a_step_or_not_as_this_table_says() {
        use WaiverState::{Approved, Asked, TurnedDown};
        for (from, row) in [(Asked, [false, true, true]), (Approved, [false; 3]), (TurnedDown, [false; 3])] {
            for (to, allowed) in WaiverState::ALL.iter().copied().zip(row) {
                assert_eq!(from.may_become(to), allowed, "{from} -> {to}");
            }
        }
    }

    #[test]
    fn a_second_official_approves_above_the_limit_and_where_the_first_took_money() {
        let dong = |amount| Vnd::new(amount).unwrap();
        for (waived, took_money, expected) in [(5, false, false), (6, false, true), (5, true, true), (6, true, true)] {
            assert_eq!(needs_second(dong(waived), dong(5), took_money), expected, "{waived} {took_money}");
        }
    }

    #[test]
    fn nothing_is_waived_while_the_payer_may_be_at_the_providers_page() {
        let now: DateTime<Utc> = "2026-07-21T03:00:00Z".parse().unwrap();
        let later = now + chrono::TimeDelta::minutes(1);
        for status in AttemptStatus::ALL.iter().copied() {
            let under_way = |provider, expires_at| is_under_way(status, provider, expires_at, now);
            assert_eq!(under_way(ProviderName::Vnpay, later), status.is_open(), "{status}");
            assert!(!under_way(ProviderName::Vnpay, now), "{status}: its time is over");
            assert!(!under_way(ProviderName::Vietqr, later), "{status}: a transfer");
        }
    }
}
