//! Problems: whatever a field, a sentence, a path or a header holds, the answer is whole and says just that.

#![no_main]

use civic::{Language, LocalText};
use edge::{Kind, Problem, kinds};
use libfuzzer_sys::fuzz_target;
use runtime::{Random, Trace};

const KINDS: [Kind; 5] =
    [kinds::INVALID, kinds::NOT_FOUND, kinds::UNAUTHENTICATED, kinds::TOO_MANY, kinds::UNAVAILABLE];

// The lines: path, pointer, the sentence twice, `Accept-Language`, `traceparent`, `X-Request-Id`.
fuzz_target!(|text: &str| {
    let mut lines = text.splitn(7, '\n');
    let [path, pointer, vi, en, accepted, parent, request] = [(); 7].map(|()| lines.next().unwrap_or_default());
    let problem = Problem::from(KINDS[text.len() % KINDS.len()]);
    let problem = problem.field(pointer, "invalid", LocalText::new(vi, en)).retry_after(text.len() as u32);
    let english = fuzz::rendered(&problem, path);
    assert_eq!(english["errors"].as_array().map(Vec::len), Some(1));
    assert_eq!((&english["errors"][0]["pointer"], &english["errors"][0]["detail"]), (&pointer.into(), &en.into()));

    let language = Language::from_accept_language(accepted);
    assert_eq!(Language::from_accept_language(language.as_str()), language);
    let random = Random::seeded(1);
    let trace = Trace::continued(Some(parent), Some(request), &random);
    let answer = problem.render(language, path, &trace);
    assert_eq!(answer.status().as_u16(), problem.kind.status);
    let again = Trace::continued(Some(&trace.to_string()), Some(trace.request_id()), &random);
    assert_eq!(
        (again.id(), again.request_id(), again.is_sampled()),
        (trace.id(), trace.request_id(), trace.is_sampled())
    );
    assert!((1..=64).contains(&trace.request_id().len()) && trace.request_id().is_ascii());
});
