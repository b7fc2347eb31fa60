//! A dossier, what can be tried with it, and any walk that is made of that.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use civic::{DossierCode, DossierStatus, Party, Secret, TimeLimit, VIETNAM, Vnd, WorkingCalendar, events::OrderState};
use procedure::{PinnedProcedure, Procedure};
use serde_json::json;
use uuid::Uuid;

use super::super::{
    actions::{
        answer_consultation::Answer,
        charge::Charged,
        consult::{Question, Shown},
        correct::CorrectionTime,
        extend::Extension,
        pay::OrderReport,
        request_supplement::Supplement,
    },
    clock::Clock,
    dossier::{Change, Dossier, Refusal, Step},
    filing::Filing,
    request::{AskedPaper, Request, RequestKind},
};

/// What somebody tries.
#[derive(Clone, Copy, Debug)]
pub enum Operation {
    File,
    Receive,
    Issue,
    Complete,
    Decline,
    Return,
    Refuse,
    AskPapers,
    AskPapersAgain,
    Supply,
    SendPapers,
    TakePapers,
    Lapse,
    Withdraw,
    Stop,
    Resume,
    Consult,
    AnswerConsultation,
    CancelConsultation,
    Correct,
    CorrectAnew,
    Charge,
    CancelCharge,
    Extend,
    ExtendAgain,
    Pay,
    PayAnotherOrder,
    PayAnotherAmount,
    Wait(i64),
}

/// A dossier with all that its rules ask for.
#[derive(Clone, Debug)]
pub struct Case {
    pub dossier: Dossier,
    pub components: Vec<String>,
    pub supplied: Vec<String>,
    pub results: usize,
    pub now: DateTime<Utc>,
}

/// What an order goes through, by its version.
pub const ORDER: [OrderState; 6] = [
    OrderState::Due,
    OrderState::Due,
    OrderState::PartPaid,
    OrderState::Paid,
    OrderState::Refunding,
    OrderState::Refunded,
];

/// The official who receives.
pub const OFFICIAL: Uuid = Uuid::from_u128(5);

pub const LIMITS: [TimeLimit; 5] = [
    TimeLimit::SameDay { cut_off: NaiveTime::from_hms_opt(15, 0, 0).expect("a time") },
    TimeLimit::WorkingDays { days: 0 },
    TimeLimit::WorkingDays { days: 5 },
    TimeLimit::CalendarDays { days: 30 },
    TimeLimit::WorkingHours { hours: 20 },
];

/// Compiling a form takes longer than a walk.
static PROCEDURES: LazyLock<Vec<PinnedProcedure>> = LazyLock::new(|| {
    let limits = LIMITS.iter();
    limits.flat_map(|limit| [pinned(true, *limit), pinned(false, *limit)]).collect()
});

/// The copy of an extract, which needs one paper here, with or without its fee.
fn pinned(costs: bool, time_limit: TimeLimit) -> PinnedProcedure {
    let source = include_str!("../../../../catalogue/data/procedures/2.000635/1.json");
    let mut procedure: Procedure = serde_json::from_str(source).expect("a procedure");
    procedure.components[0].code = "CT01".into();
    procedure.components[0].required = true;
    procedure.time_limit = time_limit;
    if !costs {
        procedure.fee_rules.clear();
    }
    PinnedProcedure { version: 1, form: procedure.form().expect("it hangs together"), procedure }
}

/// The one of [`any_procedure`].
pub fn procedure(costs: bool, time_limit: TimeLimit) -> &'static PinnedProcedure {
    let fits = |pinned: &&PinnedProcedure| {
        pinned.procedure.time_limit == time_limit && pinned.procedure.fee_rules.is_empty() != costs
    };
    PROCEDURES.iter().find(fits).expect("there is one of each")
}

pub fn answers(complete: bool) -> String {
    let mut answers = json!({
        "person_name": "Nguyễn Văn An", "person_birth_date": "1999-12-31", "event": "BIRTH", "event_date": "1999-12-31",
        "event_place": "Hà Nội", "copies": 2, "purpose": "STUDY", "applicant_name": "Nguyễn Văn An",
        "applicant_citizen_number": "000199012345",
    });
    if complete {
        answers["truthful"] = true.into();
    }
    answers.to_string()
}

pub fn draft(now: DateTime<Utc>) -> Dossier {
    Dossier {
        channel: civic::FilingChannel::Online,
        taken_at: None,
        helped: false,
        id: Uuid::from_u128(1),
        procedure_version: Uuid::from_u128(2),
        agency: "H44.100".parse().expect("a code"),
        applicant: Party::person(Uuid::from_u128(3)),
        filer: Uuid::from_u128(3),
        applicant_name: "Nguyễn Văn An".into(),
        status: DossierStatus::Draft,
        answers: answers(true),
        version: 1,
        filed: None,
        charges: Vec::new(),
        clock: Clock::default(),
        custody: Vec::new(),
        place: None,
        requests: Vec::new(),
        lateness: Vec::new(),
        created_at: now,
        received_at: None,
        completed_at: None,
    }
}

/// As a filing is stored.
fn stored(filing: &Filing) -> Dossier {
    let day = filing.submitted_at.with_timezone(&VIETNAM).date_naive();
    filing.dossier(DossierCode::new(filing.draft.agency.clone(), day, 1).expect("a code"))
}

/// What becomes of a dossier, without what is told.
fn done<E>(change: Result<Change<E>, Refusal>) -> Result<Option<(Dossier, Vec<Step>)>, Refusal> {
    change.map(|change| Some((change.dossier, change.steps)))
}

/// An open request for a paper.
pub fn request(now: DateTime<Utc>) -> Request {
    Request {
        answer_by: Some(now + TimeDelta::days(7)),
        papers: vec![paper()],
        ..Request::made(RequestKind::Supplement, OFFICIAL, now, String::new())
    }
}

/// What another agency is asked.
fn question(now: DateTime<Utc>) -> Question {
    Question {
        asked_of: "H44.101".parse().expect("a code"),
        text: "Đề nghị xác minh nơi cư trú.".into(),
        shows: Shown::Papers,
        answer_by: now + TimeDelta::days(3),
    }
}

/// A further fee.
fn charged() -> Charged {
    let line = ("Phí thẩm định".into(), Vnd::new(150_000).expect("an amount"), "Thông tư 85/2019/TT-BTC".into());
    Charged::of(vec![line]).expect("a charge")
}

fn paper() -> AskedPaper {
    AskedPaper { component: "CT01".into(), reason: "Mờ.".into(), guidance: "Chụp lại.".into() }
}

impl Case {
    pub fn ask(
        &self,
        pinned: &PinnedProcedure,
        override_reason: Option<&str>,
    ) -> Result<Option<(Dossier, Vec<Step>)>, Refusal> {
        let asked = Supplement {
            papers: vec![paper()],
            message: None,
            override_reason: override_reason.map(str::to_owned),
            answer_by: self.now + TimeDelta::days(7),
        };
        let calendar = WorkingCalendar::vietnam();
        done(self.dossier.request_supplement(&pinned.procedure, asked, OFFICIAL, self.now, &calendar))
    }

    fn last_request(&self) -> i32 {
        i32::try_from(self.dossier.requests.len()).expect("few requests")
    }

    fn extend(
        &self,
        procedure: &Procedure,
        override_reason: Option<&str>,
    ) -> Result<Option<(Dossier, Vec<Step>)>, Refusal> {
        let override_reason = override_reason.map(str::to_owned);
        let extension = Extension { working_days: 1, reason: "Phải xác minh thêm.".into(), override_reason };
        done(self.dossier.extend(procedure, extension, OFFICIAL, self.now, &WorkingCalendar::vietnam()))
    }

    fn correct(&self, procedure: &Procedure, time: CorrectionTime) -> Result<Option<(Dossier, Vec<Step>)>, Refusal> {
        let calendar = WorkingCalendar::vietnam();
        done(self.dossier.correct(procedure, "Ghi sai ngày sinh.", time, OFFICIAL, self.now, &calendar))
    }

    fn file(&self, pinned: &PinnedProcedure) -> Result<Filing, Refusal> {
        let secret = Secret::new("secret");
        self.dossier.file(pinned, &self.components, secret, self.now, &WorkingCalendar::vietnam())
    }

    pub fn settle(
        &self,
        pinned: &PinnedProcedure,
        order: u128,
        more: i64,
    ) -> Result<Option<(Dossier, Vec<Step>)>, Refusal> {
        let charge = self.dossier.charge();
        let order_id = charge.map_or_else(Uuid::nil, |charge| charge.order_id);
        let report = OrderReport {
            order_id: Uuid::from_u128(order_id.as_u128() ^ order),
            total: Vnd::new(charge.map_or(0, |charge| charge.total.dong()) + more).expect("an amount"),
            state: OrderState::Paid,
            version: None,
            paid_at: Some(self.now),
        };
        let change = self.dossier.settle(&pinned.procedure, report, self.now, &WorkingCalendar::vietnam())?;
        Ok(change.map(|change| (change.dossier, change.steps)))
    }

    /// The dossier after payments told of the `version` of its order, which was paid with the third and then given back.
    pub fn told(&self, version: usize, pinned: &PinnedProcedure) -> Option<Dossier> {
        let charge = self.dossier.charge().expect("a charge");
        let state = ORDER[version];
        let report = OrderReport {
            order_id: charge.order_id,
            total: charge.total,
            state,
            version: Some(i64::try_from(version).expect("a version")),
            paid_at: (version >= 3).then_some(self.now),
        };
        let change = self.dossier.settle(&pinned.procedure, report, self.now, &WorkingCalendar::vietnam());
        change.expect("its own order").map(|change| change.dossier)
    }

    /// The dossier afterwards and the steps to it; nothing when nothing became of it.
    pub fn tried(
        &self,
        operation: Operation,
        pinned: &PinnedProcedure,
    ) -> Result<Option<(Dossier, Vec<Step>)>, Refusal> {
        let (procedure, calendar) = (&pinned.procedure, WorkingCalendar::vietnam());
        match operation {
            Operation::File => self.file(pinned).map(|filing| Some((stored(&filing), filing.steps))),
            Operation::Receive => {
                let receive = self.dossier.receive(procedure, OFFICIAL, self.now, &calendar);
                receive.map(|change| Some((change.dossier, change.steps)))
            }
            Operation::Complete => self
                .dossier
                .complete(procedure, self.results, self.now, &calendar)
                .map(|change| Some((change.dossier, change.steps))),
            Operation::Decline => {
                self.dossier.decline(procedure, self.now, &calendar).map(|change| Some((change.dossier, change.steps)))
            }
            Operation::Return => done(self.dossier.return_result(procedure, self.now, &calendar)),
            Operation::Refuse => done(self.dossier.refuse(procedure, "Không thuộc thẩm quyền.", self.now, &calendar)),
            Operation::AskPapers => self.ask(pinned, None),
            Operation::AskPapersAgain => self.ask(pinned, Some("Phát sinh từ kết quả xác minh.")),
            Operation::SendPapers => {
                done(self.dossier.answer_supplement(procedure, &self.supplied, self.now, &calendar))
            }
            Operation::TakePapers => {
                let brought = ["CT01".to_owned()];
                done(self.dossier.take_supplement(procedure, &brought, OFFICIAL, self.now, &calendar))
            }
            Operation::Lapse => {
                let lapsed = self.dossier.lapse_supplement(procedure, self.last_request(), self.now, &calendar)?;
                Ok(lapsed.map(|change| (change.dossier, change.steps)))
            }
            Operation::Withdraw => done(self.dossier.withdraw(procedure, None, self.now, &calendar)),
            Operation::Stop => done(self.dossier.stop(procedure, "Chờ kết luận giám định.", self.now, &calendar)),
            Operation::Resume => done(self.dossier.resume(procedure, self.now, &calendar)),
            Operation::Consult => done(self.dossier.consult(procedure, question(self.now), OFFICIAL, self.now)),
            Operation::AnswerConsultation => {
                let answer = Answer { text: "Đã cư trú tại xã.".into(), declined: false };
                done(self.dossier.answer_consultation(procedure, self.last_request(), answer, OFFICIAL, self.now))
            }
            Operation::CancelConsultation => done(self.dossier.cancel_consultation(self.last_request())),
            Operation::Correct => self.correct(procedure, CorrectionTime::Over),
            Operation::CorrectAnew => self.correct(procedure, CorrectionTime::Anew),
            Operation::Charge => done(self.dossier.charge_further(procedure, charged(), self.now, &calendar)),
            Operation::CancelCharge => {
                done(self.dossier.cancel_charge(procedure, "Được miễn phí.", self.now, &calendar))
            }
            Operation::Extend => self.extend(procedure, None),
            Operation::ExtendAgain => self.extend(procedure, Some("Phát sinh xác minh thêm.")),
            Operation::Pay => self.settle(pinned, 0, 0),
            Operation::PayAnotherOrder => self.settle(pinned, 1, 0),
            Operation::PayAnotherAmount => self.settle(pinned, 0, 1),
            Operation::Issue | Operation::Supply | Operation::Wait(_) => Ok(None),
        }
    }

    /// Tries one thing after the other; gives every change with the case before and after it.
    pub fn walk(
        mut self,
        operations: &[Operation],
        pinned: &PinnedProcedure,
    ) -> Vec<(Operation, Self, Self, Vec<Step>)> {
        let mut changes = Vec::new();
        for operation in operations.iter().copied() {
            match operation {
                Operation::Wait(minutes) => self.now += TimeDelta::minutes(minutes),
                Operation::Supply => self.supplied = vec!["CT01".into()],
                Operation::Issue => self.results += usize::from(self.dossier.may_take_result().is_ok()),
                _ => {
                    if let Ok(Some((dossier, steps))) = self.tried(operation, pinned) {
                        let mut after = Self { dossier, ..self.clone() };
                        if after.dossier.open_supplement().is_none() {
                            after.supplied.clear();
                        }
                        if matches!(operation, Operation::Correct | Operation::CorrectAnew) {
                            after.results = 0;
                        }
                        changes.push((operation, self, after.clone(), steps));
                        self = after;
                    }
                }
            }
        }
        changes
    }
}
