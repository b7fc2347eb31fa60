//! The printer: the same for the same, and bounded.

use documents::{Form, PrintError, Printer, fingerprint};
use tokio::task::JoinSet;

use crate::examples::{all, receipt, refusal};

#[tokio::test]
async fn equal_forms_give_equal_bytes_and_others_do_not() {
    let (one, other) = (Printer::start().expect("a thread"), Printer::start().expect("a thread"));
    let printed = one.print(all()).await.expect("a PDF");
    assert!(printed == other.print(all()).await.expect("a PDF"), "equal forms, unequal bytes");
    assert_eq!(fingerprint(&all()).expect("data"), fingerprint(&all()).expect("data"));
    let mut changed = receipt();
    changed.due_now = None;
    let (changed, as_it_was) = ([Form::Receipt(changed)], [Form::Receipt(receipt())]);
    assert_ne!(fingerprint(&changed).expect("data"), fingerprint(&as_it_was).expect("data"));
}

#[tokio::test]
async fn what_says_more_than_a_document_may_is_refused_before_it_is_made() {
    let mut form = refusal();
    form.reason = Some("a ".repeat(3_000_000));
    let refused = Printer::start().expect("a thread").print(vec![Form::Refusal(form)]).await;
    assert!(matches!(refused, Err(PrintError::TooLong)), "{refused:?}");
}

#[tokio::test]
async fn one_too_many_is_told_to_come_back_and_those_who_wait_are_served() {
    let printer = Printer::start().expect("a thread");
    let mut waiting = JoinSet::new();
    for _ in 0..40 {
        let printer = printer.clone();
        waiting.spawn(async move { printer.print(vec![Form::Receipt(receipt())]).await });
    }
    let told = waiting.join_all().await;
    let served = told.iter().filter(|one| one.is_ok()).count();
    assert!(served >= 16, "{served} served");
    assert!(told.iter().any(|one| matches!(one, Err(PrintError::Busy))), "nobody was told to come back");
    assert!(printer.print(vec![Form::Receipt(receipt())]).await.is_ok(), "and then there is room again");
}
