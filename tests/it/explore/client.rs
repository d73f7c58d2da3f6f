//! The server in a process of its own, and requests written byte by byte.

use crate::program::Program;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

/// A server under way; it ends with this.
pub(super) struct Served {
    pub(super) program: Program,
    pub(super) child: Child,
    pub(super) host: String,
    pub(super) token: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    /// Explores the small scenario of [`Program`].
    pub(super) fn new() -> Self {
        Self::with(&[])
    }

    /// The same with further options.
    pub(super) fn with(options: &[&str]) -> Self {
        let program = Program::new();
        let mut command = program.command(&[&["explore", "small.toml"], options].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let rest = address.trim().strip_prefix("http://").expect("an address is printed");
        let (host, token) = rest.trim_end_matches('/').split_once('/').expect("it has a token");
        Self { program, child, host: host.to_owned(), token: token.to_owned() }
    }

    /// A request with HOST, TOKEN and ORIGIN in it replaced.
    pub(super) fn filled(&self, request: &str) -> String {
        let origin = format!("http://{}", self.host);
        request.replace("ORIGIN", &origin).replace("HOST", &self.host).replace("TOKEN", &self.token)
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Sends bytes, and reads until the server closes; what comes by then.
    pub(super) fn send(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        // A server that has refused already reads no further.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asks a question as the page does; status and body.
    pub(super) fn ask(&self, path: &str, body: &str) -> (u16, String) {
        let head = self.filled(&format!(
            "POST /TOKEN/{path} HTTP/1.1\r\nHost: HOST\r\nOrigin: ORIGIN\r\nContent-Type: application/json\r\n\
             Connection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        ));
        split(&self.send(format!("{head}{body}").as_bytes()))
    }

    /// Asks for a file of the page; status and body.
    pub(super) fn get(&self, path: &str) -> (u16, String) {
        let request = format!("GET /TOKEN/{path} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n");
        split(&self.send(self.filled(&request).as_bytes()))
    }
}

/// Status and body of an answer; 0 if there is none.
pub(super) fn split(answer: &str) -> (u16, String) {
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
    if !head.to_lowercase().contains("transfer-encoding: chunked") {
        return (status, body.to_owned());
    }
    let (mut rest, mut whole) = (body, String::new());
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).unwrap_or(0);
        if size == 0 || after.len() < size {
            break;
        }
        whole.push_str(&after[..size]);
        rest = after[size..].trim_start_matches("\r\n");
    }
    (status, whole)
}
