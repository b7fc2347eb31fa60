//! A dossier is taken in at the counter, by keys alone.

use crate::{
    browser::{Browser, Page, upload_to},
    filing::PDF,
    fixture::Fixture,
    office::RECEIVER,
};

pub const COPY: &str = "/work/H44.100/intake/2.000635";
pub const CERTIFIED: &str = "/work/H44.100/intake/2.000815";
pub const CARD: &str = "000192012345||Trần Thị Lan|08031992|Nữ|Tổ 5, phường Đồi Chè, tỉnh Phú Thọ|20042022";

pub async fn found(receiver: &Browser, page: &str, who: &str) -> Page {
    let form = receiver.get(page).await.expect(200);
    form.submit(receiver, &[("in-card", who), ("then", "find")]).await.expect(200)
}

/// A certified copy of three pages that was taken in; gives the page of its scans.
pub async fn taken(receiver: &Browser) -> String {
    taken_with_secret(receiver).await.0
}

/// The same, with the secret that whoever handed it in is given.
pub async fn taken_with_secret(receiver: &Browser) -> (String, String) {
    let form = found(receiver, CERTIFIED, CARD).await;
    let typed = [("document_name", "Bằng tốt nghiệp"), ("pages", "3"), ("copies", "1"), ("paper-BAN_CHINH", "1")];
    let page = form.submit(receiver, &[&typed[..], &[("then", "take")]].concat()).await.expect(200);
    let at = page.html.find("/work/H44.100/intake/dossiers/").expect("the way to its scans");
    let scans = page.html[at..].split('"').next().expect("an address").to_owned();
    let mut words = page.html.split(|letter: char| !letter.is_ascii_hexdigit());
    (scans, words.find(|word| word.len() == 20).expect("a secret").to_owned())
}

#[tokio::test]
async fn a_certified_copy_of_three_pages_is_taken_in_from_a_card_and_four_answers() {
    let fixture = Fixture::open().await;
    let receiver = fixture.signed_in(RECEIVER).await;
    receiver.get("/work/H44.100/intake?q=chung+thuc").await.expect(200).says("Chứng thực bản sao từ bản chính");
    let form = found(&receiver, CERTIFIED, CARD).await;
    form.says("Trần Thị Lan").says("Lấy từ thẻ căn cước").says("chưa có tài khoản");
    let typed = [("document_name", "Bằng tốt nghiệp"), ("pages", "3"), ("copies", "1"), ("paper-BAN_CHINH", "1")];
    let page = form.submit(&receiver, &[&typed[..], &[("then", "take")]].concat()).await.expect(200);
    page.says("Đã tiếp nhận hồ sơ H44.100-260721-0001").says("5.000").says("In Giấy tiếp nhận");
    // Who comes again is known by her number alone.
    let again = found(&receiver, CERTIFIED, "000 192 012 345").await;
    again.says("Trần Thị Lan").says("Lấy từ hồ sơ H44.100-260721-0001");
    assert!(again.html.contains("value=\"Bằng tốt nghiệp\""), "{}", again.html);
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost() {
    let fixture = Fixture::open().await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let form = receiver.get(CERTIFIED).await.expect(200);
    let unread =
        form.submit(&receiver, &[("in-card", "12"), ("document_name", "Bằng"), ("then", "find")]).await.expect(422);
    unread.says("gõ đủ 12 chữ số");
    assert!(unread.html.contains("value=\"Bằng\""));
    let form = found(&receiver, CERTIFIED, CARD).await;
    let refused =
        form.submit(&receiver, &[("document_name", "Bằng"), ("pages", "ba"), ("then", "take")]).await.expect(422);
    refused.says("Chưa nhận: Bản chính");
    for kept in [
        "value=\"Bằng\"",
        "value=\"ba\"",
        "value=\"Trần Thị Lan\"",
        "id=\"paper-BAN_CHINH-error\"",
        "id=\"copies-error\"",
    ] {
        assert!(refused.html.contains(kept), "{kept}: {}", refused.html);
    }
}

/// A certified copy taken in at one agency for another; gives the page of its scans.
pub async fn taken_for(receiver: &Browser, here: &str, agency: &str) -> String {
    let form = found(receiver, &CERTIFIED.replace("H44.100", here), CARD).await;
    let typed = [("document_name", "Bằng tốt nghiệp"), ("pages", "3"), ("copies", "1"), ("paper-BAN_CHINH", "1")];
    let page =
        form.submit(receiver, &[&typed[..], &[("in-agency", agency), ("then", "take")]].concat()).await.expect(200);
    let at = page.html.find(&format!("/work/{here}/intake/dossiers/")).expect("the way to its scans");
    page.html[at..].split('"').next().expect("an address").to_owned()
}

#[tokio::test]
async fn an_address_without_a_way_is_for_the_post_and_what_is_wrong_in_it_stands_beside_it() {
    let fixture = Fixture::open().await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let form = found(&receiver, CERTIFIED, CARD).await;
    let typed = [("document_name", "Bằng tốt nghiệp"), ("pages", "3"), ("copies", "1"), ("paper-BAN_CHINH", "1")];
    let address = ("return-address", "Số 12, đường Nguyễn Tất Thành");
    let taking = |more: &[(&'static str, &'static str)]| [&typed[..], more, &[("then", "take")]].concat();
    for (more, field) in [
        ([address, ("return-phone", "abc")], "return-phone"),
        ([("return-address", "Số 1"), ("return-phone", "")], "return-address"),
        ([("return-address", ""), ("return-phone", "0912 345 678")], "return-address"),
    ] {
        let refused = form.submit(&receiver, &taking(&more)).await.expect(422);
        assert!(refused.html.contains(&format!("id=\"{field}-error\"")), "{more:?}: {}", refused.html);
    }
    let taken = form.submit(&receiver, &taking(&[address])).await.expect(200);
    taken.says("Số 12, đường Nguyễn Tất Thành");
}

#[tokio::test]
async fn another_person_brings_nothing_of_the_one_before() {
    let fixture = Fixture::open().await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let form = found(&receiver, CERTIFIED, CARD).await;
    let other = "000090000001";
    let page =
        form.submit(&receiver, &[("document_name", "Bằng"), ("in-card", other), ("then", "find")]).await.expect(200);
    page.says("có tài khoản").says("Lấy từ tài khoản").says_not("value=\"Bằng\"").says_not("Trần Thị Lan");
}

#[tokio::test]
async fn papers_are_scanned_afterwards_and_others_take_nothing_in() {
    let fixture = Fixture::open().await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let scans = taken(&receiver).await;
    let page = receiver.get(&scans).await.expect(200);
    page.says("Bản chính giấy tờ");
    upload_to(&receiver, &scans, "quet.pdf", PDF).await.expect(303);
    receiver.get(&scans).await.expect(200).says("quet.pdf");
    let processor = fixture.signed_in("xuly@h44-100.example.vn").await;
    processor.get(COPY).await.expect(403);
    receiver.get("/work/H44.101/intake/2.000635").await.expect(404);
    receiver.get("/work/H44.100/intake/9.999999").await.expect(404);
}

#[tokio::test]
async fn what_a_counter_took_in_for_others_is_listed_and_found_by_its_code() {
    let fixture = Fixture::open().await;
    let receiver = fixture.signed_in(RECEIVER).await;
    let at = "/work/H44.100/intake/taken";
    receiver.get(at).await.expect(200).says("Không có hồ sơ nào.");
    let scans = taken_for(&receiver, "H44.100", "H44.101").await;
    let dossier = scans.replace("/H44.100/intake", "");
    receiver.get("/work/H44.100/intake").await.expect(200).says("Hồ sơ đã tiếp nhận cho cơ quan khác");
    let listed = receiver.get(at).await.expect(200);
    listed.says("H44.101-260721-0001").says("Trần Thị Lan").says("Chứng thực bản sao");
    assert!(listed.html.contains(&format!("href=\"{dossier}\"")), "{}", listed.html);
    receiver.get(&dossier).await.expect(200).says("H44.101-260721-0001");
    let found = receiver.get(&format!("{at}?q=+h44.101-260721-0001+")).await.expect(200);
    found.says("Trần Thị Lan");
    assert!(found.html.contains("value=\"h44.101-260721-0001\""), "{}", found.html);
    for other in ["H44.101-260721-0002", "khai sinh"] {
        receiver.get(&format!("{at}?q={}", other.replace(' ', "+"))).await.expect(200).says("Không có hồ sơ nào.");
    }
    let processor = fixture.signed_in("xuly@h44-100.example.vn").await;
    processor.get(at).await.expect(403);
}
