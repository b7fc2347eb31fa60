//! Bodies: media types, sizes, slowness, and files that stream both ways.

use reqwest::Method;

use crate::{
    client::RawClient,
    document::document,
    gate::{DOSSIER, Gate, sent},
    issuer,
    upstream::{self, Connection, Raw},
};

const MIB: usize = 1024 * 1024;

fn documents() -> String {
    format!("{DOSSIER}/documents")
}

#[tokio::test]
async fn a_media_type_that_the_operation_does_not_take_is_refused() {
    let gate = Gate::start().await;
    let post = |path: String, media_type: &'static str, body: &'static str| {
        let call = gate.call(Method::POST, &path);
        let call = if media_type.is_empty() { call } else { call.header("content-type", media_type) };
        sent(call.body(body))
    };
    let sessions = || "/api/v1/sessions".to_owned();
    for media_type in ["", "text/plain", "application/jsonp", "application/json; charset=utf-16", "application/xml"] {
        let answer = post(sessions(), media_type, "{}").await;
        assert_eq!((answer.status, &*answer.code()), (415, "unsupported-media-type"), "{media_type}");
    }
    for media_type in [
        "application/json",
        "Application/JSON",
        "application/json; charset=UTF-8",
        "application/json;charset=\"utf-8\"",
    ] {
        assert_eq!(post(sessions(), media_type, "{}").await.status, 200, "{media_type}");
    }
    assert_eq!(post(documents(), "image/png", "x").await.status, 200);
    assert_eq!(post(documents(), "application/pdf", "x").await.status, 200);
    assert_eq!(post(documents(), "video/mp4", "x").await.status, 415);
    assert_eq!(post(documents(), "application/json", "{}").await.status, 415);
}

#[tokio::test]
async fn a_compressed_body_is_refused() {
    let gate = Gate::start().await;
    for path in ["/api/v1/sessions".to_owned(), documents()] {
        let call = gate
            .call(Method::POST, &path)
            .header("content-encoding", "gzip")
            .header("content-type", "application/json");
        assert_eq!(sent(call.body("{}")).await.status, 415);
    }
}

#[tokio::test]
async fn a_body_that_announces_too_much_is_refused_before_it_is_sent() {
    let gate = Gate::start().await;
    let cases = [
        ("/api/v1/sessions".to_owned(), "application/json", 256 * 1024 + 1),
        ("/api/v1/oauth/token".to_owned(), "application/x-www-form-urlencoded", 64 * 1024 + 1),
        (documents(), "application/pdf", 20 * MIB + 1),
    ];
    for (path, media_type, length) in cases {
        let mut client = gate.raw().await;
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\n\r\n"
        );
        client.say(head).await;
        let answer = client.answer().await;
        assert_eq!((answer.status, &answer.json()["code"]), (413, &"too-large".into()), "{path}");
    }
}

#[tokio::test]
async fn a_body_that_grows_too_large_unannounced_is_refused() {
    let gate = Gate::start().await;
    for (path, media_type, most) in
        [("/api/v1/sessions".to_owned(), "application/json", 256 * 1024), (documents(), "application/pdf", 20 * MIB)]
    {
        let mut client = gate.raw().await;
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {media_type}\r\ntransfer-encoding: chunked\r\n\r\n"
        );
        client.say(head).await;
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
        for _ in 0..=most / 0x10000 {
            client.say(&chunk).await;
        }
        let answer = client.answer().await;
        assert_eq!((answer.status, &answer.json()["code"]), (413, &"too-large".into()), "{path}");
    }
}

#[tokio::test]
async fn a_file_of_the_largest_size_goes_through() {
    let gate = Gate::start().await;
    let body = vec![b'x'; 20 * MIB];
    let call = gate.call(Method::POST, &documents()).header("content-type", "application/pdf").body(body);
    let answer = sent(call).await;
    assert_eq!((answer.status, &answer.json()["length"]), (200, &(20 * MIB).into()));
    assert_eq!(answer.json()["headers"]["content-length"][0], (20 * MIB).to_string());
    assert_eq!(answer.json()["headers"]["content-type"][0], "application/pdf");
}

#[tokio::test]
async fn a_file_of_the_size_that_is_set_goes_through_and_a_larger_one_is_told_that_size() {
    let echo = upstream::echo();
    let gate = Gate::before(&[("--submissions-url", &echo), ("--document-limit", "31457280")]).await;
    for (size, status) in [(30 * MIB, 200), (31 * MIB, 413)] {
        let call = gate.call(Method::POST, &documents()).header("content-type", "application/pdf");
        let answer = sent(call.body(vec![b'x'; size])).await;
        assert_eq!(answer.status, status);
        assert!(status == 200 || answer.text.contains("Mỗi tệp không được quá 30 MB."), "{}", answer.text);
    }
    let too_much = Gate::of(&document(), &[("--document-limit", "104857601")]).await.err().expect("refused");
    assert!(too_much.contains("104857601 is not in 1..=104857600"), "{too_much}");
}

#[tokio::test]
async fn a_file_of_another_type_is_told_which_ones_are_taken() {
    let gate = Gate::start().await;
    let heic = gate.call(Method::POST, &documents()).header("content-type", "image/heic");
    // The document of these tests takes every picture.
    assert_eq!(sent(heic.body("x")).await.status, 200);
    for language in ["vi", "en"] {
        let call = gate.call(Method::POST, &documents()).header("content-type", "application/msword");
        let answer = sent(call.header("accept-language", language).body("x")).await;
        assert_eq!((answer.status, &*answer.code()), (415, "unsupported-media-type"));
        let taken = if language == "vi" {
            "Chỉ nhận tệp PDF, JPEG hoặc PNG."
        } else {
            "Files are taken as PDF, JPEG or PNG."
        };
        assert!(answer.text.contains(taken), "{}", answer.text);
    }
    // Many devices do not know what their own pictures are.
    let call = gate.call(Method::POST, &documents()).header("content-type", "application/octet-stream");
    let unknown = sent(call.body(&b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..])).await;
    assert!(unknown.status == 415 && unknown.text.contains("Tương thích nhất"), "{}", unknown.text);
}

#[tokio::test]
async fn an_empty_file_is_told_as_one() {
    let gate = Gate::start().await;
    let call = gate.call(Method::POST, &documents()).header("content-type", "application/pdf");
    let answer = sent(call.header("content-length", "0")).await;
    assert_eq!((answer.status, &*answer.code()), (415, "content-does-not-match"));
    assert!(answer.text.contains("Tệp rỗng"), "{}", answer.text);
}

#[tokio::test]
async fn the_service_sees_the_first_chunk_of_a_file_before_the_last_is_sent() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--submissions-url", &service.url())]).await;
    let mut client = gate.raw().await;
    let head = format!("POST {} HTTP/1.1\r\nhost: x\r\ncontent-type: application/pdf\r\n", documents());
    client.say(format!("{head}transfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n")).await;
    let mut connection = service.accept().await;
    connection.until("first").await;
    client.say("4\r\nlast\r\n0\r\n\r\n").await;
    connection.until("last").await;
    connection.until("0\r\n\r\n").await;
    connection.say("HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\n{}").await;
    assert_eq!(client.answer().await.status, 201);
}

#[tokio::test]
async fn a_known_length_stays_known() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--submissions-url", &service.url())]).await;
    let mut client = gate.raw().await;
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: x\r\ncontent-type: application/pdf\r\ncontent-length: 9\r\n\r\n",
        documents()
    );
    client.say(format!("{head}first")).await;
    let mut connection = service.accept().await;
    let head = connection.until("\r\n\r\n").await;
    assert!(head.contains("content-length: 9\r\n") && !head.contains("transfer-encoding"), "{head}");
    connection.until("first").await;
    client.say("last").await;
    connection.until("last").await;
    connection.say("HTTP/1.1 204 No Content\r\n\r\n").await;
    assert_eq!(client.answer().await.status, 204);
}

#[tokio::test]
async fn the_client_sees_the_first_chunk_of_a_file_before_the_service_sends_the_last() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--submissions-url", &service.url())]).await;
    for framing in ["content-length: 100000", "transfer-encoding: chunked"] {
        let mut client = gate.raw().await;
        client.say(format!("GET {} HTTP/1.1\r\nhost: x\r\n\r\n", documents())).await;
        let mut connection = service.accept().await;
        connection.until("\r\n\r\n").await;
        connection.say(&format!("HTTP/1.1 200 OK\r\nconnection: close\r\n{framing}\r\n\r\n")).await;
        let (first, last) = match framing.starts_with("content") {
            true => ("first".to_owned(), format!("{}last", "x".repeat(100_000 - 9))),
            false => ("5\r\nfirst\r\n".to_owned(), "4\r\nlast\r\n0\r\n\r\n".to_owned()),
        };
        connection.say(&first).await;
        client.until("first").await;
        connection.say(&last).await;
        client.until("last").await;
    }
}

#[tokio::test]
async fn a_file_that_breaks_off_never_looks_whole_to_the_service() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--submissions-url", &service.url())]).await;
    let mut client = gate.raw().await;
    let head = format!("POST {} HTTP/1.1\r\nhost: x\r\ncontent-type: application/pdf\r\n", documents());
    client.say(format!("{head}transfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n")).await;
    let mut connection = service.accept().await;
    connection.until("first").await;
    drop(client);
    let rest = connection.rest().await;
    assert!(!rest.contains("0\r\n\r\n"), "the service was told that the file ended: {rest:?}");
}

#[tokio::test]
async fn a_service_may_refuse_a_file_before_it_has_read_it() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--submissions-url", &service.url())]).await;
    let mut client = gate.raw().await;
    let head = format!("POST {} HTTP/1.1\r\nhost: x\r\ncontent-type: application/pdf\r\n", documents());
    client.say(format!("{head}content-length: 1000000\r\n\r\nfirst")).await;
    let mut connection = service.accept().await;
    connection.until("first").await;
    connection
        .say("HTTP/1.1 409 Conflict\r\ncontent-type: application/problem+json\r\ncontent-length: 2\r\n\r\n{}")
        .await;
    assert_eq!(client.answer().await.status, 409);
}

#[tokio::test]
async fn a_body_that_stops_coming_is_given_up() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--submissions-url", &service.url())]).await;
    let mut json = gate.raw().await;
    let head =
        "POST /api/v1/dossiers HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n";
    json.say(format!("{head}{{")).await;
    let mut file = gate.raw().await;
    let head = format!("POST {} HTTP/1.1\r\nhost: x\r\ncontent-type: application/pdf\r\n", documents());
    file.say(format!("{head}transfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n")).await;
    let mut connection = service.accept().await;
    connection.until("first").await;
    assert_eq!(json.answer().await.status, 408);
    assert_eq!(file.answer().await.status, 408);
    let rest = connection.rest().await;
    assert!(!rest.contains("0\r\n\r\n"), "the service was told that the file ended: {rest:?}");
}

#[tokio::test]
async fn who_sends_too_many_files_at_once_is_told_to_wait_and_others_are_served() {
    let service = Raw::listen().await;
    let gate = Gate::before(&[("--submissions-url", &service.url())]).await;
    let (an, binh) = (issuer::token(), issuer::token());
    let begun = async |token: &str| -> RawClient {
        let mut client = gate.raw().await;
        let head = format!("POST {} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n", documents());
        client.say(format!("{head}content-type: application/pdf\r\ncontent-length: 9\r\n\r\nfirst")).await;
        client
    };
    let mut under_way = Vec::new();
    for _ in 0..16 {
        let client = begun(&an).await;
        // The next one begins when the service has met this one.
        let mut connection = service.accept().await;
        connection.until("first").await;
        under_way.push((client, connection));
    }
    let refused = begun(&an).await.answer().await;
    assert_eq!(refused.status, 429, "{}", refused.body);
    assert!(refused.head.contains("retry-after: 10") && refused.body.contains("too-many-uploads"), "{}", refused.body);
    let client = begun(&binh).await;
    taken(client, service.accept().await).await;
    let (client, connection) = under_way.remove(0);
    taken(client, connection).await;
    let client = begun(&an).await;
    taken(client, service.accept().await).await;
}

/// The file's end is sent, and the service takes it.
async fn taken(mut client: RawClient, mut connection: Connection) {
    client.say("last").await;
    connection.until("last").await;
    connection.say("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
    assert_eq!(client.answer().await.status, 200);
}
