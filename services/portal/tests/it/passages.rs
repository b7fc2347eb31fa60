//! What officials do with a dossier besides receiving and completing it, and what its applicant answers, in a browser without script.

use crate::{
    browser::{upload_to, upload_with},
    filing::{PDF, filed},
    fixture::Fixture,
    office::{PROCESSOR, RECEIVER, paid, receive},
};

#[tokio::test]
async fn papers_are_asked_for_uploaded_and_sent_in_and_the_work_goes_on() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let id = paid(&fixture, &citizen).await;
    let (work, own) = (format!("/work/dossiers/{id}"), format!("/dossiers/{id}"));
    let receiver = fixture.signed_in(RECEIVER).await;
    receive(&receiver, &work).await.expect(303);
    let page = receiver.get(&format!("{work}/supplement-request")).await.expect(200);
    page.submit(&receiver, &[]).await.expect(422).says("Ghi lý do và cách bổ sung cho ít nhất một giấy tờ.");
    let half = page.submit(&receiver, &[("GIAY_TO_KHAC-reason", "Thiếu văn bản ủy quyền.")]).await.expect(422);
    half.says("Thiếu văn bản ủy quyền.");
    let papers =
        [("GIAY_TO_KHAC-reason", "Thiếu văn bản ủy quyền."), ("GIAY_TO_KHAC-guidance", "Nộp bản có chứng thực.")];
    let asked = half.submit(&receiver, &papers).await;
    assert_eq!(asked.leads_to(), format!("{work}?done=REQUEST_SUPPLEMENT"));
    receiver.get(asked.leads_to()).await.expect(200).says("Đã yêu cầu bổ sung giấy tờ").says("Tạm dừng tính hạn");
    citizen.get(&own).await.expect(200).says("Nộp bản có chứng thực.").says("Bổ sung giấy tờ");
    let supplement = format!("{own}/supplement");
    citizen.get(&supplement).await.expect(200).says("Tải lên đủ các giấy tờ trên rồi gửi.");
    upload_to(&citizen, &supplement, "a.pdf", &PDF[..40]).await.expect(422).says("Tệp bị hỏng hoặc chưa đủ");
    assert_eq!(upload_to(&citizen, &supplement, "ủy quyền.pdf", PDF).await.leads_to(), supplement);
    let ready = citizen.get(&supplement).await.expect(200);
    ready.says("ủy quyền.pdf").says("Gửi giấy tờ bổ sung");
    let send = ready.html.rsplit_once("<form ").expect("a form").1.split("</form>").next().expect("a form").to_owned();
    let page = crate::browser::Page { html: format!("<main><form {send}</form>"), ..ready };
    let sent = page.submit(&citizen, &[]).await;
    assert_eq!(sent.leads_to(), format!("{own}?done=ANSWER_SUPPLEMENT"));
    citizen.get(sent.leads_to()).await.expect(200).says("Đã gửi giấy tờ bổ sung").says("đã bổ sung");
    assert_eq!(citizen.get(&supplement).await.leads_to(), own);
    receiver.get(&work).await.expect(200).says("Đang xử lý").says("ủy quyền.pdf").says("Hẹn trả kết quả chuyển từ");
    let page = receiver.get(&format!("{work}/supplement-request")).await.expect(200);
    let again = page.submit(&receiver, &papers).await.expect(422);
    again.says("Muốn yêu cầu thêm phải ghi lý do.").says("Thiếu văn bản ủy quyền.");
    let why = [&papers[..], &[("override_reason", "Kết quả xác minh khác với giấy đã nộp.")]].concat();
    assert_eq!(again.submit(&receiver, &why).await.leads_to(), format!("{work}?done=REQUEST_SUPPLEMENT"));
}

#[tokio::test]
async fn a_dossier_is_refused_with_its_reason_and_nothing_else_is_offered_then() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let id = paid(&fixture, &citizen).await;
    let work = format!("/work/dossiers/{id}");
    let receiver = fixture.signed_in(RECEIVER).await;
    let page = receiver.get(&format!("{work}/refusal")).await.expect(200);
    page.says("Lỗi kỹ thuật của hệ thống không phải là lý do từ chối.");
    let short = page.submit(&receiver, &[("reason", "Sai.")]).await.expect(422);
    short.says("Ít nhất 10 ký tự.");
    let reason = "Không thuộc thẩm quyền giải quyết của phường.";
    let refused = short.submit(&receiver, &[("reason", reason)]).await;
    receiver.get(refused.leads_to()).await.expect(200).says("Đã từ chối tiếp nhận hồ sơ").says(reason);
    let told = citizen.get(&format!("/dossiers/{id}")).await.expect(200);
    told.says("Không được tiếp nhận").says(reason).says_not("Hẹn trả kết quả");
    for page in ["/refusal", "/receipt", "/supplement-request"] {
        assert_eq!(receiver.get(&format!("{work}{page}")).await.leads_to(), work, "{page}");
    }
}

#[tokio::test]
async fn the_work_is_stopped_and_goes_on_and_both_are_read_by_the_applicant() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let id = paid(&fixture, &citizen).await;
    let work = format!("/work/dossiers/{id}");
    receive(&fixture.signed_in(RECEIVER).await, &work).await.expect(303);
    let processor = fixture.signed_in(PROCESSOR).await;
    let stop = processor.get(&format!("{work}/suspension")).await.expect(200);
    let stopped = stop.submit(&processor, &[("reason", "Chờ kết luận giám định của cơ quan có thẩm quyền.")]).await;
    processor.get(stopped.leads_to()).await.expect(200).says("Đã dừng giải quyết hồ sơ").says("Dừng xử lý");
    citizen.get(&format!("/dossiers/{id}")).await.says("Chờ kết luận giám định");
    let resume = processor.get(&format!("{work}/resumption")).await.expect(200);
    let resumed = resume.submit(&processor, &[("note", "Đã có kết luận.")]).await;
    processor.get(resumed.leads_to()).await.expect(200).says("Hồ sơ được tiếp tục giải quyết").says("Đang xử lý");
    citizen.get(&format!("/dossiers/{id}")).await.says("Tiếp tục giải quyết").says_not("Đã có kết luận.");
}

#[tokio::test]
async fn what_is_applied_for_is_declined_with_a_document_and_its_reason() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let id = paid(&fixture, &citizen).await;
    let work = format!("/work/dossiers/{id}");
    receive(&fixture.signed_in(RECEIVER).await, &work).await.expect(303);
    let processor = fixture.signed_in(PROCESSOR).await;
    let address = format!("{work}/refusal-document");
    upload_to(&processor, &address, "từ chối.pdf", PDF).await.expect(422).says("Có mục cần sửa");
    let why = ("reason", "Không đủ điều kiện theo Điều 16 Luật Hộ tịch.");
    let short = upload_with(&processor, &address, "từ chối.pdf", PDF, &[("reason", "Không.")]).await.expect(422);
    assert!(short.html.contains("id=\"reason-error\""), "{}", short.html);
    short.says("Ít nhất 10 ký tự.");
    let declined = upload_with(&processor, &address, "từ chối.pdf", PDF, &[why]).await;
    processor.get(declined.leads_to()).await.expect(200).says("Hồ sơ hoàn thành với văn bản từ chối").says(why.1);
    let receiver = fixture.signed_in(RECEIVER).await;
    let handing = receiver.get(&format!("{work}/return")).await.expect(200);
    handing.submit(&receiver, &[("returned_to", "Trần Thị Lan")]).await.expect(422);
    handing.submit(&receiver, &[("way", "COUNTER")]).await.expect(422).says("Ghi họ tên người ký nhận.");
    let handed = handing.submit(&receiver, &[("way", "COUNTER"), ("returned_to", "Trần Thị Lan")]).await;
    receiver.get(handed.leads_to()).await.expect(200).says("Đã ghi nhận việc trả kết quả").says("Đã trả kết quả");
    let seen = citizen.get(&format!("/dossiers/{id}")).await.expect(200);
    seen.says("Văn bản từ chối giải quyết").says("từ chối.pdf").says(why.1);
}

#[tokio::test]
async fn an_applicant_takes_a_dossier_back_and_an_official_who_was_deciding_is_told() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let id = paid(&fixture, &citizen).await;
    let (work, own) = (format!("/work/dossiers/{id}"), format!("/dossiers/{id}"));
    let receiver = fixture.signed_in(RECEIVER).await;
    let late = receiver.get(&format!("{work}/refusal")).await.expect(200);
    let page = citizen.get(&format!("{own}/withdrawal")).await.expect(200);
    page.says("Việc này không rút lại được");
    let withdrawn = page.submit(&citizen, &[("reason", "Nộp nhầm thủ tục.")]).await;
    assert_eq!(withdrawn.leads_to(), format!("{own}?done=WITHDRAW"));
    citizen.get(withdrawn.leads_to()).await.expect(200).says("Đã rút hồ sơ").says("Nộp nhầm thủ tục.");
    assert_eq!(citizen.get(&format!("{own}/withdrawal")).await.leads_to(), own);
    let told = late.submit(&receiver, &[("reason", "Không thuộc thẩm quyền giải quyết.")]).await.expect(409);
    told.says("Đã thay đổi trong lúc đó").says("Người nộp đã rút hồ sơ").says("Không thuộc thẩm quyền giải quyết.");
}

#[tokio::test]
async fn nobody_withdraws_or_answers_for_another() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let own = filed(&citizen).await;
    let other = fixture.signed_in(&fixture.login("binh@")).await;
    for page in ["/withdrawal", "/supplement"] {
        other.get(&format!("{own}{page}")).await.expect(404);
        citizen.post(&format!("{own}{page}"), &[("key", "forged")]).await.expect(403);
    }
}
