//! The procedures of the demonstration, from `data/procedures/`: a folder a procedure, a file a version.

use anyhow::{Context, Result};
use civic::ProcedureCode;
use procedure::Procedure;
use queue::Outbox;
use runtime::Life;

use crate::changes::publish::publish;

/// The versions of a procedure, the first one first.
type History = (&'static str, &'static [&'static str]);

const PROCEDURES: [History; 6] = [
    (
        "1.001193",
        &[
            include_str!("../data/procedures/1.001193/1.json"),
            include_str!("../data/procedures/1.001193/2.json"),
            include_str!("../data/procedures/1.001193/3.json"),
            include_str!("../data/procedures/1.001193/4.json"),
            include_str!("../data/procedures/1.001193/5.json"),
        ],
    ),
    (
        "1.004222",
        &[
            include_str!("../data/procedures/1.004222/1.json"),
            include_str!("../data/procedures/1.004222/2.json"),
            include_str!("../data/procedures/1.004222/3.json"),
            include_str!("../data/procedures/1.004222/4.json"),
        ],
    ),
    ("1.004837", &[include_str!("../data/procedures/1.004837/1.json")]),
    ("1.004873", &[include_str!("../data/procedures/1.004873/1.json")]),
    (
        "2.000635",
        &[
            include_str!("../data/procedures/2.000635/1.json"),
            include_str!("../data/procedures/2.000635/2.json"),
            include_str!("../data/procedures/2.000635/3.json"),
            include_str!("../data/procedures/2.000635/4.json"),
        ],
    ),
    ("2.000815", &[include_str!("../data/procedures/2.000815/1.json")]),
];

/// Publishes the versions that are not published yet.
pub async fn load(pool: &pg::Pool, life: &Life) -> Result<()> {
    let outbox = Outbox::new("catalogue", life.clone());
    for (code, texts) in PROCEDURES {
        let (code, history) = read(code, texts)?;
        let publish = async |conn: &mut _| publish(conn, &outbox, life, &code, &history).await;
        for version in pool.transaction::<_, anyhow::Error>(publish).await? {
            tracing::info!(%code, version, "a procedure was published");
        }
    }
    Ok(())
}

fn read(code: &str, texts: &[&str]) -> Result<(ProcedureCode, Vec<Procedure>)> {
    let versions = texts.iter().map(|text| serde_json::from_str(text)).collect::<Result<_, _>>();
    Ok((code.parse()?, versions.with_context(|| format!("a file of the procedure {code} cannot be read"))?))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{PROCEDURES, read};
    use crate::changes::publish::digest;

    /// What the first versions are known by in every installation. Dossiers are pinned to them: they never change.
    const FIRST: [(&str, &str); 6] = [
        ("1.001193", "a3828c3dd735bdca77243b79fbcdc94bd6a6e4d357f8ed9a95277081516dd984"),
        ("1.004222", "7e8f647268bf7bb50f19f660526d1e2e497c081a6dc94b4befe2444f7f1c4d2d"),
        ("1.004837", "469b5e6182d2a07a40dd343477a388518e33df3c1c43d41bd39b2f9790f5dec9"),
        ("1.004873", "e5b93db15b0fa56da728a85660ed7d3650a97be796675478ca23dd32d2c374ba"),
        ("2.000635", "9317835e1e26fd702e4b28d4d1b3b87ea1f5e4bd46eb8321d599a7998038a2e5"),
        ("2.000815", "4ecbd4f8370d146c625463833396d30c0cd95f53a76ddbbc08c7c22de91a9cab"),
    ];

    fn files() -> impl Iterator<Item = &'static str> {
        PROCEDURES.into_iter().flat_map(|(_, texts)| texts).copied()
    }

    #[test]
    fn every_file_can_work_and_says_nothing_that_would_be_lost() {
        for (code, texts) in PROCEDURES {
            let (code, versions) = read(code, texts).expect("procedures");
            for (procedure, text) in versions.iter().zip(texts) {
                procedure.form().unwrap_or_else(|why| panic!("{code}: {why}"));
                assert_eq!(procedure.code, code);
                let written: Value = serde_json::from_str(text).expect("JSON");
                assert_eq!(serde_json::to_value(procedure).expect("JSON"), written, "{code}");
            }
        }
    }

    #[test]
    fn the_first_versions_are_what_they_were() {
        let first = PROCEDURES.map(|(code, texts)| {
            let (_, versions) = read(code, texts).expect("procedures");
            (code, hex::encode(digest(&versions[0]).expect("JSON")))
        });
        assert_eq!(first.each_ref().map(|(code, digest)| (*code, &**digest)), FIRST);
    }

    #[test]
    fn every_text_is_there_in_both_languages() {
        fn check(value: &Value, path: &str) {
            match value {
                Value::Object(members) if members.contains_key("vi") => {
                    for language in ["vi", "en"] {
                        let text = members.get(language).and_then(Value::as_str);
                        assert!(text.is_some_and(|text| !text.trim().is_empty()), "{path}/{language}");
                    }
                }
                Value::Object(members) => {
                    members.iter().for_each(|(name, member)| check(member, &format!("{path}/{name}")))
                }
                Value::Array(items) => items.iter().for_each(|item| check(item, path)),
                _ => {}
            }
        }
        files().for_each(|text| check(&serde_json::from_str(text).expect("JSON"), ""));
    }
}
