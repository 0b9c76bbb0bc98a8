//! Lists the guides and their pictures, so that the service can show them.

use std::path::Path;
use std::{fs, io};

/// Writes `out/guides.rs`: kinds with their texts, then names of pictures with their bytes.
pub(crate) fn list(guides: &Path, out: &Path) -> io::Result<()> {
    // Cargo can watch only what is there; see build/web.rs.
    fs::create_dir_all(guides)?;
    println!("cargo::rerun-if-changed={}", guides.display());
    let (mut texts, mut pictures) = (Vec::new(), Vec::new());
    read(guides, "", &mut |name, path| {
        let kind = name
            .strip_prefix("huong-dan-")
            .and_then(|rest| rest.strip_suffix(".md"));
        let path = path.display().to_string();
        if let Some(kind) = kind {
            texts.push(format!("({kind:?}, include_str!({path:?})),"));
        } else if [".png", ".jpg", ".webp", ".svg"]
            .iter()
            .any(|ending| name.ends_with(ending))
        {
            pictures.push(format!("({name:?}, include_bytes!({path:?})),"));
        }
    })?;
    texts.sort();
    pictures.sort();
    let code = format!(
        "static TEXTS: &[(&str, &str)] = &[{}];\nstatic PICTURES: &[(&str, &[u8])] = &[{}];\n",
        texts.concat(),
        pictures.concat()
    );
    fs::write(out.join("guides.rs"), code)
}

fn read(folder: &Path, inside: &str, found: &mut impl FnMut(&str, &Path)) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{inside}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found(&name, &fs::canonicalize(entry.path())?);
        }
    }
    Ok(())
}
