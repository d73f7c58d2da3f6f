//! Requests of strangers: each is refused, nothing is read or written, and the page is answered as before.

use super::client::{Served, split};
use std::fs;
use std::io::{Read, Write};
use std::time::Duration;

/// One request a line: what it tries, then the request, with `|` for the ends of its lines. HOST is the server's name and port,
/// TOKEN the secret part of the address, ORIGIN the page's own origin, BODY a move that would be answered with its length as LENGTH.
const HOSTILE: &str = include_str!("hostile.txt");

/// A move that is answered, 42 bytes long.
const BODY: &str = r#"{"pinned":[],"current":[],"whole":true    }"#;

/// Bodies of moves that are none: what each tries, and the body. X is a long text.
const BODIES: &str = include_str!("bodies.txt");

/// The files in the folder and when they were changed.
fn folder(served: &Served) -> Vec<(String, u64)> {
    let entry = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.unwrap();
        (entry.file_name().to_string_lossy().into_owned(), entry.metadata().unwrap().len())
    };
    let mut all: Vec<_> = fs::read_dir(served.program.path("")).unwrap().map(entry).collect();
    all.sort();
    all
}

/// Lines of `name: content` without comments.
fn listed(text: &'static str) -> Vec<(&'static str, &'static str)> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split_once(": ").unwrap())
        .collect()
}

#[test]
fn at_least_sixty_requests_of_strangers_are_refused_and_the_page_is_answered_after_them() {
    let served = Served::new();
    // A file that nobody may get to see.
    fs::write(served.program.path("secret.csv"), "value\n7777.25\n").unwrap();
    let before = folder(&served);
    let (requests, bodies) = (listed(HOSTILE), listed(BODIES));
    assert!(requests.len() + bodies.len() >= 60, "{} and {}", requests.len(), bodies.len());
    let text = |request: &str| {
        let request = served.filled(request).replace("BODY", BODY).replace("LENGTH", &BODY.len().to_string());
        request.replace("LONG", &"x".repeat(70_000)).replace('|', "\r\n").replace("\\0", "\0")
    };
    // Some are refused for their slowness: side by side, fewer than are served at a time.
    let answered: Vec<(&str, String)> = std::thread::scope(|scope| {
        let ask = |part: Vec<(&'static str, &'static str)>| {
            let (served, text) = (&served, &text);
            let send = move |(tries, request)| (tries, served.send(text(request).as_bytes()));
            scope.spawn(move || part.into_iter().map(send).collect::<Vec<_>>())
        };
        let parts: Vec<_> = requests.chunks(6).map(<[_]>::to_vec).map(ask).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    let silent = answered.iter().filter(|(_, answer)| answer.is_empty()).map(|(tries, _)| *tries);
    let silent: Vec<&str> = silent.collect();
    assert!(silent.len() <= 6, "these are not answered at all: {silent:?}");
    for (tries, answer) in answered {
        let (status, body) = split(&answer);
        assert!(status == 0 || (400..500).contains(&status), "{tries}: {answer}");
        assert!(!body.contains(&served.token) && !body.contains("7777"), "{tries} tells: {answer}");
        assert!(!answer.to_lowercase().contains("access-control-allow"), "{tries}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 2").count(), 0, "{tries} smuggles: {answer}");
    }
    for (number, (tries, body)) in bodies.into_iter().enumerate() {
        let body =
            body.replace('X', &"x".repeat(20_000)).replace('Y', &"[".repeat(5_000)).replace("\\0", "\0");
        let (status, told) = served.ask("move", &body);
        assert!((400..500).contains(&status), "{tries}: {status} {told}");
        assert!(!told.contains("7777") && !told.contains("root:"), "{tries} tells: {told}");
        if number % 20 == 19 {
            std::thread::sleep(Duration::from_millis(200));
        }
    }
    assert_eq!(folder(&served), before, "a file was written");
    let (status, body) = served.ask("move", BODY);
    assert!(status == 200 && body.contains("dispute_rate"), "{status} {body}");
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let served = Served::new();
    let mut request = served
        .filled("POST /TOKEN/move HTTP/1.1\r\nHost: HOST\r\nOrigin: ORIGIN\r\nContent-Type: application/json\r\nContent-Length: 4\r\n\r\n")
        .into_bytes();
    request.extend([0xff, 0xfe, 0x00, 0x80]);
    assert_eq!(split(&served.send(&request)).0, 400);
    let noise: Vec<u8> = (0..4096_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    assert!([0, 400].contains(&split(&served.send(&noise)).0));
    assert_eq!(served.get("").0, 200);
}

#[test]
fn more_questions_than_a_hand_can_move_are_too_many() {
    let served = Served::new();
    let unknown = r#"{"settings":[{"key":"extends","value":"/etc/passwd"}]}"#;
    let statuses: Vec<u16> = (0..200).map(|_| served.ask("file", unknown).0).collect();
    assert!(
        statuses.iter().all(|status| [422, 429].contains(status)) && statuses.contains(&429),
        "{statuses:?}"
    );
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(served.ask("move", BODY).0, 200);
}

#[test]
fn connections_that_say_nothing_or_little_are_closed_and_others_are_answered_meanwhile() {
    let served = Served::new();
    let mut silent: Vec<_> = (0..20).map(|_| served.connect()).collect();
    let mut slow = served.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    let mut half = served.connect();
    let head = "POST /TOKEN/move HTTP/1.1\r\nHost: HOST\r\nOrigin: ORIGIN\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{";
    half.write_all(served.filled(head).as_bytes()).unwrap();
    assert_eq!(served.get("").0, 200);
    // More than are served at a time: the last wait until the first are given up.
    silent.extend((0..40).map(|_| served.connect()));
    assert_eq!(served.get("catalogue").0, 200);
    let mut told = String::new();
    let _ = half.read_to_string(&mut told);
    assert!(told.starts_with("HTTP/1.1 408"), "{told}");
    told.clear();
    let _ = slow.read_to_string(&mut told);
    assert!(!told.starts_with("HTTP/1.1 2"), "{told}");
    drop(silent);
}
