//! Answers to the published forms: any JSON is judged; what is complete can be priced, and what is complete is no wrong draft.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use procedure::{Channel, Expectation, Form, Procedure};
use serde_json::Value;

static PROCEDURES: LazyLock<[(Procedure, Form); 3]> = LazyLock::new(|| {
    let sources = [
        include_str!("../../../services/catalogue/data/procedures/1.001193/2.json"),
        include_str!("../../../services/catalogue/data/procedures/1.004222/2.json"),
        include_str!("../../../services/catalogue/data/procedures/2.000635/2.json"),
    ];
    sources.map(|source| {
        let procedure: Procedure = serde_json::from_str(source).expect("a procedure");
        let form = procedure.form().expect("it hangs together");
        (procedure, form)
    })
});

// The procedure's code, and on the next line the answers.
fuzz_target!(|text: &str| -> Corpus {
    let (code, answers) = text.split_once('\n').unwrap_or_default();
    let Some((procedure, form)) = PROCEDURES.iter().find(|(procedure, _)| procedure.code.as_str() == code) else {
        return Corpus::Reject;
    };
    // As it is stored: an object.
    let Ok(answers) = serde_json::from_str(answers).map(Value::Object) else {
        return Corpus::Reject;
    };
    let draft = form.check(&answers, Expectation::Draft);
    let complete = form.check(&answers, Expectation::Complete);
    assert!(draft.len() <= complete.len(), "{draft:?} {complete:?}");
    for finding in &complete {
        let parent = finding.pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
        assert!(answers.pointer(parent).is_some(), "{:?} is nowhere in {answers}", finding.pointer);
        assert!(!finding.text.vi.is_empty() && !finding.text.en.is_empty(), "{finding:?}");
    }
    if complete.is_empty() {
        for channel in [Channel::Online, Channel::Direct, Channel::Post] {
            assert!(procedure.fee(channel, &answers).is_ok(), "complete, and without a price: {answers}");
        }
    }
    Corpus::Keep
});
