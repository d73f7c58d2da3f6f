//! The architecture below the folders of `src/`: subfolders use one another in one direction, and no files of either crate go in a
//! circle.

use crate::imports::{Arrows, arrows, circles};
use crate::tidy::{files, read};
use std::collections::{BTreeMap, BTreeSet};

/// Subfolders, or files beside them, of a folder of `src/`: each uses those after an arrow to its right, none to its left, and
/// none beside it. The head of the folder's `mod.rs` says the same.
const FLOORS: &[(&str, &str)] = &[
    ("engine", "run → flow | batch | close → books → desk → order | arrivals → setup → ground"),
    ("scenario", "study → layers → keys → kinds → reading → columns → text"),
];

/// The arrows between the files of a crate.
fn sources(root: &str) -> Arrows {
    let named = files(root, "rs").into_iter().map(|path| {
        let name =
            path.strip_prefix(root).expect("it is below the root").to_str().expect("plain names").to_owned();
        (name, read(&path))
    });
    arrows(&named.collect())
}

#[test]
fn no_files_use_one_another_in_a_circle() {
    for root in ["src", "python/src"] {
        let found: Vec<String> = circles(&sources(root)).iter().map(|circle| circle.join(", ")).collect();
        assert_eq!(found, Vec::<String>::new(), "circles of files of {root}");
    }
}

#[test]
fn subfolders_use_one_another_in_the_direction_of_their_arrows() {
    let arrows = sources("src");
    for (folder, floors) in FLOORS {
        let part = |file: &str| {
            let below = file.strip_prefix(folder)?.strip_prefix('/')?.split('/').next()?;
            (below != "mod.rs").then(|| below.trim_end_matches(".rs").to_owned())
        };
        let place: BTreeMap<&str, usize> = floors
            .split(" → ")
            .enumerate()
            .flat_map(|(floor, beside)| beside.split(" | ").map(move |part| (part, floor)))
            .collect();
        let there: BTreeSet<String> = arrows.keys().filter_map(|file| part(file)).collect();
        let listed: BTreeSet<String> = place.keys().map(|part| (*part).to_owned()).collect();
        assert_eq!(there, listed, "the parts of src/{folder} and those that are listed");
        for (file, used) in &arrows {
            for other in used {
                let (Some(from), Some(to)) = (part(file), part(other)) else { continue };
                let is_down = from == to || place[from.as_str()] < place[to.as_str()];
                assert!(is_down, "src/{file} uses {other}: {from} must not use {to}");
            }
        }
        let head = read(format!("src/{folder}/mod.rs").as_ref()).replace(['`', '\n'], "").replace("//!", "");
        assert!(head.contains(floors), "the head of src/{folder}/mod.rs does not say {floors}");
    }
}

/// The arrows between made-up files, each as `from > to`.
fn of(files: &[(&str, &str)]) -> Vec<String> {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let each =
        |(from, to): (String, BTreeSet<String>)| to.into_iter().map(move |to| format!("{from} > {to}"));
    arrows(&files).into_iter().flat_map(each).collect()
}

const FOLDER: (&str, &str) =
    ("a/mod.rs", "mod one;\nmod two;\npub use one::One;\npub(crate) use two::{second as later};");
const ONE: (&str, &str) = ("a/one.rs", "pub struct One;\nimpl One { pub const fn new() -> Self { One } }");

#[test]
fn a_name_leads_to_the_file_that_defines_it_through_every_reexport() {
    let root = ("lib.rs", "pub mod a;\npub mod b;\npub use a::One as First;");
    let two = ("a/two.rs", "use super::One;\npub(crate) fn second(_: One) {}");
    let found = of(&[root, FOLDER, ONE, two, ("b.rs", "use crate::{First, a::later};")]);
    assert_eq!(found, ["a/two.rs > a/one.rs", "b.rs > a/one.rs", "b.rs > a/two.rs"]);
}

#[test]
fn paths_in_the_code_and_imported_modules_are_followed() {
    let root = ("lib.rs", "mod a;\nmod b;\nmod c;");
    let two = ("a/two.rs", "pub fn second() { self::inner(); super::one::One::new(); }\nfn inner() {}");
    let b = ("b.rs", "use crate::a;\npub struct X;\nfn f() { crate::a::later(a::One::new()) }");
    let c = ("c.rs", "fn f<T: Iterator>(x: Vec<crate::b::X>) -> T::Item { std::iter::empty::<u8>() }");
    let found = of(&[root, FOLDER, ONE, two, b, c]);
    assert_eq!(found, ["a/two.rs > a/one.rs", "b.rs > a/one.rs", "b.rs > a/two.rs", "c.rs > b.rs"]);
}

#[test]
fn comments_texts_tests_and_the_list_of_modules_use_nothing() {
    let root = ("lib.rs", "mod a;\nmod b;");
    let two = (
        "a/two.rs",
        "//! See [`crate::b::X`].\npub fn second() -> char { let _ = \"crate::b::X\"; let _ = r#\"\"crate::b::X\"#; '\"' }\n\
         /* crate::b::X */\n#[cfg(test)]\nmod tests {\n    use super::*;\n    use crate::b::X;\n}",
    );
    let b =
        ("b.rs", "pub struct X<'a>(&'a str);\n#[cfg(test)]\nuse crate::a::{One, later};\nuse crate::a::One;");
    assert_eq!(of(&[root, FOLDER, ONE, two, b]), ["b.rs > a/one.rs"]);
}

#[test]
fn a_folder_that_works_with_what_it_passes_on_uses_it() {
    let root = ("lib.rs", "mod a;");
    let folder = ("a/mod.rs", "mod one;\npub use one::{One, Two};\npub fn first() -> One { One::new() }");
    let one = ("a/one.rs", "pub struct One;\npub struct Two;\nuse super::first;");
    let found = of(&[root, folder, one]);
    assert_eq!(found, ["a/mod.rs > a/one.rs", "a/one.rs > a/mod.rs"]);
}

#[test]
fn items_that_a_macro_writes_and_modules_within_a_file_are_found() {
    let root = ("lib.rs", "mod a;\nmod b;\nmod c;");
    let a = ("a.rs", "macro_rules! listed { ($($x:tt)*) => { $($x)* } }\npub(crate) use listed;");
    let b = (
        "b.rs",
        "use crate::a::listed;\nlisted! { pub enum Kind { First } }\npub mod bits { pub const ONE: u8 = 1; }",
    );
    let c = (
        "c.rs",
        "use crate::b::{Kind, bits};\nconst BIT: u8 = bits::ONE;\nuse crate::b::bits::ONE as FIRST;",
    );
    assert_eq!(of(&[root, a, b, c]), ["b.rs > a.rs", "c.rs > b.rs"]);
}

#[test]
#[should_panic(expected = "lost is not defined in a.rs")]
fn a_name_that_is_nowhere_is_no_silent_gap() {
    of(&[("lib.rs", "mod a;\nmod b;"), ("a.rs", ""), ("b.rs", "use crate::a::lost;")]);
}

#[test]
fn a_circle_has_every_file_on_it_and_none_beside_it() {
    let files = ["lib.rs", "a.rs", "b.rs", "c.rs", "d.rs", "e.rs"];
    let texts = [
        "mod a; mod b; mod c; mod d; mod e;",
        "use crate::b::B; pub struct A;",
        "use crate::c::C; pub struct B;",
        "use crate::a::A; use crate::d::D; pub struct C;",
        "pub struct D;",
        "use crate::a::A;",
    ];
    let files = files.iter().zip(texts).map(|(file, text)| ((*file).to_owned(), text.to_owned())).collect();
    assert_eq!(circles(&arrows(&files)), [["a.rs", "b.rs", "c.rs"]]);
}
