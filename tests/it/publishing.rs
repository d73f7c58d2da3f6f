//! A folder of results is the old one or the new one at every instant, whatever kills its writers or gets between them.

use redress::export::{FolderLock, Manifest, Replacing, RunDirectory};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// The file by which a process knows that it is to publish into `run` beside it, and what.
const TASK: &str = "task";

/// What such a process says when it has published for the first time.
const BEGUN: &str = "published once";

/// Publishes results that all say `content`; fails if the folder is anything but results as they were written.
fn publish(folder: &Path, content: &str) -> Result<(), String> {
    let failed = |error: redress::export::ExportError| error.to_string();
    let directory = RunDirectory::prepare(folder).map_err(failed)?;
    for name in ["summary.csv", "daily.csv", "charts/money.svg"] {
        directory.write(name, format!("{name} of {content}").as_bytes()).map_err(failed)?;
    }
    let manifest = Manifest { version: "x", command: "run", name: content.to_owned(), ..Manifest::default() };
    directory.write_manifest(manifest).map_err(failed)?;
    let published = directory.publish(Replacing::Any).map_err(failed)?;
    match published.remark {
        None => Ok(()),
        Some(remark) => Err(remark),
    }
}

/// What the results in a folder say, if they are whole: every file that the manifest lists with its hash, and no other.
fn whole(folder: &Path) -> Result<String, String> {
    let read = |name: &str| fs::read(folder.join(name)).map_err(|error| format!("{name}: {error}"));
    let manifest: serde_json::Value =
        serde_json::from_slice(&read("manifest.json")?).map_err(|error| error.to_string())?;
    let listed = manifest["files_sha256"].as_object().ok_or("no hashes")?;
    for (name, hash) in listed {
        let mut found = String::new();
        for byte in Sha256::digest(read(name)?) {
            write!(found, "{byte:02x}").map_err(|error| error.to_string())?;
        }
        if hash.as_str() != Some(&found) {
            return Err(format!("{name} is not of this manifest"));
        }
    }
    let there = ["", "charts"].map(|below| fs::read_dir(folder.join(below)).map_or(0, Iterator::count));
    if there != [4, 1] || listed.len() != 3 {
        return Err(format!("{there:?} files"));
    }
    Ok(manifest["name"].as_str().unwrap_or_default().to_owned())
}

/// A folder in memory where there is one: most of the time then goes into renames and not into waiting for a disk.
fn quick_home() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap()
}

/// This very program as another process that publishes in `home` as `task` says: "CONTENT TIMES". It has published once.
fn publisher(home: &Path, task: &str) -> Child {
    fs::write(home.join(TASK), task).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([
        "--exact",
        "publishing::a_kill_at_any_instant_leaves_the_old_results_or_the_new_ones",
        "--nocapture",
    ]);
    let mut child = command.current_dir(home).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let begun = said.by_ref().lines().map_while(Result::ok).any(|line| line.contains(BEGUN));
    assert!(begun, "the process does not publish");
    // It has more to say at its end, and fails if nobody listens.
    child.stdout = Some(said.into_inner());
    child
}

/// Publishes as often as the task in the working folder says, if this process is one that [`publisher`] started.
#[allow(clippy::print_stdout, reason = "by this the process that waits for it knows that it has begun")]
fn is_publisher() -> bool {
    let Ok(task) = fs::read_to_string(TASK) else { return false };
    let (content, rounds) = task.split_once(' ').unwrap();
    let mut done = 0;
    while done < rounds.parse().unwrap() {
        match publish(Path::new("run"), &format!("{content} {done}")) {
            Ok(()) => {
                done += 1;
                if done == 1 {
                    println!("{BEGUN}");
                }
            }
            Err(why) if why.contains("another redress is writing there") => std::thread::yield_now(),
            Err(why) => panic!("{why}"),
        }
    }
    true
}

/// Pseudo-random numbers below `most`, the same every time.
fn numbers(most: u64) -> impl Iterator<Item = u64> {
    let step = |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
    std::iter::successors(Some(14), step).map(move |state| (state >> 33) % most)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_kill_at_any_instant_leaves_the_old_results_or_the_new_ones() {
    if is_publisher() {
        return;
    }
    let home = quick_home();
    let run = home.path().join("run");
    for (round, delay) in numbers(2_000).take(200).enumerate() {
        let mut child = publisher(home.path(), &format!("round{round} 1000000"));
        std::thread::sleep(Duration::from_micros(delay));
        child.kill().unwrap();
        assert!(!child.wait().unwrap().success());
        let found = whole(&run).unwrap_or_else(|why| panic!("round {round}: {why}"));
        assert!(found.starts_with(&format!("round{round} ")), "round {round}: {found}");
    }
    fs::remove_file(home.path().join(TASK)).unwrap();
    publish(&run, "last").unwrap();
    assert_eq!(whole(&run).unwrap(), "last");
    assert_eq!(names(home.path()), ["run"], "what the killed ones left is cleared away");
}

#[test]
fn two_processes_on_one_folder_never_mix_their_results() {
    let home = quick_home();
    let run = home.path().join("run");
    let mut first = publisher(home.path(), "first 200");
    let mut second = publisher(home.path(), "second 200");
    // Each looks at what the other has left before it begins, file by file and by hash, and fails if anything is amiss.
    assert!(first.wait().unwrap().success());
    assert!(second.wait().unwrap().success());
    let last = whole(&run).unwrap();
    assert!(last == "first 199" || last == "second 199", "{last}");
    assert_eq!(names(home.path()), ["run", TASK]);
}

/// Results of "old" in `home/run`, and a hidden folder beside them as a process leaves it that is killed on its way.
fn killed(parts: &[&str]) -> (TempDir, PathBuf) {
    let home = TempDir::new().unwrap();
    publish(&home.path().join("run"), "old").unwrap();
    let left = home.path().join(".run.unfinished-aB3xYz");
    fs::create_dir(&left).unwrap();
    for part in parts {
        let path = left.join(part);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "left").unwrap();
    }
    (home, left)
}

const MARKER: &str = "redress-unfinished.txt";

#[test]
fn what_a_killed_process_left_is_removed_at_whatever_step_it_was() {
    for parts in [&[][..], &[MARKER], &[MARKER, "results/charts/old.svg"], &[MARKER, "former/summary.csv"]] {
        let (home, _) = killed(parts);
        publish(&home.path().join("run"), "new").unwrap();
        assert_eq!(whole(&home.path().join("run")).unwrap(), "new");
        assert_eq!(names(home.path()), ["run"], "{parts:?}");
    }
}

#[test]
fn a_result_that_a_killed_process_had_taken_away_is_put_back() {
    let (home, left) = killed(&[MARKER]);
    let run = home.path().join("run");
    fs::rename(&run, left.join("former")).unwrap();
    drop(RunDirectory::prepare(&run).unwrap());
    assert_eq!(whole(&run).unwrap(), "old");
}

#[test]
fn only_leftovers_with_our_name_and_marker_are_removed_and_never_those_at_work() {
    let (home, left) = killed(&["precious.txt"]);
    let others = [".run.unfinished-", ".run.unfinished-a.b", ".other.unfinished-aB3xYz", "unfinished-aB3xYz"];
    for other in others {
        fs::create_dir(home.path().join(other)).unwrap();
        fs::write(home.path().join(other).join(MARKER), "").unwrap();
    }
    let before = names(home.path());
    publish(&home.path().join("run"), "new").unwrap();
    assert_eq!(names(home.path()), before);
    assert!(left.join("precious.txt").exists());
    let lock = FolderLock::acquire(&home.path().join("other")).unwrap();
    let busy = publish(&home.path().join("other"), "x").unwrap_err();
    assert!(busy.contains("another redress is writing there; wait until it is done"), "{busy}");
    assert!(home.path().join(".other.unfinished-aB3xYz").exists());
    drop(lock);
    publish(&home.path().join("other"), "x").unwrap();
    assert!(!home.path().join(".other.unfinished-aB3xYz").exists());
}

#[cfg(unix)]
#[test]
fn a_link_in_a_leftover_or_in_its_place_is_not_followed() {
    let (home, left) = killed(&[MARKER, "results/x"]);
    let kept = home.path().join("kept");
    fs::create_dir(&kept).unwrap();
    fs::write(kept.join("mine.txt"), "mine").unwrap();
    std::os::unix::fs::symlink(&kept, left.join("results/link")).unwrap();
    std::os::unix::fs::symlink(&kept, home.path().join(".run.unfinished-linked")).unwrap();
    publish(&home.path().join("run"), "new").unwrap();
    assert!(kept.join("mine.txt").exists() && !left.exists());
}

#[test]
fn files_that_come_while_a_command_works_stay_and_its_results_go_beside_them() {
    let home = TempDir::new().unwrap();
    let run = home.path().join("run");
    publish(&run, "old").unwrap();
    let directory = RunDirectory::prepare(&run).unwrap();
    directory.write("summary.csv", b"new").unwrap();
    fs::write(run.join("notes.txt"), "mine").unwrap();
    let published = directory.publish(Replacing::Any).unwrap();
    assert_eq!(published.folder, home.path().join("run.new"));
    let remark = published.remark.unwrap();
    assert!(
        remark.contains("run is left as it was, for it holds notes.txt, which redress did not write"),
        "{remark}"
    );
    assert_eq!(fs::read_to_string(run.join("notes.txt")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(run.join("summary.csv")).unwrap(), "summary.csv of old");
    assert_eq!(names(&home.path().join("run.new")), ["summary.csv"]);
    assert_eq!(names(home.path()), ["run", "run.new"]);
}

#[test]
fn an_abandoned_run_leaves_no_folder_behind() {
    let home = TempDir::new().unwrap();
    let directory = RunDirectory::prepare(&home.path().join("output/run")).unwrap();
    directory.write("summary.csv", b"a").unwrap();
    assert_eq!(names(&home.path().join("output")).len(), 2, "the lock and the hidden folder");
    drop(directory);
    assert_eq!(names(home.path()), [""; 0]);
}
