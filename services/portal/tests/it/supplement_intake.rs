//! What an applicant was asked for is brought to the counter, in a browser without script.

use crate::{
    browser::{Browser, Page, upload_from, upload_to},
    filing::PDF,
    fixture::Fixture,
    intake,
    office::{PROCESSOR, RECEIVER, paid, receive},
};

const PAPERS: [(&str, &str); 2] =
    [("GIAY_TO_KHAC-reason", "Thiếu văn bản ủy quyền."), ("GIAY_TO_KHAC-guidance", "Nộp bản có chứng thực.")];

/// A dossier that a paper is asked for; gives its address at the desk.
async fn asked(fixture: &Fixture, citizen: &Browser, receiver: &Browser) -> String {
    let work = format!("/work/dossiers/{}", paid(fixture, citizen).await);
    receive(receiver, &work).await.expect(303);
    let form = receiver.get(&format!("{work}/supplement-request")).await.expect(200);
    form.submit(receiver, &PAPERS).await.expect(303);
    work
}

/// Sends the form that takes the papers in.
async fn take(receiver: &Browser, page: &Page, work: &str, typed: &[(&str, &str)]) -> Page {
    page.submit_to(receiver, &format!("{work}/supplement-intake"), typed).await
}

#[tokio::test]
async fn a_receiver_scans_or_counts_what_is_brought_and_what_is_missing_is_named() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let work = asked(&fixture, &citizen, &receiver).await;
    receiver.get(&work).await.expect(200).says("Nhận giấy tờ bổ sung tại quầy");
    let at = format!("{work}/supplement-intake");
    let page = receiver.get(&at).await.expect(200);
    page.says("Thiếu văn bản ủy quyền.").says("Nộp bản có chứng thực.");
    let missing = take(&receiver, &page, &work, &[("note", "Bà An đến quầy.")]).await.expect(422);
    missing.says("Chưa quét, chưa ghi bản giấy").says("Bà An đến quầy.");
    assert!(missing.html.contains("id=\"paper-GIAY_TO_KHAC-error\""), "{}", missing.html);
    upload_to(&receiver, &at, "hong.pdf", &PDF[..40]).await.expect(422).says("Tệp bị hỏng hoặc chưa đủ");
    assert_eq!(upload_to(&receiver, &at, "quet.pdf", PDF).await.leads_to(), at);
    let page = receiver.get(&at).await.expect(200);
    page.says("quet.pdf");
    let taken = take(&receiver, &page, &work, &[("copies-GIAY_TO_KHAC", "2"), ("note", "Bà An đến quầy.")]).await;
    assert_eq!(taken.leads_to(), format!("{work}?done=TAKE_SUPPLEMENT"));
    let done = receiver.get(taken.leads_to()).await.expect(200);
    done.says("Đã nhận giấy tờ bổ sung tại quầy")
        .says("đã nhận bản giấy: 0 bản chính, 2 bản sao")
        .says("Bà An đến quầy.");
    let seen = citizen.get(&work.replace("/work", "")).await.expect(200);
    seen.says("Đã bổ sung giấy tờ tại quầy").says("nhận tại quầy").says_not("Bà An đến quầy.");
    assert_eq!(receiver.get(&at).await.leads_to(), work, "nothing is asked for any more");
}

#[tokio::test]
async fn who_comes_to_the_counter_after_she_sent_it_in_herself_is_seen_at_once() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let work = asked(&fixture, &citizen, &receiver).await;
    let page = receiver.get(&format!("{work}/supplement-intake")).await.expect(200);
    let own = format!("{}/supplement", work.replace("/work", ""));
    upload_to(&citizen, &own, "a.pdf", PDF).await.expect(303);
    citizen.get(&own).await.expect(200).submit_to(&citizen, &own, &[]).await.expect(303);
    let late = take(&receiver, &page, &work, &[("paper-GIAY_TO_KHAC", "1"), ("note", "Đã nhận tại quầy.")]).await;
    late.expect(409).says("Đã thay đổi trong lúc đó").says("Đã nhận tại quầy.");
}

#[tokio::test]
async fn a_file_for_papers_that_nobody_waits_for_any_more_is_not_dropped_without_a_word() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let work = asked(&fixture, &citizen, &receiver).await;
    let (at, own) = (format!("{work}/supplement-intake"), format!("{}/supplement", work.replace("/work", "")));
    let [scans, papers] = [receiver.get(&at).await.expect(200), citizen.get(&own).await.expect(200)];
    take(&receiver, &receiver.get(&at).await, &work, &[("paper-GIAY_TO_KHAC", "1")]).await.expect(303);
    for (who, page) in [(&receiver, scans), (&citizen, papers)] {
        let late = upload_from(who, &page, "quet.pdf", PDF, &[]).await.expect(409);
        late.says("Tệp vừa gửi không được lưu").says("quet.pdf");
    }
}

#[tokio::test]
async fn of_two_clicks_at_once_both_lead_to_what_was_taken_in() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let work = asked(&fixture, &citizen, &receiver).await;
    let page = receiver.get(&format!("{work}/supplement-intake")).await.expect(200);
    let typed = [("paper-GIAY_TO_KHAC", "1")];
    let (first, second) = tokio::join!(take(&receiver, &page, &work, &typed), take(&receiver, &page, &work, &typed));
    for click in [first, second] {
        assert_eq!(click.leads_to(), format!("{work}?done=TAKE_SUPPLEMENT"));
    }
}

#[tokio::test]
async fn numbers_of_papers_are_refused_beside_what_they_count_and_kept_when_it_is_too_late() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let work = asked(&fixture, &citizen, &receiver).await;
    let page = receiver.get(&format!("{work}/supplement-intake")).await.expect(200);
    for wrong in ["-1", "1.0", "hai", "70000", "1000"] {
        let refused = take(&receiver, &page, &work, &[("copies-GIAY_TO_KHAC", wrong)]).await.expect(422);
        refused.says("Ghi số nguyên từ 0 đến 999.");
        assert!(refused.html.contains("id=\"copies-GIAY_TO_KHAC-error\""), "{wrong}: {}", refused.html);
        assert!(!refused.html.contains("id=\"paper-GIAY_TO_KHAC-error\""), "{wrong}: {}", refused.html);
    }
    let way = citizen.get(&format!("{}/return-way", work.replace("/work", ""))).await.expect(200);
    way.submit(&citizen, &[("way", "COUNTER")]).await.expect(303);
    let late = take(&receiver, &page, &work, &[("paper-GIAY_TO_KHAC", "3"), ("copies-GIAY_TO_KHAC", "7")]).await;
    late.expect(409).says("Bản chính: 3").says("Bản sao: 7");
}

#[tokio::test]
async fn the_centre_that_took_a_dossier_in_sees_it_and_takes_in_what_is_asked_for() {
    let fixture = Fixture::open().await;
    let centre = fixture.signed_in("tiepnhan@h44-101.example.vn").await;
    let processor = fixture.signed_in(PROCESSOR).await;
    let scans = intake::taken_for(&centre, "H44.101", "H44.100").await;
    let work = format!("/work/dossiers/{}", scans.rsplit('/').next().expect("an id"));
    let form = processor.get(&format!("{work}/supplement-request")).await.expect(200);
    let papers = [("BAN_CHINH-reason", "Bản chụp bị mờ."), ("BAN_CHINH-guidance", "Mang bản chính đến quầy.")];
    form.submit(&processor, &papers).await.expect(303);
    centre.get(&work).await.expect(200).says("Nhận giấy tờ bổ sung tại quầy").says_not("Ghi chú nội bộ");
    let page = centre.get(&format!("{work}/supplement-intake")).await.expect(200);
    let taken = take(&centre, &page, &work, &[("paper-BAN_CHINH", "1")]).await;
    centre.get(taken.leads_to()).await.expect(200).says("Đã nhận giấy tờ bổ sung tại quầy");
}

#[tokio::test]
async fn who_does_not_receive_has_no_such_page_and_nothing_asked_is_nothing_to_take() {
    let fixture = Fixture::open().await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let processor = fixture.signed_in(PROCESSOR).await;
    let scans = intake::taken(&receiver).await;
    let work = format!("/work/dossiers/{}", scans.rsplit('/').next().expect("an id"));
    assert_eq!(receiver.get(&format!("{work}/supplement-intake")).await.leads_to(), work);
    processor.get(&format!("{work}/supplement-intake")).await.expect(403);
}
