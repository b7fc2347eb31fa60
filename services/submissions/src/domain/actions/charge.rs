//! Charging a further round while a dossier is worked on, once it is known what is due: the agency's time stands still until it is paid.

use chrono::{DateTime, Utc};
use civic::{
    DossierStatus, LocalText, OfficialRole, Vnd, WorkingCalendar,
    events::{DossierNotice, DossierNoticed, FeeLine},
};
use procedure::{Finding, Procedure};

use super::{Action, Entry, TextInput, Who};
use crate::domain::{
    charge::Charge,
    dossier::{Change, Dossier, Refusal},
};

/// Lines that one charge may have.
pub const MOST_LINES: usize = 10;
/// Rounds that a dossier may be charged, with the one in advance.
const MOST_ROUNDS: usize = 20;
/// Đồng that a line may come to: ten thousand million.
pub const MOST_DONG: i64 = 10_000_000_000;
/// What a line is for.
pub const WHAT_FOR: TextInput = TextInput { name: "what_for", required: true, min_length: 3, max_length: 200 };
/// What of the law says so.
pub const LEGAL_BASIS: TextInput = TextInput { name: "legal_basis", required: true, min_length: 5, max_length: 300 };

/// The entry. Its lines are read by [`Charged::of`].
pub const CHARGE: Entry = Entry {
    action: Action::Charge,
    who: Who::Officials(&[OfficialRole::Processor, OfficialRole::Approver]),
    texts: &[],
    choices: &[],
    paper_texts: &[],
    passages: &[(DossierStatus::Received, DossierStatus::FeeDue), (DossierStatus::Processing, DossierStatus::FeeDue)],
    when: |facts| facts.dossier.may_be_charged(),
};

/// What is charged: each line is for something, on a basis of law.
#[derive(Clone, Debug)]
pub struct Charged {
    lines: Vec<FeeLine>,
    total: Vnd,
}

impl Charged {
    /// What these lines come to, each with what it is for, how much, and its legal basis.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn of(lines: Vec<(String, Vnd, String)>) -> Result<Self, Finding> {
        if lines.is_empty() || lines.len() > MOST_LINES {
            let text = LocalText::new("Ghi từ 1 đến 10 khoản thu.", "Write 1 to 10 lines.");
            return Err(Finding { pointer: "/lines".into(), code: "items", text });
        }
        let mut read = Vec::new();
        for (place, (what_for, amount, legal_basis)) in lines.into_iter().enumerate() {
            let at = |finding: Finding| Finding { pointer: format!("/lines/{place}{}", finding.pointer), ..finding };
            let what_for = WHAT_FOR.read(Some(&what_for)).map_err(at)?.unwrap_or_default();
            let legal_basis = LEGAL_BASIS.read(Some(&legal_basis)).map_err(at)?;
            bounded(amount).map_err(at)?;
            let name = LocalText { vi: what_for.clone(), en: what_for };
            read.push(FeeLine { name, quantity: 1, unit_amount: amount, amount, legal_basis });
        }
        // So many lines that are bounded so make no more than an amount can be.
        let total = Vnd::sum(read.iter().map(|line| line.amount)).unwrap_or(Vnd::MAX);
        Ok(Self { lines: read, total })
    }
}

/// An amount that can be asked for.
fn bounded(amount: Vnd) -> Result<(), Finding> {
    let wrong = |code, text| Err(Finding { pointer: "/amount".into(), code, text });
    match amount.dong() {
        0 => wrong(
            "minimum",
            LocalText::new(
                "Số tiền phải lớn hơn 0 đồng. Nếu không thu thì không cần lập khoản thu.",
                "The amount must be more than 0 VND. Where nothing is charged, no line is needed.",
            ),
        ),
        1..=MOST_DONG => Ok(()),
        _ => wrong(
            "maximum",
            LocalText::new("Mỗi khoản không quá 10.000.000.000 đồng.", "A line is no more than 10,000,000,000 VND."),
        ),
    }
}

impl Dossier {
    fn may_be_charged(&self) -> Result<(), Refusal> {
        self.received_at.ok_or(Refusal::Status(self.status))?;
        self.step(DossierStatus::FeeDue)?;
        if self.charges.len() < MOST_ROUNDS { Ok(()) } else { Err(Refusal::TooManyCharges) }
    }

    /// An official charges a further round.
    ///
    /// # Errors
    /// [`Refusal::Status`] unless it is worked on; [`Refusal::TooManyCharges`].
    pub fn charge_further(
        &self,
        procedure: &Procedure,
        charged: Charged,
        now: DateTime<Utc>,
        calendar: &WorkingCalendar,
    ) -> Result<Change<DossierNoticed>, Refusal> {
        self.may_be_charged()?;
        let step = self.step(DossierStatus::FeeDue)?;
        let notice = self.notice(procedure, DossierNotice::ChargeDue, now)?;
        let event = DossierNoticed { fee_lines: charged.lines.clone(), fee_total: Some(charged.total), ..notice };
        let mut dossier = self.after(step, now, calendar);
        let round = i32::try_from(dossier.charges.len() + 1).unwrap_or(i32::MAX);
        dossier.charges.push(Charge::while_processing(self.id, round, charged.lines, charged.total, now));
        Ok(Change { dossier, steps: vec![step], event: Some(event) })
    }
}

#[cfg(test)]
mod tests {
    use civic::Vnd;

    use super::Charged;

    fn line(dong: i64) -> (String, Vnd, String) {
        ("Phí thẩm định".into(), Vnd::new(dong).expect("an amount"), "Thông tư 85/2019/TT-BTC".into())
    }

    fn refused(lines: Vec<(String, Vnd, String)>) -> (String, &'static str) {
        Charged::of(lines).map(|_| ()).map_err(|finding| (finding.pointer, finding.code)).expect_err("a finding")
    }

    #[test]
    fn a_charge_is_worth_its_lines() {
        let charged = Charged::of(vec![line(150_000), line(1)]).expect("it adds up");
        assert_eq!((charged.total.dong(), charged.lines.len()), (150_001, 2));
        let most = Charged::of(vec![line(10_000_000_000); 10]).expect("as much as there may be");
        assert_eq!(most.total.dong(), 100_000_000_000);
    }

    #[test]
    fn nothing_too_much_and_nothing_without_its_basis_is_charged() {
        assert_eq!(refused(vec![line(150_000), line(0)]), ("/lines/1/amount".into(), "minimum"));
        assert_eq!(refused(vec![line(10_000_000_001)]), ("/lines/0/amount".into(), "maximum"));
        assert_eq!(refused(Vec::new()), ("/lines".into(), "items"));
        assert_eq!(refused(vec![line(1); 11]), ("/lines".into(), "items"));
        let (what_for, amount, _) = line(1);
        assert_eq!(refused(vec![(what_for, amount, "  ".into())]), ("/lines/0/legal_basis".into(), "required"));
    }
}
