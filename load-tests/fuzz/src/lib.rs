//! What every target holds a refusal to: it is a problem as RFC 9457 and this API's contract write it.

use civic::Language;
use edge::Problem;
use futures_util::FutureExt;
use runtime::{Random, Trace};
use serde_json::Value;

/// The body of a problem, which is rendered in both languages and held to its contract.
pub fn rendered(problem: &Problem, path: &str) -> Value {
    let trace = Trace::new(&Random::seeded(1));
    let [vietnamese, english] = [Language::Vi, Language::En].map(|language| {
        let answer = problem.render(language, path, &trace);
        let status = answer.status().as_u16();
        assert_eq!(answer.headers().get("content-type").expect("a media type"), "application/problem+json");
        assert_eq!(answer.headers().get("content-language").expect("a language"), language.as_str());
        let body = actix_web::body::to_bytes(answer.into_body()).now_or_never().expect("it is there whole");
        let body: Value = serde_json::from_slice(&body.ok().expect("it is readable")).expect("it is JSON");
        assert_eq!(body["status"], status);
        body
    });
    assert_eq!(vietnamese["code"], english["code"]);
    assert_eq!(vietnamese["type"], format!("urn:motcua:problem:{}", vietnamese["code"].as_str().expect("a code")));
    assert_eq!(vietnamese["instance"], path);
    assert_eq!(vietnamese["trace_id"], trace.id());
    for body in [&vietnamese, &english] {
        assert!(body["title"].as_str().is_some_and(|title| !title.is_empty()), "{body}");
        for error in body["errors"].as_array().into_iter().flatten() {
            let told = |member: &str| error[member].as_str().is_some_and(|text| !text.is_empty());
            assert!(told("code") && error["detail"].is_string() && error["pointer"].is_string(), "{error}");
        }
    }
    english
}

/// Checks that every error of a problem with a JSON body points (RFC 6901) at something in it, or at what it lacks.
pub fn points_into(problem: &Value, body: &Value) {
    for error in problem["errors"].as_array().into_iter().flatten() {
        let pointer = error["pointer"].as_str().expect("a pointer");
        let parent = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        assert!(body.pointer(parent).is_some(), "{pointer:?} is nowhere in {body}");
    }
}
