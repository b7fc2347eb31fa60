//! What a line of a statement says beside what stands here: they agree, or how they differ and what is done about it.

use chrono::NaiveDate;
use civic::Vnd;

use super::{
    attempt::AttemptStatus,
    refund::RefundState,
    statement::{Direction, LineStatus},
};

civic::closed_list! {
    /// How a statement and the books differ.
    pub enum DifferenceClass: "the class of a difference" {
        /// They moved money that is not booked here.
        MissingHere = "MISSING_HERE",
        /// Money is booked here that they did not move.
        MissingThere = "MISSING_THERE",
        /// They moved more or less than is booked.
        Amount = "AMOUNT",
        /// They say that money did not move that is booked here.
        Status = "STATUS",
        /// They moved the same money a second time.
        Twice = "TWICE",
        /// They moved it on another day than is booked.
        Late = "LATE",
    }
}

civic::closed_list! {
    /// Where a difference stands.
    pub enum DifferenceState: "the state of a difference" {
        /// A rule is about to end it.
        Healing = "HEALING",
        /// A rule ended it.
        Healed = "HEALED",
        /// It waits for a person.
        Open = "OPEN",
        /// A person wants money booked for it, and waits for a second one.
        Proposed = "PROPOSED",
        /// Persons ended it.
        Closed = "CLOSED",
    }
}

civic::closed_list! {
    /// How persons end a difference.
    pub enum Resolution: "EXPLAINED or BOOKED" {
        /// No money is booked: it is explained why.
        Explained = "EXPLAINED",
        /// The money is booked as the statement says; a second official agrees.
        Booked = "BOOKED",
    }
}

/// A line as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub day: NaiveDate,
    pub direction: Direction,
    pub amount: Vnd,
    pub status: LineStatus,
    /// Their number of it.
    pub number: Option<String>,
    /// Whether it came to the account into which payers transfer, and its text may name a dossier.
    pub names_dossier: bool,
}

/// The attempt that a line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptHere {
    pub status: AttemptStatus,
    pub amount: Vnd,
    /// The provider's number of it, once it took money.
    pub number: Option<String>,
    /// The day on which it took money.
    pub day: Option<NaiveDate>,
}

/// The refund that a line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundHere {
    pub state: RefundState,
    pub amount: Vnd,
}

/// What is here of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Here {
    /// Nothing.
    Nothing,
    Attempt(AttemptHere),
    Refund(RefundHere),
}

/// What is made of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Both say the same.
    Agrees,
    /// They differ; in which state that begins.
    Differs(DifferenceClass, DifferenceState),
}

impl Told {
    fn can_pay(&self) -> bool {
        self.names_dossier
            && self.number.is_some()
            && self.direction == Direction::In
            && self.status == LineStatus::Done
    }
}

/// Judges a line beside what is here; `is_second` when another line brought the same money before.
pub fn judge(told: &Told, here: &Here, is_second: bool) -> Judgement {
    match here {
        // It may pay what it names: the rule tries.
        Here::Nothing if told.can_pay() => Judgement::Differs(DifferenceClass::MissingHere, DifferenceState::Healing),
        Here::Nothing if told.status == LineStatus::Done => open(DifferenceClass::MissingHere),
        Here::Nothing => Judgement::Agrees,
        Here::Attempt(attempt) => judge_payment(told, attempt, is_second),
        Here::Refund(refund) => judge_refund(told, refund, is_second),
    }
}

const fn open(class: DifferenceClass) -> Judgement {
    Judgement::Differs(class, DifferenceState::Open)
}

fn judge_payment(told: &Told, here: &AttemptHere, is_second: bool) -> Judgement {
    let took = here.status.took_money();
    if told.status != LineStatus::Done {
        return if took { open(DifferenceClass::Status) } else { Judgement::Agrees };
    }
    let another_number = here.number.is_some() && told.number.is_some() && here.number != told.number;
    match () {
        () if is_second || (took && another_number) => open(DifferenceClass::Twice),
        () if told.amount != here.amount => open(DifferenceClass::Amount),
        () if !took => Judgement::Differs(DifferenceClass::MissingHere, DifferenceState::Healing),
        // The same money under the same number: only the day differs, and both days are closed as they are.
        () if here.day != Some(told.day) => Judgement::Differs(DifferenceClass::Late, DifferenceState::Healed),
        () => Judgement::Agrees,
    }
}

fn judge_refund(told: &Told, here: &RefundHere, is_second: bool) -> Judgement {
    if told.status != LineStatus::Done {
        return if here.state == RefundState::Done { open(DifferenceClass::Status) } else { Judgement::Agrees };
    }
    match here.state {
        _ if is_second => open(DifferenceClass::Twice),
        _ if told.amount != here.amount => open(DifferenceClass::Amount),
        RefundState::Done => Judgement::Agrees,
        // It is being asked about.
        RefundState::Sent | RefundState::Unknown => {
            Judgement::Differs(DifferenceClass::MissingHere, DifferenceState::Healing)
        }
        RefundState::Asked | RefundState::Approved => open(DifferenceClass::MissingHere),
        RefundState::Failed | RefundState::TurnedDown => open(DifferenceClass::Status),
    }
}

/// Whether a person may have booked what a line says: money that came for an attempt that took none, or a second time.
pub const fn can_be_booked(class: DifferenceClass, direction: Direction, has_attempt: bool) -> bool {
    has_attempt
        && matches!(direction, Direction::In)
        && matches!(class, DifferenceClass::MissingHere | DifferenceClass::Twice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DifferenceClass::{Amount, Late, MissingHere, Status, Twice};

    const TODAY: &str = "2026-07-21";

    fn told(status: LineStatus) -> Told {
        Told {
            day: TODAY.parse().unwrap(),
            direction: Direction::In,
            amount: Vnd::new(16_000).unwrap(),
            status,
            number: Some("14226112".into()),
            names_dossier: false,
        }
    }

    fn attempt(status: AttemptStatus) -> AttemptHere {
        let took = status.took_money();
        AttemptHere {
            status,
            amount: Vnd::new(16_000).unwrap(),
            number: took.then(|| "14226112".to_owned()),
            day: took.then(|| TODAY.parse().unwrap()),
        }
    }

    fn judged(status: LineStatus, here: AttemptHere, is_second: bool) -> Judgement {
        judge(&told(status), &Here::Attempt(here), is_second)
    }

    #[test]
    fn every_state_of_an_attempt_beside_every_state_of_a_line() {
        for status in AttemptStatus::ALL.iter().copied() {
            let here = || attempt(status);
            let (done, other) = match status.took_money() {
                true => (Judgement::Agrees, open(Status)),
                false => (Judgement::Differs(MissingHere, DifferenceState::Healing), Judgement::Agrees),
            };
            assert_eq!(judged(LineStatus::Done, here(), false), done, "{status}");
            assert_eq!(judged(LineStatus::Failed, here(), false), other, "{status}");
            assert_eq!(judged(LineStatus::Pending, here(), false), other, "{status}");
            assert_eq!(judged(LineStatus::Done, here(), true), open(Twice), "{status}");
        }
    }

    #[test]
    fn amount_number_and_day_are_compared() {
        let settled = || attempt(AttemptStatus::Settled);
        let more = AttemptHere { amount: Vnd::new(16_001).unwrap(), ..settled() };
        assert_eq!(judged(LineStatus::Done, more, false), open(Amount));
        let other = AttemptHere { number: Some("1".into()), ..settled() };
        assert_eq!(judged(LineStatus::Done, other, false), open(Twice));
        let yesterday = AttemptHere { day: "2026-07-20".parse().ok(), ..settled() };
        assert_eq!(judged(LineStatus::Done, yesterday, false), Judgement::Differs(Late, DifferenceState::Healed));
    }

    #[test]
    fn what_is_not_here_at_all_waits_for_a_person_when_money_moved() {
        assert_eq!(judge(&told(LineStatus::Done), &Here::Nothing, false), open(MissingHere));
        assert_eq!(judge(&told(LineStatus::Failed), &Here::Nothing, false), Judgement::Agrees);
    }

    #[test]
    fn a_transfer_that_names_a_dossier_is_tried_by_the_rule_when_it_came_and_has_a_number() {
        let named = |status| Told { names_dossier: true, ..told(status) };
        let tried = Judgement::Differs(MissingHere, DifferenceState::Healing);
        assert_eq!(judge(&named(LineStatus::Done), &Here::Nothing, false), tried);
        assert_eq!(judge(&named(LineStatus::Failed), &Here::Nothing, false), Judgement::Agrees);
        let unnumbered = Told { number: None, ..named(LineStatus::Done) };
        let out = Told { direction: Direction::Out, ..named(LineStatus::Done) };
        for left in [unnumbered, out] {
            assert_eq!(judge(&left, &Here::Nothing, false), open(MissingHere), "{left:?}");
        }
    }

    #[test]
    fn every_state_of_a_refund_beside_a_line() {
        for state in RefundState::ALL.iter().copied() {
            let here = |amount| Here::Refund(RefundHere { state, amount: Vnd::new(amount).unwrap() });
            let expected = match state {
                RefundState::Done => Judgement::Agrees,
                RefundState::Sent | RefundState::Unknown => Judgement::Differs(MissingHere, DifferenceState::Healing),
                RefundState::Asked | RefundState::Approved => open(MissingHere),
                RefundState::Failed | RefundState::TurnedDown => open(Status),
            };
            assert_eq!(judge(&told(LineStatus::Done), &here(16_000), false), expected, "{state}");
            assert_eq!(judge(&told(LineStatus::Done), &here(1), false), open(Amount), "{state}");
            assert_eq!(judge(&told(LineStatus::Done), &here(16_000), true), open(Twice), "{state}");
            let failed = if state == RefundState::Done { open(Status) } else { Judgement::Agrees };
            assert_eq!(judge(&told(LineStatus::Failed), &here(16_000), false), failed, "{state}");
        }
    }
}
