//! Registering, confirming, signing in and out.

use testkit::eventually;

use crate::fixture::Fixture;

const LAN: &[(&str, &str)] = &[
    ("name", "Trần Thị Lan"),
    ("email", "lan@example.vn"),
    ("phone", "0912 345 678"),
    ("citizen_number", "000 192 000 123"),
    ("birth_date-day", "8"),
    ("birth_date-month", "3"),
    ("birth_date-year", "1992"),
    ("gender", "FEMALE"),
    ("password", "mot-cua-la-mot-cua"),
];

#[tokio::test]
async fn somebody_registers_confirms_by_mail_signs_in_and_out() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let sent = browser.get("/registration").await.expect(200).submit(&browser, LAN).await;
    let confirmation = sent.leads_to().to_owned();
    assert!(confirmation.starts_with("/registration/"), "{confirmation}");
    let page = browser.get(&confirmation).await.expect(200);
    let wrong = page.submit(&browser, &[("code", "12")]).await.expect(422);
    wrong.says("Có mục cần sửa").says("Mã xác nhận gồm 6 chữ số, ví dụ 042137.");
    let code = fixture.code_for("lan@example.vn").await;
    let done = wrong.submit(&browser, &[("code", &code)]).await;
    let door = browser.get(done.leads_to()).await.expect(200);
    door.says("Tài khoản đã được tạo. Hãy đăng nhập.");
    let who = [("email", "lan@example.vn"), ("password", "mot-cua-la-mot-cua")];
    let inside = door.submit(&browser, &who).await;
    let mine = browser.get(inside.leads_to()).await.expect(200);
    mine.says("Hồ sơ của tôi").says("Ông/bà chưa có hồ sơ nào.").says("Trần Thị Lan");
    let seal = mine.html.split_once("name=\"form_seal\" value=\"").expect("a seal").1[..64].to_owned();
    let out = browser.post("/sign-out", &[("form_seal", &seal)]).await;
    assert_eq!(out.leads_to(), "/");
    browser.get("/").await.expect(200).says("Đăng nhập").says_not("Trần Thị Lan");
}

#[tokio::test]
async fn who_waits_for_a_code_in_vain_is_sent_another_without_typing_anything_again() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let sent = browser.get("/registration").await.expect(200).submit(&browser, LAN).await;
    let first = fixture.code_for("lan@example.vn").await;
    let page = browser.get(sent.leads_to()).await.expect(200);
    page.says("Gửi lại mã");
    let again = page.submit(&browser, &[("code", ""), ("then", "again")]).await;
    assert_ne!(again.leads_to(), sent.leads_to());
    let page = browser.get(again.leads_to()).await.expect(200);
    page.says("Chúng tôi đã gửi mã mới");
    let second =
        eventually(|| async { Some(fixture.code_for("lan@example.vn").await).filter(|it| *it != first) }).await;
    let done = page.submit(&browser, &[("code", &second)]).await;
    assert_eq!(done.leads_to(), "/sign-in?registered=1");
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_in_the_summary_and_nothing_typed_is_lost_but_the_password() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let page = browser.get("/registration?lang=en").await;
    let page = browser.get(page.leads_to()).await.expect(200);
    let fields =
        [("name", "Trần Thị <Lan>"), ("email", "lan@example.vn"), ("birth_date-day", "8"), ("password", "geheim")];
    let again = page.submit(&browser, &fields).await.expect(422);
    again.says("There is a problem").says("Error:");
    for (field, value) in [("name", "Trần Thị &lt;Lan&gt;"), ("birth_date-day", "8")] {
        assert!(again.html.contains(&format!("name=\"{field}\" type=\"text\" value=\"{value}\"")), "{}", again.html);
    }
    for field in ["phone", "citizen_number", "birth_date", "gender", "password"] {
        assert!(again.html.contains(&format!("<a href=\"#{field}\">")), "{field}: {}", again.html);
        assert!(again.html.contains(&format!("id=\"{field}-error\"")), "{field}: {}", again.html);
        assert!(again.html.contains(&format!("id=\"{field}\"")), "{field}: {}", again.html);
    }
    assert!(!again.html.contains("geheim"));
    assert!(again.html.contains("<title>Error: "), "{}", again.html);
}

#[tokio::test]
async fn all_that_is_wrong_with_a_registration_is_told_in_one_round_in_peoples_words() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let page = browser.get("/registration").await.expect(200);
    let wrong = [
        ("name", "Trần\u{202E} Thị Lan"),
        ("citizen_number", "00019200012"),
        ("birth_date-day", "tám"),
        ("birth_date-month", "3"),
        ("birth_date-year", "1992"),
        ("email", "lan@example"),
        ("phone", "0912 345 67x"),
        ("password", "matkhau123"),
    ];
    let again = page.submit(&browser, &wrong).await.expect(422);
    for sentence in [
        "Nhập họ và tên trên một dòng",
        "Số định danh cá nhân gồm 12 chữ số",
        "Ngày, tháng, năm ghi bằng chữ số, ví dụ 8 3 1992.",
        "Chưa điền mục này.",
        "Nhập địa chỉ e-mail",
        "Nhập số điện thoại Việt Nam, ví dụ 0912 345 678.",
        "Mật khẩu này quá phổ biến",
    ] {
        again.says(sentence);
    }
    for word in ["định dạng", "kiểu", "1990-12-31", "MALE", "JSON", "danh sách lỗi", "Số ký tự"] {
        again.says_not(word);
    }
    for (field, value) in &wrong[..7] {
        assert!(again.html.contains(&format!("value=\"{value}\"")), "{field} is kept: {}", again.html);
    }
    for (day, month, year, sentence) in [
        ("8", "", "1992", "Ghi thêm tháng, ví dụ 3."),
        ("8", "3", "92", "Ghi đủ bốn chữ số của năm, ví dụ 1992."),
        ("30", "2", "1992", "Ngày này không có trong lịch."),
        ("8", "3", "2031", "Ngày sinh phải từ năm 1900 đến hôm nay"),
    ] {
        let date = [("birth_date-day", day), ("birth_date-month", month), ("birth_date-year", year)];
        again.submit(&browser, &date).await.expect(422).says(sentence).says_not("1990-12-31");
    }
}

#[tokio::test]
async fn who_knows_only_the_year_of_her_birth_leaves_day_and_month_empty_and_the_number_must_fit_the_year() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let page = browser.get("/registration").await.expect(200);
    page.says("Không nhớ ngày hoặc tháng thì để trống ô đó.");
    let born = |year: &'static str| {
        let known = |name: &str| {
            if name == "birth_date-year" { Some(year) } else { name.starts_with("birth_date").then_some("") }
        };
        LAN.iter().map(|(name, value)| (*name, known(name).unwrap_or(value))).collect::<Vec<_>>()
    };
    page.submit(&browser, &born("1991")).await.expect(422).says("không khớp với năm sinh hoặc giới tính");
    let sent = page.submit(&browser, &born("1992")).await;
    assert!(sent.leads_to().starts_with("/registration/"), "{}", sent.html);
}

#[tokio::test]
async fn what_people_paste_is_taken() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let pasted =
        [("phone", "+84 (0)912-345-678"), ("citizen_number", "000.192.000.123"), ("email", " lan@example.vn ")];
    let fields: Vec<_> =
        LAN.iter().filter(|(name, _)| !pasted.iter().any(|(other, _)| other == name)).copied().collect();
    let page = browser.get("/registration").await.expect(200);
    let sent = page.submit(&browser, &[&fields[..], &pasted].concat()).await;
    assert!(sent.leads_to().starts_with("/registration/"), "{}", sent.html);
}

#[tokio::test]
async fn a_wrong_password_is_said_without_telling_which_of_the_two_is_wrong() {
    let fixture = Fixture::open().await;
    let browser = fixture.browser();
    let page = browser.get("/sign-in").await;
    let again = page.submit(&browser, &[("email", "an@example.vn"), ("password", "sai")]).await.expect(422);
    again.says("Địa chỉ e-mail hoặc mật khẩu không đúng.");
    assert_eq!(browser.cookie("__Host-motcua"), None);
}

#[tokio::test]
async fn after_signing_in_one_is_where_one_wanted_to_be_and_never_on_another_site() {
    let fixture = Fixture::open().await;
    let citizen = fixture.login("an@");
    let browser = fixture.browser();
    let door = browser.get("/dossiers?cursor=").await;
    assert_eq!(door.leads_to(), "/sign-in?next=%2Fdossiers%3Fcursor%3D");
    let page = browser.get(door.leads_to()).await.expect(200);
    let inside = page.submit(&browser, &[("email", &citizen), ("password", crate::fixture::PASSWORD)]).await;
    assert_eq!(inside.leads_to(), "/dossiers?cursor=");
    for next in ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"] {
        let browser = fixture.browser();
        let page = browser.get("/sign-in").await;
        let fields = [("email", &*citizen), ("password", crate::fixture::PASSWORD), ("next", next)];
        assert_eq!(page.submit(&browser, &fields).await.leads_to(), "/dossiers", "{next}");
    }
}

#[tokio::test]
async fn an_official_begins_at_the_work_list_and_a_page_for_citizens_says_that_it_is_not_for_officials() {
    let fixture = Fixture::open().await;
    let browser = fixture.signed_in("tiepnhan@h44-100.example.vn").await;
    browser.get("/work/H44.100").await.expect(200).says("Đồi Chè");
    let page = browser.get("/dossiers").await.expect(403);
    page.says("Trang này không dành cho tài khoản");
    let citizen = fixture.signed_in(&fixture.login("an@")).await;
    citizen.get("/work").await.expect(403);
}

#[tokio::test]
async fn who_has_forgotten_her_password_chooses_another_with_the_code_from_the_letter() {
    let fixture = Fixture::open().await;
    let an = fixture.login("an@");
    let elsewhere = fixture.signed_in(&an).await;
    let browser = fixture.browser();
    browser.get("/sign-in").await.expect(200).says("Quên mật khẩu?");
    let ask = browser.get("/password-reset").await.expect(200);
    ask.submit(&browser, &[("email", "an")]).await.expect(422).says("Nhập địa chỉ e-mail");
    let sent = ask.submit(&browser, &[("email", &an)]).await;
    let choose = browser.get(sent.leads_to()).await.expect(200);
    let code = fixture.code_for(&an).await;
    let short = choose.submit(&browser, &[("code", &code), ("password", "1234567")]).await.expect(422);
    let door = short.submit(&browser, &[("code", &code), ("password", "canh chua cá lóc")]).await;
    let door = browser.get(door.leads_to()).await.expect(200);
    door.says("Mật khẩu đã được đặt lại.");
    assert!(browser.cookie("__Host-motcua-device").is_some(), "this browser is known");
    door.submit(&browser, &[("email", &an), ("password", "canh chua cá lóc")]).await.expect(303);
    browser.get("/dossiers").await.expect(200);
    eventually(|| async { (elsewhere.get("/dossiers").await.status == 303).then_some(()) }).await;
}

#[tokio::test]
async fn the_account_shows_its_sessions_changes_its_password_and_is_closed() {
    let fixture = Fixture::open().await;
    let an = fixture.login("an@");
    let (here, elsewhere) = (fixture.signed_in(&an).await, fixture.signed_in(&an).await);
    let page = here.get("/account").await.expect(200);
    page.says("Tài khoản của tôi").says(&an).says("Phiên này").says("Kết thúc");
    let ended = page.submit(&here, &[]).await;
    here.get(ended.leads_to()).await.expect(200).says("Phiên đăng nhập đã kết thúc.");
    eventually(|| async { (elsewhere.get("/dossiers").await.status == 303).then_some(()) }).await;
    let page = here.get("/account/password").await.expect(200);
    let wrong = [("current_password", "sai mật khẩu"), ("password", "canh chua cá lóc")];
    page.submit(&here, &wrong).await.expect(422).says("Mật khẩu hiện tại không đúng.");
    let right = [("current_password", crate::fixture::PASSWORD), ("password", "canh chua cá lóc")];
    let changed = page.submit(&here, &right).await;
    here.get(changed.leads_to()).await.expect(200).says("Mật khẩu đã được đổi.");
    let page = here.get("/account/closure").await.expect(200);
    page.says("không hủy được");
    page.submit(&here, &[("password", "sai mật khẩu")]).await.expect(422).says("Mật khẩu hiện tại không đúng.");
    let closed = page.submit(&here, &[("password", "canh chua cá lóc")]).await;
    assert_eq!(closed.leads_to(), "/");
    here.get("/account").await.expect(303);
}
