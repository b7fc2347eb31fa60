//! Several officials of an agency, and of two: who is quicker, who gets what, who can stand in, who need not answer any more.

use testkit::eventually;
use tokio::join;

use crate::{
    browser::Browser,
    fixture::Fixture,
    office::{ELSEWHERE, LEADER, PROCESSOR, RECEIVER, consulted, paid, receive},
};

const LIST: &str = "/work/H44.100";
const SECOND_RECEIVER: &str = "tiepnhan2@h44-100.example.vn";

/// Two dossiers that wait to be received; gives their ids.
async fn two(fixture: &Fixture) -> [String; 2] {
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    [paid(fixture, &citizen).await, paid(fixture, &citizen).await]
}

async fn received(receiver: &Browser, id: &str) -> String {
    let work = format!("/work/dossiers/{id}");
    receive(receiver, &work).await.expect(303);
    work
}

#[tokio::test]
async fn of_two_presses_and_of_two_officials_each_row_says_what_came_of_it() {
    let fixture = Fixture::open().await;
    two(&fixture).await;
    let (one, other) = (fixture.signed_in(RECEIVER).await, fixture.signed_in(SECOND_RECEIVER).await);
    let list = |browser: &Browser| {
        let browser = browser.copy();
        async move { browser.get(&format!("{LIST}?work=OPEN&ticked=all")).await.expect(200) }
    };
    let (mine, hers) = (list(&one).await, list(&other).await);
    // A press that is sent twice is done once, and both say that it is done.
    let (first, second) = join!(mine.submit(&one, &[("then", "RECEIVE")]), mine.submit(&one, &[("then", "RECEIVE")]));
    for page in [first, second] {
        page.expect(200).says("Đã tiếp nhận 2 hồ sơ").says_not("chưa tiếp nhận được");
    }
    let late = hers.submit(&other, &[("then", "RECEIVE")]).await.expect(200);
    late.says("2 hồ sơ chưa tiếp nhận được").says("Đã có người xử lý trước. Trạng thái hiện nay: Đã tiếp nhận");
}

#[tokio::test]
async fn several_are_given_to_who_has_the_role_of_their_stage() {
    let fixture = Fixture::open().await;
    let receiver = fixture.signed_in(RECEIVER).await;
    for id in two(&fixture).await {
        received(&receiver, &id).await;
    }
    let leader = fixture.signed_in(LEADER).await;
    let page = leader.get(&format!("{LIST}?work=OPEN&ticked=all")).await.expect(200);
    page.says("Lê Văn Xử: phê duyệt, xử lý hồ sơ (0)");
    assert!(!page.html.contains(">Trần Thị Tiếp:"), "who receives decides nothing: {}", page.html);
    let before = page.html.split(">Lê Văn Xử:").next().expect("an option");
    let official = before.rsplit("value=\"").next().and_then(|rest| rest.split('"').next()).expect("a value");
    let given = page.submit(&leader, &[("then", "ASSIGN"), ("official", official)]).await.expect(200);
    given.says("Đã phân công 2 hồ sơ");
    // Given once more, each says why not.
    let again = page.submit(&leader, &[("then", "ASSIGN"), ("official", official), ("key", "again")]).await;
    again.expect(200).says("Người này đang thụ lý hồ sơ.").says_not("Có mục chưa hợp lệ");
}

#[tokio::test]
async fn several_are_completed_at_once_where_they_are_to_be_signed() {
    let fixture = Fixture::open().await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let processor = fixture.signed_in(PROCESSOR).await;
    let [one, other] = two(&fixture).await;
    let ready = received(&receiver, &one).await;
    received(&receiver, &other).await;
    crate::browser::upload_to(&processor, &format!("{ready}/results"), "a.pdf", crate::filing::PDF).await.expect(303);
    let all = processor.get(&format!("{LIST}?work=OPEN&ticked=all")).await.expect(200);
    all.says_not("Hoàn thành, trả kết quả");
    let signing = processor.get(&format!("{LIST}?work=TO_SIGN&ticked=all")).await.expect(200);
    let done = signing.submit(&processor, &[("then", "COMPLETE")]).await.expect(200);
    done.says("Đã hoàn thành 1 hồ sơ").says("Chưa có giấy tờ kết quả.");
    processor.get(&ready).await.expect(200).says("Đã có kết quả");
}

#[tokio::test]
async fn who_can_stand_in_is_offered_and_who_has_nobody_is_told() {
    let fixture = Fixture::open().await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let own = receiver.get(&format!("{LIST}/leaves")).await.expect(200);
    own.says("Hồ Thị Đón (tiếp nhận và trả kết quả)").says_not("Lê Văn Xử");
    let alone = fixture.signed_in("tiepnhan@h44-101.example.vn").await;
    let page = alone.get("/work/H44.101/leaves").await.expect(200);
    page.says("nên chưa có người làm thay được").says_not("Lưu lịch nghỉ");
}

#[tokio::test]
async fn who_was_asked_about_a_dossier_that_is_withdrawn_need_not_answer() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let id = paid(&fixture, &citizen).await;
    let work = received(&fixture.signed_in(RECEIVER).await, &id).await;
    let asked = consulted(&fixture.signed_in(PROCESSOR).await, &work).await;
    let page = citizen.get(&format!("/dossiers/{id}/withdrawal")).await.expect(200);
    page.submit(&citizen, &[]).await.expect(303);
    let there = fixture.signed_in(ELSEWHERE).await;
    there.get("/work/consultations").await.expect(200).says("Không có yêu cầu nào chờ trả lời.");
    let over = there.get(&asked).await.expect(200);
    over.says("Không cần trả lời nữa").says_not("Gửi trả lời");
}

#[tokio::test]
async fn what_is_owed_for_a_stopped_dossier_is_asked_of_its_applicant_and_the_official_reads_how_to_go_on() {
    let fixture = Fixture::open().await;
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    let id = paid(&fixture, &citizen).await;
    let work = received(&fixture.signed_in(RECEIVER).await, &id).await;
    let processor = fixture.signed_in(PROCESSOR).await;
    let charge = processor.get(&format!("{work}/charges")).await.expect(200);
    let line = [
        ("line-1-what_for", "Phí thẩm định"),
        ("line-1-legal_basis", "Thông tư 85/2019/TT-BTC"),
        ("line-1-amount", "150.000"),
    ];
    charge.submit(&processor, &line).await.expect(303);
    // That the order is opened is heard in between, and is a change of the dossier too.
    eventually(async || {
        let stop = processor.get(&format!("{work}/suspension")).await.expect(200);
        let reason = ("reason", "Chờ kết luận giám định của cơ quan có thẩm quyền.");
        (stop.submit(&processor, &[reason]).await.status == 303).then_some(())
    })
    .await;
    let seen = citizen.get(&format!("/dossiers/{id}")).await.expect(200);
    seen.says("Thanh toán phí, lệ phí; hồ sơ đang dừng giải quyết").says_not("Không cần làm gì thêm");
    processor.get(&work).await.expect(200).says("thì rút lại khoản thu");
}
