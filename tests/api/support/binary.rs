//! The real binary: its commands in a folder of an operator's, and itself while it serves.
use super::{TestApp, chance};
use giothong::platform::seal::Keys;
use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Command, Stdio};
use tempfile::TempDir;

/// A folder in which an operator works, and the settings in their environment.
pub struct Desk {
    folder: TempDir,
    settings: Vec<(&'static str, String)>,
}

/// What a command answered.
pub struct Outcome {
    pub is_done: bool,
    pub words: String,
}

impl Outcome {
    #[track_caller]
    pub fn done(self) -> String {
        assert!(self.is_done, "{}", self.words);
        self.words
    }

    #[track_caller]
    pub fn failed(self, words: &str) -> String {
        assert!(!self.is_done, "{}", self.words);
        assert!(self.words.contains(words), "{}", self.words);
        self.words
    }
}

impl Desk {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            settings: Vec::new(),
        }
    }

    /// Whose commands all meet this setting.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.settings.push((name, value));
        self
    }

    /// With tables and keys.
    pub fn ready() -> Self {
        let desk = Self::new();
        desk.run(&["migrate"]).done();
        desk
    }

    /// With the tables and the keys of this test's own service.
    pub fn beside(app: &TestApp) -> Self {
        let desk = Self::new()
            .with(
                "GIOTHONG__DATABASE__URL",
                app.app.settings.database.url.clone(),
            )
            .with("GIOTHONG__KEYS__FILE", "keys.toml".to_owned());
        Keys::create(&desk.file("keys.toml"), &mut chance()).unwrap();
        desk.run(&["migrate"]).done();
        desk
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_giothong"));
        command.args(arguments).current_dir(self.folder.path());
        command.env("NO_COLOR", "1");
        command.envs(self.settings.iter().map(|(name, value)| (*name, value)));
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Outcome {
        outcome(&mut self.command(arguments))
    }

    pub fn run_with(&self, arguments: &[&str], name: &str, value: &str) -> Outcome {
        outcome(self.command(arguments).env(name, value))
    }
}

pub fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().unwrap();
    let words = [output.stdout, output.stderr].concat();
    Outcome {
        is_done: output.status.success(),
        words: String::from_utf8(words).unwrap(),
    }
}

/// The service as a process of its own.
pub struct Served {
    pub child: Child,
    log: Lines<BufReader<ChildStderr>>,
    pub port: u16,
    pub metrics_port: u16,
}

impl Served {
    pub fn start(desk: &Desk) -> Self {
        let (port, metrics_port) = (closed_port(), closed_port());
        let mut child = desk
            .command(&["serve"])
            .env("GIOTHONG__SERVER__ADDRESS", format!("127.0.0.1:{port}"))
            .env(
                "GIOTHONG__SERVER__METRICS_ADDRESS",
                format!("127.0.0.1:{metrics_port}"),
            )
            .env("GIOTHONG__SERVER__NOTICE_SECONDS", "1")
            .env("GIOTHONG__LOG__FORMAT", "json")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut served = Self {
            child,
            log,
            port,
            metrics_port,
        };
        served.hear("serving");
        served
    }

    /// Reads the log until this was said.
    pub fn hear(&mut self, words: &str) {
        let line = self.log.by_ref().map(Result::unwrap).find(|line| {
            let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
            line["message"].as_str().unwrap_or_default().contains(words)
        });
        line.unwrap_or_else(|| panic!("the log ended without {words}"));
    }

    pub fn get(&self, path: &str) -> String {
        get(self.port, path)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _ended_already = self.child.wait();
    }
}

pub fn get(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

pub fn closed_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}
