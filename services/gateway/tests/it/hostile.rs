//! Bad input costs nothing: it is refused as a problem, and never answered by a 5xx.

use crate::gate::{DOSSIER, Gate};

#[tokio::test]
async fn hostile_json_is_refused() {
    let gate = Gate::start().await;
    let deep_array = "[".repeat(10_000) + &"]".repeat(10_000);
    let deep_object = r#"{"answers":"#.repeat(10_000) + "1" + &"}".repeat(10_000);
    let many = format!("[{}1]", "1,".repeat(100_000));
    let names: Vec<_> = (0..10_000).map(|name| format!("\"n{name}\":1")).collect();
    let names = format!("{{{}}}", names.join(","));
    let long = format!("\"{}\"", "a".repeat(200_000));
    let huge = format!("{{\"copies\":{}}}", "9".repeat(5_000));
    let tiny = format!("{{\"copies\":1e-{}}}", "9".repeat(300));
    for body in
        [deep_array, deep_object, many, names, long, huge, tiny, "\"".into(), "nul".into(), "{\"copies\":-0}".into()]
    {
        let answer = gate.post("/api/v1/dossiers", &body).await;
        assert_eq!(answer.status, 400, "{:.60}", body);
        answer.code();
        assert!(answer.text.len() < 10_000, "a short answer to {:.60}", body);
    }
}

#[tokio::test]
async fn hostile_heads_are_refused() {
    let gate = Gate::start().await;
    let json = "content-type: application/json\r\ncontent-length: 2";
    let many_headers: String = (0..200).map(|index| format!("x-{index}: 1\r\n")).collect();
    let heads: Vec<Vec<u8>> = vec![
        format!("GET {DOSSIER} HTTP/1.1\r\nhost: x\r\n{many_headers}\r\n").into(),
        format!("GET {DOSSIER} HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "a".repeat(200_000)).into(),
        format!("GET /api/v1/dossiers/{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(20_000)).into(),
        format!("GET /api/v1/dossiers?{} HTTP/1.1\r\nhost: x\r\n\r\n", "a=1&".repeat(5_000)).into(),
        format!("POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\n{json}\r\ncontent-type: text/plain\r\n\r\n{{}}").into(),
        format!("POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\n{json}\r\n\r\n\u{e9}").into(),
        [b"POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 3\r\n\r\n\"\xff\"".as_slice()].concat(),
        [b"GET /api/v1/private HTTP/1.1\r\nhost: x\r\nauthorization: Bearer \xff\xfe\r\n\r\n".as_slice()].concat(),
        [b"POST ".as_slice(), DOSSIER.as_bytes(), b"/withdrawal HTTP/1.1\r\nhost: x\r\nidempotency-key: \xff\r\n\r\n"].concat(),
        b"GET /api/v1/\xff HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(),
        b"GET http://evil.example/api/v1/nothing HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(),
        b"OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n".to_vec(),
        b"GET  / HTTP/1.1\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        b"POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n".to_vec(),
        b"POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffffffffff\r\n".to_vec(),
    ];
    for head in heads {
        let shown = String::from_utf8_lossy(&head[..head.len().min(80)]).into_owned();
        let mut client = gate.raw().await;
        client.say(&head).await;
        let answer = client.answer().await;
        assert!((400..500).contains(&answer.status), "{} for {shown}", answer.status);
    }
    assert_eq!(gate.get(DOSSIER).await.status, 200, "and the gateway serves on");
}

#[tokio::test]
async fn the_answer_to_a_hostile_name_stays_short() {
    let gate = Gate::start().await;
    let query: Vec<_> = (0..1000).map(|name| format!("n{name}=1")).collect();
    let answer = gate.get(&format!("/api/v1/dossiers?{}", query.join("&"))).await;
    assert_eq!((answer.status, answer.faults().len()), (400, 20));
}
