//! Before the service is compiled: checks the sentences of both languages and turns them into constants, and lays out
//! the web app to be embedded.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "build/guides.rs"]
mod guides;
#[path = "build/messages.rs"]
mod messages;
#[path = "build/web.rs"]
mod web;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/messages.rs");
    println!("cargo::rerun-if-changed=build/web.rs");
    println!("cargo::rerun-if-changed=build/guides.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?);
    fold_alike_code();
    generate_messages(&out)?;
    guides::list(Path::new("docs/guide"), &out)?;
    Ok(web::lay_out(Path::new("web/dist"), &out)?)
}

/// Functions of the same instructions become one: the service is compiled for two databases, and much of it is alike. The
/// linker that comes with Rust for this system can do it.
fn fold_alike_code() {
    let is = |name: &str, value: &str| env::var_os(name).is_some_and(|found| found == value);
    if is("PROFILE", "release") && is("TARGET", "x86_64-unknown-linux-gnu") {
        println!("cargo::rustc-link-arg-bins=-Wl,--icf=all");
    }
}

fn generate_messages(out: &Path) -> Result<(), Box<dyn Error>> {
    let [vi, en] = ["config/messages/vi.json", "config/messages/en.json"];
    println!("cargo::rerun-if-changed={vi}");
    println!("cargo::rerun-if-changed={en}");
    match messages::compile(&fs::read_to_string(vi)?, &fs::read_to_string(en)?) {
        Ok(code) => {
            fs::write(out.join("messages.rs"), code)?;
        }
        Err(faults) => {
            for fault in faults {
                println!("cargo::error=config/messages: {fault}");
            }
        }
    }
    Ok(())
}
