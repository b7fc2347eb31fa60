//! What officials do with a dossier besides receiving and completing it, and what its applicant answers, in a browser without script.

use crate::{
    browser::{upload_to, upload_with},
    filing::{PDF, filed},
    fixture::Fixture,
    office::{
        ELSEWHERE, LEADER, PROCESSOR, RECEIVER, confirmed, consulted, paid, receive, with_draft, with_drafts,
        with_result,
    },
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
    assert!(handing.html.contains("value=\"DIGITAL\" checked"), "as what was filed online is wanted: {}", handing.html);
    handing.submit(&receiver, &[("way", "")]).await.expect(422);
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

#[tokio::test]
async fn a_further_fee_is_charged_line_by_line_read_by_the_applicant_and_taken_back() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let id = paid(&fixture, &citizen).await;
    let (work, own) = (format!("/work/dossiers/{id}"), format!("/dossiers/{id}"));
    receive(&fixture.signed_in(RECEIVER).await, &work).await.expect(303);
    let processor = fixture.signed_in(PROCESSOR).await;
    let page = processor.get(&format!("{work}/charges")).await.expect(200);
    page.submit(&processor, &[]).await.expect(422).says("Ghi ít nhất một khoản thu.");
    let what = [("line-2-what_for", "Phí thẩm định"), ("line-2-legal_basis", "Thông tư 85/2019/TT-BTC")];
    let half = page.submit(&processor, &[&what[..], &[("line-2-amount", "nhiều")]].concat()).await.expect(422);
    half.says("Ghi số tiền bằng chữ số").says("Phí thẩm định");
    assert!(half.html.contains("value=\"nhiều\""), "{}", half.html);
    let none = half.submit(&processor, &[("line-2-amount", "0")]).await.expect(422);
    none.says("Số tiền phải lớn hơn 0 đồng.");
    let charged = none.submit(&processor, &[("line-2-amount", "150.000")]).await;
    assert_eq!(charged.leads_to(), format!("{work}?done=CHARGE"));
    processor.get(charged.leads_to()).await.expect(200).says("Đã lập khoản thu").says("150.000 ₫").says("chờ nộp");
    let seen = citizen.get(&own).await.expect(200);
    seen.says("Thông tư 85/2019/TT-BTC").says("150.000 ₫").says("Thanh toán");
    let page = processor.get(&format!("{work}/charge-cancellation")).await.expect(200);
    let back = page.submit(&processor, &[("reason", "Người nộp thuộc diện được miễn phí.")]).await;
    processor.get(back.leads_to()).await.expect(200).says("Đã rút lại khoản thu").says("Đang xử lý");
    citizen.get(&own).await.expect(200).says("đã rút lại").says("thuộc diện được miễn phí");
}

#[tokio::test]
async fn more_time_is_taken_with_an_apology_and_a_mistake_is_corrected() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let processor = fixture.signed_in(PROCESSOR).await;
    let work = with_result(&fixture, &citizen, &processor).await;
    let own = work.replace("/work", "");
    let page = processor.get(&format!("{work}/extension")).await.expect(200);
    let why = ("reason", "Phải xác minh thêm tại nơi cư trú trước đây.");
    page.submit(&processor, &[why, ("working_days", "một")]).await.expect(422).says("Ghi một số nguyên");
    let long = page.submit(&processor, &[why, ("working_days", "300")]).await.expect(422);
    long.says("không được dài hơn thời hạn").says(why.1);
    let extended = long.submit(&processor, &[("working_days", "1")]).await;
    assert_eq!(extended.leads_to(), format!("{work}?done=EXTEND"));
    let seen = citizen.get(&own).await.expect(200);
    seen.says("Xin lỗi và hẹn lại ngày trả kết quả").says(why.1).says("Hẹn trả kết quả chuyển từ");
    citizen.get(&format!("{own}/slip")).await.expect(200).says("Hẹn trả kết quả chuyển từ");
    let completion = processor.get(&format!("{work}/completion")).await.expect(200);
    completion.submit(&processor, &[]).await.expect(303);
    let leader = fixture.signed_in(LEADER).await;
    let page = leader.get(&format!("{work}/correction")).await.expect(200);
    let corrected = page.submit(&leader, &[("reason", "Ghi sai ngày sinh trong giấy đã cấp."), ("time", "OVER")]).await;
    leader.get(corrected.leads_to()).await.expect(200).says("mở lại để đính chính");
    citizen.get(&own).await.expect(200).says("Đã được thay thế").says("Ghi sai ngày sinh trong giấy đã cấp.");
}

#[tokio::test]
async fn another_commune_is_asked_reads_what_is_shown_and_answers_and_the_applicant_knows_whom_to_wait_for() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let processor = fixture.signed_in(PROCESSOR).await;
    let work = with_result(&fixture, &citizen, &processor).await;
    let own = work.replace("/work", "");
    let page = processor.get(&format!("{work}/consultations")).await.expect(200);
    let question = ("question", "Đề nghị xác minh nơi cư trú trước đây.");
    page.submit(&processor, &[question, ("shows", "PAPERS")]).await.expect(422).says("Đề nghị xác minh");
    let nowhere = page.submit(&processor, &[question, ("shows", "PAPERS"), ("agency", "H44.199")]).await.expect(422);
    nowhere.says("Không có cơ quan nào mang mã này.").says(question.1);
    let asked = consulted(&processor, &work).await;
    processor.get(&work).await.expect(200).says("đang chờ trả lời").says("Còn cơ quan được lấy ý kiến chưa trả lời.");
    citizen.get(&own).await.expect(200).says("Đang chờ ý kiến của").says_not("Đề nghị xác minh");
    let there = fixture.signed_in(ELSEWHERE).await;
    there.get("/work/consultations").await.expect(200).says("hỏi về thủ tục");
    let page = there.get(&asked).await.expect(200);
    page.says("Đề nghị xác minh nơi cư trú trước đây.").says("Nguyễn Văn An");
    // What an agency is asked is no paper that an applicant sends in.
    page.says("Cần trả lời trước").says_not("Xin gửi trước");
    there.get("/work/consultations").await.expect(200).says("Cần trả lời trước").says_not("Xin gửi trước");
    let none = upload_with(&there, &asked, "a.pdf", PDF, &[("answer", "Đã cư trú từ 2015.")]).await.expect(422);
    none.says("Đã cư trú từ 2015.");
    let fields = [("answer", "Đã cư trú tại xã từ năm 2015."), ("kind", "OPINION")];
    let answered = upload_with(&there, &asked, "xác minh.pdf", PDF, &fields).await;
    there.get(answered.leads_to()).await.expect(200).says("đã trả lời").says("xác minh.pdf").says_not("Nguyễn Văn An");
    processor.get(&work).await.expect(200).says("Đã cư trú tại xã từ năm 2015.").says("xác minh.pdf");
    citizen.get(&own).await.expect(200).says("đã trả lời").says_not("Đã cư trú tại xã");
    // A second question is taken back: then nobody is waited for.
    consulted(&processor, &work).await;
    let page = processor.get(&format!("{work}/consultations/2")).await.expect(200);
    let back = page.submit(&processor, &[]).await;
    processor.get(back.leads_to()).await.expect(200).says("Đã rút yêu cầu lấy ý kiến").says("không cần trả lời nữa");
    processor.get(&format!("{work}/completion")).await.expect(200);
}

#[tokio::test]
async fn an_applicant_looks_at_the_draft_on_her_phone_asks_for_its_correction_and_confirms_the_next() {
    let fixture = Fixture::open().await;
    with_drafts(&fixture).await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let processor = fixture.signed_in(PROCESSOR).await;
    let work = with_result(&fixture, &citizen, &processor).await;
    processor.get(&work).await.expect(200).says("Thủ tục này phải gửi bản dự thảo kết quả");
    let own = with_draft(&processor, &work).await;
    processor.get(&work).await.expect(200).says("chờ người nộp xác nhận");
    let seen = citizen.get(&own).await.expect(200);
    seen.says("Xem và xác nhận bản dự thảo kết quả").says("thì coi như đồng ý");
    let asked = "Xem và xác nhận bản dự thảo kết quả trước 17:00 ngày 22/07/2026";
    seen.says(&format!("Ông/bà cần làm {asked}"));
    citizen.get("/dossiers").await.expect(200).says(asked);
    let page = citizen.get(&format!("{own}/draft-answer")).await.expect(200);
    page.says("Tải bản dự thảo: du-thao.pdf");
    let file = page.html.split("href=\"").find(|it| it.contains("/drafts/")).and_then(|it| it.split('"').next());
    citizen.get(file.expect("the draft")).await.expect(200);
    page.submit(&citizen, &[]).await.expect(422);
    page.submit(&citizen, &[("answer", "DISPUTED")]).await.expect(422).says("Chưa nhập nội dung này.");
    let wrong = ("comment", "Sai tên đệm.");
    let sent = page.submit(&citizen, &[("answer", "DISPUTED"), wrong]).await;
    citizen.get(sent.leads_to()).await.expect(200).says("Đã gửi trả lời về bản dự thảo.").says(wrong.1);
    processor.get(&work).await.expect(200).says("người nộp đề nghị sửa").says(wrong.1);
    with_draft(&processor, &work).await;
    confirmed(&citizen, &own).await.expect(303);
    citizen.get("/dossiers").await.expect(200).says_not(asked);
    let completion = processor.get(&format!("{work}/completion")).await.expect(200);
    completion.submit(&processor, &[]).await.expect(303);
}
