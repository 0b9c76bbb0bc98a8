//! Copies the built web app beside the code that embeds it, with a brotli twin of every text file.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use std::{fs, str};

/// What stands in for the web app where nobody built it, so that the service can be compiled and tested without Node.
const PLACEHOLDER: [(&str, &str); 2] = [
    ("index.html", include_str!("placeholder/index.html")),
    (
        "assets/placeholder.css",
        include_str!("placeholder/placeholder.css"),
    ),
];

/// Puts the web app, or the placeholder, into `out/dist` and its table into `out/web_files.rs`.
pub(crate) fn lay_out(built: &Path, out: &Path) -> io::Result<()> {
    // Cargo can watch only what is there; what is not would compile the service anew each time.
    fs::create_dir_all(built)?;
    println!("cargo::rerun-if-changed={}", built.display());
    let dist = out.join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    let mut files = BTreeMap::new();
    if built.join("index.html").is_file() {
        read(built, "", &mut files)?;
    } else {
        println!(
            "cargo::warning=web/dist is empty: the binary gets no web app (npm ci && npm run build in web/)"
        );
        let texts = PLACEHOLDER.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
        files.extend(texts);
    }
    let mut table = String::from("[\n");
    for (name, content) in files {
        table += &place(&dist, &name, &content)?;
    }
    fs::write(out.join("web_files.rs"), table + "]\n")
}

fn read(folder: &Path, inside: &str, files: &mut BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(())
}

/// Writes the file and its twin; answers its row of the table.
fn place(dist: &Path, name: &str, content: &[u8]) -> io::Result<String> {
    let target = dist.join(name);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&target, content)?;
    let packed = pack(content)?;
    let twin = match packed {
        Some(packed) => {
            let twin = dist.join(format!("{name}.br"));
            fs::write(&twin, packed)?;
            format!("Some(include_bytes!({:?}))", shown(&twin))
        }
        None => "None".to_owned(),
    };
    let whole = shown(&target);
    Ok(format!("({name:?}, include_bytes!({whole:?}), {twin}),\n"))
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Pictures and fonts are packed already and no UTF-8.
fn pack(content: &[u8]) -> io::Result<Option<Vec<u8>>> {
    if str::from_utf8(content).is_err() {
        return Ok(None);
    }
    let mut packed = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    packed.write_all(content)?;
    packed.flush()?;
    let packed = packed.into_inner();
    Ok((packed.len() < content.len()).then_some(packed))
}
