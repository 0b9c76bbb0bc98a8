//! Checks the sentences of both languages and turns them into constants before the service is compiled.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

#[path = "build/messages.rs"]
mod messages;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/messages.rs");
    generate_messages()
}

fn generate_messages() -> Result<(), Box<dyn Error>> {
    let [vi, en] = ["config/messages/vi.json", "config/messages/en.json"];
    println!("cargo::rerun-if-changed={vi}");
    println!("cargo::rerun-if-changed={en}");
    match messages::compile(&fs::read_to_string(vi)?, &fs::read_to_string(en)?) {
        Ok(code) => {
            let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?)
                .join("messages.rs");
            fs::write(out, code)?;
        }
        Err(faults) => {
            for fault in faults {
                println!("cargo::error=config/messages: {fault}");
            }
        }
    }
    Ok(())
}
