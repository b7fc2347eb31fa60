//! Events travel as CloudEvents 1.0, open as what they are, and may grow.

use chrono::{DateTime, Utc};
use civic::events::{DossierSubmitted, PaymentSettled, RegistrationStarted};
use civic::{Envelope, EnvelopeError, Event, Language, LocalText, Party, Secret, Vnd, order_id};
use serde_json::json;
use uuid::{Uuid, uuid};

const DOSSIER: Uuid = uuid!("01920000-0000-7000-8000-000000000001");
const EVENT: Uuid = uuid!("01980000-0000-7000-8000-000000000002");

fn moment() -> DateTime<Utc> {
    "2026-07-21T03:15:30Z".parse().unwrap()
}

fn settled() -> PaymentSettled {
    PaymentSettled {
        order_id: order_id(DOSSIER, 1),
        dossier_id: DOSSIER,
        amount: Vnd::new(8_000).unwrap(),
        provider: "vnpay".to_owned(),
        provider_reference: "14226112".to_owned(),
        paid_at: moment(),
    }
}

fn wrap<E: Event>(event: &E) -> Envelope {
    Envelope::wrap(EVENT, "/payments", moment(), None, event).unwrap()
}

#[test]
fn an_envelope_is_cloudevents_json() {
    let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let envelope = Envelope::wrap(EVENT, "/payments", moment(), Some(trace.to_owned()), &settled()).unwrap();
    let expected = json!({
        "specversion": "1.0",
        "id": "01980000-0000-7000-8000-000000000002",
        "source": "/payments",
        "type": "vn.motcua.payment.settled.v1",
        "subject": order_id(DOSSIER, 1),
        "time": "2026-07-21T03:15:30Z",
        "datacontenttype": "application/json",
        "traceparent": trace,
        "data": {
            "order_id": order_id(DOSSIER, 1),
            "dossier_id": DOSSIER,
            "amount": {"amount": 8000, "currency": "VND"},
            "provider": "vnpay",
            "provider_reference": "14226112",
            "paid_at": "2026-07-21T03:15:30Z",
        },
    });
    assert_eq!(serde_json::to_value(&envelope).unwrap(), expected);
    let read: Envelope = serde_json::from_value(expected).unwrap();
    assert_eq!(read.open::<PaymentSettled>().unwrap(), settled());
}

#[test]
fn fields_a_reader_does_not_know_are_ignored() {
    let mut wire = serde_json::to_value(wrap(&settled())).unwrap();
    wire["partitionkey"] = json!("x");
    wire["data"]["channel"] = json!("qr");
    let envelope: Envelope = serde_json::from_value(wire).unwrap();
    assert_eq!(envelope.open::<PaymentSettled>().unwrap(), settled());
}

#[test]
fn an_envelope_opens_only_as_its_own_event() {
    let envelope = wrap(&settled());
    assert!(matches!(
        envelope.open::<DossierSubmitted>(),
        Err(EnvelopeError::OtherEvent { found, .. }) if found == PaymentSettled::TYPE
    ));
    let other_version = Envelope { specversion: "2.0".to_owned(), ..envelope.clone() };
    assert!(matches!(other_version.open::<PaymentSettled>(), Err(EnvelopeError::Version)));
    let broken = Envelope { data: json!({"order_id": 1}), ..envelope };
    assert!(matches!(broken.open::<PaymentSettled>(), Err(EnvelopeError::Data { .. })));
}

#[test]
fn a_filing_keeps_every_field() {
    let filing = DossierSubmitted {
        at_counter: false,
        dossier_id: DOSSIER,
        code: "H44.100-260721-0001".parse().unwrap(),
        procedure: "2.000635".parse().unwrap(),
        procedure_name: LocalText::new("Bản sao trích lục hộ tịch", "Civil-status copy"),
        agency: "H44.100".parse().unwrap(),
        applicant: Party::person(DOSSIER),
        submitted_at: moment(),
        due_at: moment(),
        tracking_secret: Secret::new("k3y"),
        awaiting_fee: true,
    };
    let text = serde_json::to_string(&wrap(&filing)).unwrap();
    let read: Envelope = serde_json::from_str(&text).unwrap();
    assert_eq!(read.open::<DossierSubmitted>().unwrap(), filing);
    assert_eq!(read.subject, DOSSIER.to_string());
}

#[test]
fn debug_shows_neither_data_nor_secrets() {
    let started = RegistrationStarted {
        registration_id: DOSSIER,
        email: "minh.khai@example.vn".parse().unwrap(),
        name: "Minh Khai".parse().unwrap(),
        code: Secret::new("482913"),
        expires_at: moment(),
        language: Language::Vi,
    };
    for shown in [format!("{started:?}"), format!("{:?}", wrap(&started))] {
        assert!(!shown.contains("minh.khai") && !shown.contains("482913"), "{shown}");
    }
}

#[test]
fn a_payment_order_s_id_follows_from_dossier_and_round() {
    assert_eq!(order_id(DOSSIER, 1), uuid!("4131ab76-0836-554d-a468-fdcb941bd2a9"));
    assert_eq!(order_id(DOSSIER, 2), uuid!("8773a1f1-e4a9-53cc-b0f7-077a71436bab"));
}
