//! The getting-started page of `/docs` runs as it stands, in order, against the demonstration data.

use std::process::Command;

use crate::fixture::{Fixture, civil_status_copy};

const PAGE: &str = include_str!("../../../gateway/src/start.html");

/// What stands in the page's blocks, as one script.
fn script(base: &str) -> String {
    let blocks = PAGE.split("<pre><code>").skip(1).filter_map(|rest| rest.split("</code></pre>").next());
    let text = blocks.collect::<Vec<_>>().join("\n").replace("{{base}}", base);
    text.replace("&gt;", ">").replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_block_of_the_page_runs() {
    let fixture = Fixture::open().await;
    // The agency reaches submissions as an event; a reader of the page comes later than that.
    let an = fixture.sign_in("an@example.vn").await;
    fixture.draft(&an, "2.000635", "H44.100", &civil_status_copy()).await;
    let script = script(&fixture.installation.base("gateway"));
    let run = move || Command::new("bash").args(["-euo", "pipefail", "-c", &script]).output();
    let output = tokio::task::spawn_blocking(run).await.expect("it ends").expect("bash runs");
    let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{complained}\n{said}");
    assert!(said.contains("vpcpay.html") && said.contains("FEE_DUE"), "{complained}\n{said}");
}
