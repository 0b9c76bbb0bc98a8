//! A mail server and a push service that take everything at once and count it; a GET of the latter says what they took.
use super::Outcome;
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::LocalSet;

#[derive(Default)]
struct Taken {
    mails: Cell<usize>,
    /// Message-IDs, so that the same mail twice is seen.
    ids: RefCell<HashSet<String>>,
    pushes: Cell<usize>,
    lines: Cell<usize>,
    most_lines: Cell<usize>,
}

/// Says the two ports in one line, then takes what comes until it is ended.
pub(crate) async fn run() -> Outcome<serde_json::Value> {
    let smtp = TcpListener::bind("127.0.0.1:0").await?;
    let push = TcpListener::bind("127.0.0.1:0").await?;
    let ports = serde_json::json!({
        "smtp": smtp.local_addr()?.port(), "push": push.local_addr()?.port(),
    });
    super::say(&ports)?;
    let taken = Rc::new(Taken::default());
    let sinks = LocalSet::new();
    let mails = taken.clone();
    sinks.spawn_local(async move {
        while let Ok((stream, _)) = smtp.accept().await {
            let taken = mails.clone();
            tokio::task::spawn_local(async move { take_mails(stream, &taken).await.ok() });
        }
    });
    sinks.spawn_local(async move {
        while let Ok((stream, _)) = push.accept().await {
            let taken = taken.clone();
            tokio::task::spawn_local(async move { take_pushes(stream, &taken).await.ok() });
        }
    });
    sinks.await;
    Ok(serde_json::Value::Null)
}

fn add(count: &Cell<usize>) {
    count.set(count.get() + 1);
}

async fn take_mails(stream: TcpStream, taken: &Taken) -> Outcome<()> {
    stream.set_nodelay(true)?;
    add(&taken.lines);
    taken
        .most_lines
        .set(taken.most_lines.get().max(taken.lines.get()));
    let ended = talk(BufReader::new(stream), taken).await;
    taken.lines.set(taken.lines.get() - 1);
    ended
}

async fn talk(mut stream: BufReader<TcpStream>, taken: &Taken) -> Outcome<()> {
    stream.write_all(b"220 sink\r\n").await?;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let said: &[u8] = match line.get(..4) {
            Some("DATA") => {
                stream.write_all(b"354 go on\r\n").await?;
                read_mail(&mut stream, taken).await?;
                b"250 taken\r\n"
            }
            Some("QUIT") => b"221 bye\r\n",
            _ => b"250 yes\r\n",
        };
        stream.write_all(said).await?;
    }
}

async fn read_mail(stream: &mut BufReader<TcpStream>, taken: &Taken) -> Outcome<()> {
    let mut line = Vec::new();
    while line != b".\r\n" {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Err("half a mail".into());
        }
        if line.starts_with(b"Message-ID:") {
            let id = String::from_utf8_lossy(&line).into_owned();
            taken.ids.borrow_mut().insert(id);
        }
    }
    add(&taken.mails);
    Ok(())
}

async fn take_pushes(stream: TcpStream, taken: &Taken) -> Outcome<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    let mut body = Vec::new();
    loop {
        let Some((is_question, length)) = read_head(&mut stream).await? else {
            return Ok(());
        };
        body.resize(length, 0);
        stream.read_exact(&mut body).await?;
        if is_question {
            let said = taken.said().to_string();
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", said.len());
            stream.write_all((head + &said).as_bytes()).await?;
        } else {
            add(&taken.pushes);
            let said = b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n";
            stream.write_all(said).await?;
        }
    }
}

/// Whether it is a GET, and how long its body is; none at the end.
async fn read_head(stream: &mut BufReader<TcpStream>) -> Outcome<Option<(bool, usize)>> {
    let (mut line, mut length, mut is_question) = (String::new(), 0, false);
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        is_question |= line.starts_with("GET ");
        if let Some(given) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = given.trim().parse()?;
        }
        if line == "\r\n" {
            return Ok(Some((is_question, length)));
        }
    }
}

impl Taken {
    fn said(&self) -> serde_json::Value {
        serde_json::json!({
            "mails": self.mails.get(), "ids": self.ids.borrow().len(),
            "pushes": self.pushes.get(), "connections": self.most_lines.get(),
        })
    }
}
