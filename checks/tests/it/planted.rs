//! The bugs that the fault tests must catch can still be planted.

use std::{collections::BTreeSet, fs, process::Command};

use checks::crates::root;

#[test]
fn every_bug_can_still_be_planted() {
    let folder = root().join("load-tests/faults/planted");
    let patches = fs::read_dir(&folder).expect("the bugs").flatten().map(|entry| entry.path());
    let patches: BTreeSet<_> = patches.filter(|path| path.extension().is_some_and(|end| end == "patch")).collect();
    assert!(!patches.is_empty(), "{}", folder.display());
    for patch in patches {
        let output = Command::new("git").args(["apply", "--check"]).arg(&patch).current_dir(root()).output();
        let output = output.expect("git");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "{} is to be planted anew (load-tests/faults/README.md): {said}",
            patch.display()
        );
    }
}
