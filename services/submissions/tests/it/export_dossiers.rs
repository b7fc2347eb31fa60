//! `GET /api/v1/agencies/{agency}/dossiers.xlsx`

use std::io::{Cursor, Read};

use civic::OfficialRole;
use diesel_async::SimpleAsyncConnection;
use testkit::TestResponse;
use zip::ZipArchive;

use crate::fixture::{BIRTH, COPY, ELSEWHERE, Fixture, RESIDENCE, errors};

const SHEET: &str = "/api/v1/agencies/H44.100/dossiers.xlsx";

/// A part of the spreadsheet, which is a folder of XML.
fn part(answer: &TestResponse, name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(&answer.bytes)).expect("a spreadsheet");
    let mut text = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("XML");
    text
}

#[tokio::test]
async fn it_has_what_the_list_has_under_vietnamese_headings_with_dates_as_dates() {
    let fixture = Fixture::open().await;
    let an = fixture.an();
    let (_, birth) = fixture.filed(&an, BIRTH).await;
    let (_, copy) = fixture.filed(&an, COPY).await;
    let answer = fixture.get(&fixture.receiver(), &format!("{SHEET}?status=REGISTERED")).await.expect(200);
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"H44.100-20260721-1000.xlsx\""));
    let texts = part(&answer, "xl/sharedStrings.xml");
    for text in ["Mã hồ sơ", "Hạn trả kết quả", birth.text("/code"), "Nguyễn Văn An", "Mới đăng ký", "Chưa tính hạn"]
    {
        assert!(texts.contains(&format!(">{text}<")), "{text}: {texts}");
    }
    assert!(!texts.contains(copy.text("/code")), "what is filtered away is not there");
    let sheet = part(&answer, "xl/worksheets/sheet1.xml");
    // 21 July 2026, 10:00 in Vietnam, as spreadsheets count days, and a style of its own.
    assert!(sheet.contains("<c r=\"F2\" s=\"2\"><v>46224.4166"), "{sheet}");
    assert_eq!(fixture.count("audit_log where action = 'personal_data.read' and subject_id = 'H44.100'").await, 1);
}

#[tokio::test]
async fn nothing_that_was_typed_is_a_formula() {
    let fixture = Fixture::open().await;
    fixture.filed(&fixture.an(), RESIDENCE).await;
    let evil = "update dossiers set applicant_name = '=HYPERLINK(\"http://x\")'";
    fixture.installation.database("submissions").await.batch_execute(evil).await.expect("a name");
    let answer = fixture.get(&fixture.receiver(), SHEET).await.expect(200);
    let sheet = part(&answer, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"), "{sheet}");
    assert!(part(&answer, "xl/sharedStrings.xml").contains("=HYPERLINK("));
}

#[tokio::test]
async fn a_list_that_is_too_long_is_not_cut_off_unsaid() {
    let fixture = Fixture::open().await;
    fixture.filed(&fixture.an(), BIRTH).await;
    let many = "insert into dossiers
        select (jsonb_populate_record(d, jsonb_build_object(
            'id', gen_random_uuid(), 'code', 'H44.100-260721-' || 10000 + n))).*
        from dossiers d, generate_series(1, 10000) n where status = 'REGISTERED'";
    fixture.installation.database("submissions").await.batch_execute(many).await.expect("copies");
    let answer = fixture.get(&fixture.receiver(), SHEET).await.expect(409);
    assert_eq!(answer.json["code"], "too-many-rows");
    let one_less = "delete from dossiers where code = 'H44.100-260721-10001'";
    fixture.installation.database("submissions").await.batch_execute(one_less).await.expect("one less");
    let answer = fixture.get(&fixture.receiver(), SHEET).await.expect(200);
    assert_eq!(part(&answer, "xl/worksheets/sheet1.xml").matches("<row ").count(), 10_001);
}

#[tokio::test]
async fn a_time_that_ends_before_it_begins_is_refused_as_in_the_list() {
    let fixture = Fixture::open().await;
    for list in [SHEET, SHEET.trim_end_matches(".xlsx")] {
        let path = format!("{list}?from=2026-07-22&until=2026-07-21");
        let answer = fixture.get(&fixture.receiver(), &path).await.expect(400);
        assert_eq!(errors(&answer), [("until".into(), "before-from".into())]);
        let day = format!("{list}?from=2026-07-21&until=2026-07-21");
        let _ = fixture.get(&fixture.receiver(), &day).await.expect(200);
    }
}

#[tokio::test]
async fn another_agencys_is_not_there() {
    let fixture = Fixture::open().await;
    let elsewhere = fixture.installation.official(&[(ELSEWHERE, OfficialRole::Auditor)]);
    let _ = fixture.get(&elsewhere, SHEET).await.expect(404);
    let _ = fixture.get(&fixture.an(), SHEET).await.expect(403);
}
