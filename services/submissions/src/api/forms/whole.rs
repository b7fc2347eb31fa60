//! Every field of forms 01 to 06 that can be known is filled, from one dossier to which everything happened.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use chrono::{DateTime, TimeDelta, Utc};
use civic::{DossierStatus, FilingChannel, OfficialRole, Party, Secret, WorkingCalendar};
use procedure::{PinnedProcedure, Procedure};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{for_dossier::form, number::FormNumber, source::Source, words::hours};
use crate::{
    domain::{
        actions::{
            choose_return::WantedReturn,
            consult::{Question, Shown},
            extend::Extension,
            request_supplement::Supplement,
            return_result::ReturnWay,
        },
        clock::Clock,
        dossier::Dossier,
        intake::HandedPaper,
        request::AskedPaper,
        stage::Actor,
    },
    store::{agencies::Office, documents::Document, history::Entry},
};

const RESIDENCE: &str = include_str!("../../../../catalogue/data/procedures/1.004222/4.json");
const OFFICIAL: Uuid = Uuid::from_u128(5);
const WHY: &str = "Chờ xác minh tại xã Rừng Cọ.";
/// What nobody here knows, and why.
const UNKNOWN: [(&str, &str); 1] =
    [("/letterhead/superior", "accounts tells of the agency above, which is not kept here")];

/// What a form's JSON holds nothing of. A column of a table is filled when one of its lines has it.
fn empty(value: &Value, place: &str) -> BTreeSet<String> {
    match value {
        Value::Null => BTreeSet::from([place.to_owned()]),
        Value::String(text) if text.is_empty() => BTreeSet::from([place.to_owned()]),
        Value::Array(lines) => {
            let mut empties = lines.iter().map(|line| empty(line, &format!("{place}/*")));
            let first = empties.next().unwrap_or_else(|| BTreeSet::from([place.to_owned()]));
            empties.fold(first, |all, one| all.intersection(&one).cloned().collect())
        }
        Value::Object(fields) => fields.iter().flat_map(|(name, it)| empty(it, &format!("{place}/{name}"))).collect(),
        _ => BTreeSet::new(),
    }
}

fn pinned() -> PinnedProcedure {
    let procedure: Procedure = serde_json::from_str(RESIDENCE).expect("a procedure");
    PinnedProcedure { version: 4, form: procedure.form().expect("it hangs together"), procedure }
}

fn draft(now: DateTime<Utc>) -> Dossier {
    let answers = json!({
        "person_name": "Nguyễn Văn An", "person_birth_date": "1995-01-02", "person_gender": "MALE",
        "person_citizen_number": "000095012345", "person_phone": "+84912345678", "person_email": "an@example.vn",
        "current_residence": "Phường Thanh Miếu, tỉnh Phú Thọ", "new_residence": "Phường Việt Trì, tỉnh Phú Thọ",
        "residence_kind": "OWNED", "householder_name": "Nguyễn Văn An", "householder_relationship": "Chủ hộ",
        "content": "Đăng ký thường trú tại chỗ ở mới.", "truthful": true,
    });
    Dossier {
        id: Uuid::from_u128(1),
        procedure_version: Uuid::from_u128(2),
        agency: "H44.100".parse().expect("a code"),
        applicant: Party::person(Uuid::from_u128(3)),
        filer: Uuid::from_u128(4),
        channel: FilingChannel::Direct,
        taken_at: None,
        helped: false,
        applicant_name: "Nguyễn Văn An".into(),
        status: DossierStatus::Draft,
        answers: answers.to_string(),
        version: 1,
        filed: None,
        charges: Vec::new(),
        clock: Clock::default(),
        custody: Vec::new(),
        requests: Vec::new(),
        lateness: Vec::new(),
        created_at: now,
        received_at: None,
        completed_at: None,
        place: None,
    }
}

/// A dossier that was received, taken, supplemented, put off twice, asked about and stopped.
fn lived(pinned: &PinnedProcedure, begun: DateTime<Utc>) -> Dossier {
    let (procedure, calendar) = (&pinned.procedure, WorkingCalendar::vietnam());
    let at = |hours: i64| begun + TimeDelta::hours(hours);
    let components = ["CT01".to_owned(), "CHO_O_HOP_PHAP".to_owned()];
    let filing =
        draft(begun).file(pinned, &components, Secret::new("secret"), begun, &calendar).expect("it is complete");
    let filed = filing.dossier("H44.100-260720-0001".parse().expect("a code"));
    let received = filed.receive(procedure, OFFICIAL, begun, &calendar).expect("it is received").dossier;
    let roles = OfficialRole::ALL.to_vec();
    let by = Actor { id: OFFICIAL, roles, ..Actor::default() };
    let taken = received.take(procedure, &by, at(1), &calendar).expect("nobody has it").dossier;
    let paper = AskedPaper { component: "CT01".into(), reason: "Mờ.".into(), guidance: "Chụp lại.".into() };
    let asked = Supplement {
        papers: vec![paper],
        message: Some("Xin gửi trong một lần.".into()),
        override_reason: None,
        answer_by: at(240),
    };
    let asked = taken.request_supplement(procedure, asked, OFFICIAL, at(2), &calendar).expect("it is asked").dossier;
    let supplied =
        asked.take_supplement(procedure, &components, OFFICIAL, at(24), &calendar).expect("all is there").dossier;
    let extension = || Extension { working_days: 1, reason: WHY.into(), override_reason: Some(WHY.into()) };
    let once = supplied.extend(procedure, extension(), OFFICIAL, at(25), &calendar).expect("it is not late").dossier;
    let twice = once.extend(procedure, extension(), OFFICIAL, at(26), &calendar).expect("for a reason").dossier;
    let question = Question {
        asked_of: "H44.101".parse().expect("a code"),
        text: "Đề nghị xác minh nơi cư trú.".into(),
        shows: Shown::Papers,
        answer_by: at(72),
    };
    let consulted = twice.consult(procedure, question, OFFICIAL, at(26)).expect("it is worked on").dossier;
    let stopped = consulted.stop(procedure, WHY, at(27), &calendar).expect("it is worked on").dossier;
    let custody =
        stopped.custody.iter().cloned().map(|it| crate::domain::custody::Handover { note: Some(WHY.into()), ..it });
    Dossier { custody: custody.collect(), ..stopped }
}

fn step(seq: i32, at: DateTime<Utc>, from: DossierStatus, to: DossierStatus) -> Entry {
    Entry {
        dossier: Uuid::from_u128(1),
        seq,
        at,
        from_status: from.to_string(),
        to_status: to.to_string(),
        actor_kind: "OFFICIAL".into(),
        actor_id: Some(OFFICIAL),
        note: None,
        reason: Some(WHY.into()),
    }
}

fn source() -> Source {
    let begun: DateTime<Utc> = "2026-07-20T02:00:00Z".parse().expect("a moment");
    let pinned = pinned();
    let dossier = lived(&pinned, begun);
    let document = Document {
        id: Uuid::from_u128(9),
        dossier: dossier.id,
        component: "CT01".into(),
        file_name: "a.pdf".into(),
        media_type: "application/pdf".into(),
        size: 1,
        sha256: Vec::new(),
        object_key: "a".into(),
        uploaded_at: begun,
        request: None,
    };
    let stopped_at = begun + TimeDelta::hours(27);
    Source {
        filed: dossier.filed.clone().expect("it is filed"),
        pinned: Arc::new(pinned),
        documents: vec![document],
        handed_papers: vec![HandedPaper { component: "CHO_O_HOP_PHAP".into(), originals: 1, copies: 2 }],
        wanted: WantedReturn { way: ReturnWay::Counter, address: None, phone: None },
        history: vec![
            step(1, begun, DossierStatus::Registered, DossierStatus::NotReceived),
            step(2, stopped_at, DossierStatus::Processing, DossierStatus::Stopped),
        ],
        hours: hours(&WorkingCalendar::vietnam()),
        agency: Office {
            name: "Ủy ban nhân dân phường Đồi Chè".into(),
            address: Some("Số 12 đường Hùng Vương".into()),
            phone: Some("+842103847777".into()),
        },
        names: HashMap::from([(OFFICIAL, "Trần Văn Tiếp".to_owned())]),
        tracking: "https://motcua.example.vn/tracking".into(),
        dossier,
    }
}

#[test]
fn every_field_that_can_be_known_is_filled_from_a_whole_dossier() {
    let source = source();
    let mut missing = BTreeSet::new();
    for number in FormNumber::ALL {
        let form = form(*number, &source).unwrap_or_else(|why| panic!("form {number}: {}", why.code));
        let form = serde_json::to_value(&form).expect("JSON");
        let known = |place: &String| !UNKNOWN.iter().any(|(unknown, _)| unknown == place);
        missing.extend(empty(&form, "").into_iter().filter(known).map(|place| format!("form {number}: {place}")));
    }
    assert!(missing.is_empty(), "nothing is said of {missing:#?}");
}

#[test]
fn form_02_says_whom_to_ask_and_when() {
    let form = serde_json::to_value(form(FormNumber::Supplement, &source()).expect("form 02")).expect("JSON");
    let hours = "07 giờ 00 – 11 giờ 30, 13 giờ 30 – 17 giờ 00 các ngày làm việc";
    assert_eq!(form["contact"], json!({"official": "Trần Văn Tiếp", "phone": "+842103847777", "hours": hours}));
}
