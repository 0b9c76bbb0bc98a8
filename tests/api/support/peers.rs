//! Real peers on the loopback: a mail server and a web server that fail as they are told to.
#![expect(
    clippy::disallowed_methods,
    reason = "a peer is no work of the service"
)]
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What arrived.
pub type Arrived = Arc<Mutex<Vec<String>>>;

/// How a web server answers.
#[derive(Clone, Copy, Debug)]
pub enum Manner {
    /// With this status.
    Status(u16),
    /// With this status, and seconds to wait.
    Busy(u16, u32),
    /// Never.
    Silent,
    /// With more than anybody reads.
    Endless,
    /// By sending on to another place.
    Elsewhere,
}

/// A web server that answers every request in this manner; gives its address and what it was sent.
pub async fn web_server(manner: Manner) -> (String, Arrived) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/take", listener.local_addr().unwrap());
    let arrived = Arrived::default();
    let kept = arrived.clone();
    actix_web::rt::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            actix_web::rt::spawn(answer(stream, manner, kept.clone()));
        }
    });
    (address, arrived)
}

async fn answer(stream: TcpStream, manner: Manner, arrived: Arrived) {
    let mut stream = BufReader::new(stream);
    loop {
        let mut head = String::new();
        let mut length = 0;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            if let Some(given) = line.to_lowercase().strip_prefix("content-length:") {
                length = given.trim().parse().unwrap();
            }
            head.push_str(&line);
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.unwrap();
        arrived
            .lock()
            .unwrap()
            .push(head + &String::from_utf8_lossy(&body));
        let said = match manner {
            Manner::Status(status) => format!("HTTP/1.1 {status} So\r\ncontent-length: 0\r\n\r\n"),
            Manner::Busy(status, seconds) => format!(
                "HTTP/1.1 {status} So\r\nretry-after: {seconds}\r\ncontent-length: 0\r\n\r\n"
            ),
            Manner::Elsewhere => {
                "HTTP/1.1 307 So\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n"
                    .to_owned()
            }
            Manner::Endless => {
                let head = "HTTP/1.1 200 So\r\ntransfer-encoding: chunked\r\n\r\n";
                let _gone = stream.write_all(head.as_bytes()).await;
                let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
                while stream.write_all(chunk.as_bytes()).await.is_ok() {}
                return;
            }
            Manner::Silent => {
                let mut rest = Vec::new();
                let _gone = stream.read_to_end(&mut rest).await;
                return;
            }
        };
        if stream.write_all(said.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// A mail server. It fails where the recipient says so: `tempfail@` 451, `reject@` 550, `policy@` 550 5.7.1, `drop@`
/// takes the mail and cuts the line before it answers, once; `slow@` never answers.
pub async fn mail_server() -> (u16, Arrived) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let arrived = Arrived::default();
    let kept = arrived.clone();
    actix_web::rt::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            actix_web::rt::spawn(take_mail(stream, kept.clone()));
        }
    });
    (port, arrived)
}

async fn take_mail(stream: TcpStream, arrived: Arrived) {
    let mut stream = BufReader::new(stream);
    let mut recipient = String::new();
    if stream.write_all(b"220 test\r\n").await.is_err() {
        return;
    }
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let verb = line.split([' ', '\r']).next().unwrap().to_uppercase();
        let said = match verb.as_str() {
            "RCPT" => {
                recipient = line.clone();
                refusal(&line)
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await.unwrap();
                let mail = read_mail(&mut stream).await;
                let before = arrived.lock().unwrap().clone();
                let is_first = !before.iter().any(|one| one.contains("drop@"));
                arrived.lock().unwrap().push(mail);
                if recipient.contains("<drop") && is_first {
                    return;
                }
                "250 taken"
            }
            "QUIT" => "221 bye",
            _ => "250 yes",
        };
        if said.is_empty() {
            let mut rest = Vec::new();
            let _gone = stream.read_to_end(&mut rest).await;
            return;
        }
        if stream
            .write_all(format!("{said}\r\n").as_bytes())
            .await
            .is_err()
        {
            return;
        }
    }
}

fn refusal(line: &str) -> &'static str {
    for (name, said) in [
        ("<tempfail", "451 4.2.0 not now"),
        ("<reject", "550 5.1.1 nobody of this name"),
        ("<policy", "550 5.7.1 not from you"),
        ("<slow", ""),
    ] {
        if line.contains(name) {
            return said;
        }
    }
    "250 yes"
}

async fn read_mail(stream: &mut BufReader<TcpStream>) -> String {
    let mut mail = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 || line == ".\r\n" {
            return mail;
        }
        mail.push_str(&line);
    }
}
