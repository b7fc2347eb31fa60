//! Which account an amount leaves and which it reaches.

use civic::{AgencyCode, Vnd};
use uuid::Uuid;

use super::{attempt::AttemptStatus, provider::ProviderName, refund::RefundWay};

civic::closed_list! {
    /// What a transfer is written for. Each is the name of a table whose row is the cause; there are attempts, refunds and reversals today.
    pub enum CauseKind: "the kind of a transfer's cause" {
        /// A provider took money for an attempt.
        Attempt = "ATTEMPT",
        /// A cashier gave back what she had taken wrongly for an attempt.
        Reversal = "REVERSAL",
        /// Money was given back.
        Refund = "REFUND",
        /// Money stands on an account's statement.
        StatementLine = "STATEMENT_LINE",
    }
}

/// What a transfer is written for: one cause, one transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// What it is.
    pub kind: CauseKind,
    /// Which one.
    pub id: Uuid,
}

civic::closed_list! {
    /// What an account holds.
    pub enum AccountKind: "an account's kind" {
        /// What a provider took for us and has yet to hand over; owned by the provider.
        ProviderClearing = "PROVIDER_CLEARING",
        /// Fees that an agency earned.
        FeeIncome = "FEE_INCOME",
        /// Money taken for an agency that it must give back.
        OwedToPayers = "OWED_TO_PAYERS",
        /// What an agency has at its bank or the treasury.
        AgencyBank = "AGENCY_BANK",
        /// What an agency's cashiers took in cash and have yet to hand over.
        Cash = "CASH",
    }
}

civic::closed_list! {
    /// Why an amount moves.
    pub enum Purpose: "CAPTURE, SURPLUS, REFUND or REVERSAL" {
        /// An order is paid.
        Capture = "CAPTURE",
        /// An order that was paid is paid again.
        Surplus = "SURPLUS",
        /// Money goes back to whoever paid it.
        Refund = "REFUND",
        /// A capture was wrong: the money goes back where it came from.
        Reversal = "REVERSAL",
    }
}

/// An account, by what it holds and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// What it holds.
    pub kind: AccountKind,
    /// A provider's name or an agency's code.
    pub owner: String,
}

/// An amount that moves from one account to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Why.
    pub purpose: Purpose,
    /// Where it is added to what is owned.
    pub debit: Account,
    /// Where it is added to what is earned or owed.
    pub credit: Account,
    /// How much.
    pub amount: Vnd,
}

impl Account {
    /// Where money lies that was taken so for an agency.
    fn where_it_lies(provider: ProviderName, agency: &AgencyCode) -> Self {
        match provider {
            ProviderName::Cash => Self { kind: AccountKind::Cash, owner: agency.as_str().to_owned() },
            _ => Self { kind: AccountKind::ProviderClearing, owner: provider.as_str().to_owned() },
        }
    }
}

impl Transfer {
    /// What is written when a capture was wrong: it goes back the way it came.
    pub fn of_reversal(provider: ProviderName, agency: &AgencyCode, amount: Vnd) -> Self {
        let Self { debit, credit, .. } = Self::of_payment(Purpose::Capture, provider, agency, amount);
        Self { purpose: Purpose::Reversal, debit: credit, credit: debit, amount }
    }

    /// What is written when `provider` takes `amount` for an order of `agency`.
    pub fn of_payment(purpose: Purpose, provider: ProviderName, agency: &AgencyCode, amount: Vnd) -> Self {
        let credited = if purpose == Purpose::Capture { AccountKind::FeeIncome } else { AccountKind::OwedToPayers };
        Self {
            purpose,
            debit: Account::where_it_lies(provider, agency),
            credit: Account { kind: credited, owner: agency.as_str().to_owned() },
            amount,
        }
    }

    /// What is written when `amount` that an attempt took goes back: from what the agency earned by it or owes, the way it came or from
    /// the agency's own account.
    pub fn of_refund(
        attempt: AttemptStatus,
        from: ProviderName,
        way: RefundWay,
        agency: &AgencyCode,
        amount: Vnd,
    ) -> Self {
        let debited =
            if attempt == AttemptStatus::Settled { AccountKind::FeeIncome } else { AccountKind::OwedToPayers };
        let credit = match way {
            RefundWay::Provider => Account::where_it_lies(from, agency),
            RefundWay::ByHand => Account { kind: AccountKind::AgencyBank, owner: agency.as_str().to_owned() },
        };
        let debit = Account { kind: debited, owner: agency.as_str().to_owned() };
        Self { purpose: Purpose::Refund, debit, credit, amount }
    }
}
