//! Builds again when a template or a message changes: they are embedded.

fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=messages");
}
