#!/usr/bin/env python3
"""Samples small changes of the program, and tries each against the tests: docs/mutation.md has the result and its reading.

    git worktree add ../changed                      # a copy to change, with a target folder of its own
    python3 tests/mutation/sample.py ../changed --seeds 17 18 --each 75

Every drawn change stands beside the function that it changes, and the variable MUTANT picks one when the tests start, so that all are
compiled together. What does not compile is taken out by the compiler's own errors. For each the tests run, the quickest first, until
one fails. Prints a line a change, and what survived; `--only NUMBER...` tries some again.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Each folder or file is changed by itself; what the compiler works out (`const`) cannot be picked at run time.
CHANGED = ["src/engine/books", "src/engine/close", "src/engine/flow", "src/engine/order/owed.rs", "src/engine/setup/segments.rs",
           "src/policy/appeal.rs", "src/policy/returns.rs", "src/policy/penalty.rs", "src/policy/mod.rs",
           "src/observe/seller_day.rs", "src/observe/penalties.rs"]
CONSTANT = ["effects.rs", "sums.rs"]
OPERATORS = {
    "<": ["<=", ">"], "<=": ["<"], ">": [">=", "<"], ">=": [">"], "==": ["!="], "!=": ["=="], "&&": ["||"], "||": ["&&"],
    "+": ["-"], "-": ["+"], "+=": ["-="], "-=": ["+="], "*": ["+", "/"], "/": ["*"], "%": ["/"], "&": ["|"], "|": ["&"],
}
VALUES = {"bool": ["true", "false"], "f64": ["0.0", "1.0"], "Row": ["[0; _]", "[1; _]"], "Lanes<u32>": ["[0; _]", "[1; _]"]}
TESTS = {
    "lib": ["engine::", "policy::", "observe::", "behavior::", "market::", "experiment::", "verification::"],
    "it": ["rules::", "windows::", "trace::the_days", "order_stories", "two_paths", "invariants::"],
}
SECONDS = 300
PICK = """
#[allow(missing_docs)]
pub fn mutant_on(number: u32) -> bool {
    static ON: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    *ON.get_or_init(|| std::env::var("MUTANT").ok().and_then(|text| text.parse().ok()).unwrap_or(u32::MAX)) == number
}
"""


def sources():
    for name in CHANGED:
        path = ROOT / name
        yield from sorted(str(file.relative_to(ROOT)) for file in (path.glob("*.rs") if path.is_dir() else [path]))


def without_words(text):
    """The text with spaces for its comments and strings."""
    return re.sub(r'//[^\n]*|"(?:[^"\\\n]|\\.)*"', lambda found: " " * len(found.group()), text)


def functions(text):
    """Of each function before the tests: name, whether it is const, its start, and its body's braces."""
    tests = text.find("#[cfg(test)]")
    text = text[: tests if tests >= 0 else len(text)]
    for found in re.finditer(r"(?m)^ *((?:pub(?:\([a-z]+\))? )?(const )?fn (\w+))", text):
        depth, place = 0, found.end()
        while place < len(text) and not (depth == 0 and text[place] in "{;"):
            depth += (text[place] in "([") - (text[place] in ")]")
            place += 1
        if place == len(text) or text[place] == ";":
            continue
        begin, depth = place, 0
        while depth + (text[place] == "{") - (text[place] == "}") or place == begin:
            depth += (text[place] == "{") - (text[place] == "}")
            place += 1
        yield found.group(3), bool(found.group(2)), found.start(1), begin, place


def returned(signature):
    """What a function may return instead, by its signature."""
    found = re.search(r"-> (.+?)\s*(where.*)?$", signature.strip(), re.S)
    if not found:
        return ["()"]
    kind = found.group(1).strip()
    if kind.startswith("Option<"):
        return ["None"]
    return VALUES.get(kind, ["0", "1"] if re.fullmatch(r"[ui](8|16|32|64|size)", kind) else [])


def changes_of(file):
    """All changes of a file: what is changed, as (file, function, const, start, begin, end, (at, old, new) or the whole, words)."""
    raw = (ROOT / file).read_text()
    text = without_words(raw)
    for name, is_const, start, begin, end in functions(text):
        if is_const and Path(file).name in CONSTANT:
            continue
        place, body = (file, name, is_const, start, begin, end), text[begin : end + 1]
        lines = body.split("\n")
        starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
        for first, line in zip(starts, lines):
            shown = raw[begin + first : begin + first + len(line)].strip()
            for old, others in OPERATORS.items():
                for found in re.finditer(re.escape(f" {old} "), line):
                    is_pattern = old == "|" and ("=>" in line or line.strip().startswith("|"))
                    if not (is_pattern or "debug_assert" in line):
                        for new in others:
                            yield *place, (first + found.start(), f" {old} ", f" {new} "), f"{old} -> {new} in {shown}"
            for found in re.finditer("if !", line):
                yield *place, (first + found.start(), "if !", "if "), f"if ! -> if in {shown}"
        # An arm that a wildcard after it would take over.
        for number, line in enumerate(lines):
            arm = re.fullmatch(r"( +)(\S.* => .*(?:,|\}))", line)
            if not arm or arm.group(2).startswith("_") or line.count("{") != line.count("}"):
                continue
            for later in lines[number + 1 :]:
                if later.strip() and not later.startswith(arm.group(1)):
                    break
                if later.startswith(arm.group(1) + "_ => "):
                    yield *place, (starts[number], line, ""), f"arm deleted: {arm.group(2)}"
                    break
        for value in returned(text[start:begin]):
            inside = body[1:-1].strip()
            if inside != value and (inside or value != "()"):
                yield *place, value, f"returns {value}"


def write(folder, picked):
    """Writes the sources with the picked changes beside the functions that they change."""
    edits = {file: [] for file in sources()}
    for number, (file, _, is_const, start, begin, end, change, _) in sorted(picked.items()):
        body = (ROOT / file).read_text()[begin : end + 1]
        if isinstance(change, str):
            body = f"{{ {change} }}"
        else:
            at, old, new = change
            body = body[:at] + new + body[at + len(old) :]
        edits[file].append((begin + 1, f"\nif crate::mutant_on(/*M{number}*/{number}) {{ return {body}; }}/*E*/\n", is_const and start))
    for file, of_file in edits.items():
        text = (ROOT / file).read_text()
        consts = {text.index("const fn", start) for *_, start in of_file if start is not False}
        inserted = [(at, 0, words) for at, words, _ in of_file] + [(at, len("const "), "") for at in consts]
        for at, cut, words in sorted(inserted, reverse=True):
            text = text[:at] + words + text[at + cut :]
        (folder / file).write_text(text)
    lib = re.sub(r"#!\[(forbid|deny)\([^]]*\)\]\n", "", (ROOT / "src/lib.rs").read_text())
    (folder / "src/lib.rs").write_text(lib + PICK)


def compiled(folder, picked, profile):
    """Compiles, and takes out what does not compile; the programs of the tests."""
    while True:
        write(folder, picked)
        command = ["cargo", "test", "--profile", profile, "--lib", "--test", "it", "--no-run", "--message-format", "short"]
        built = subprocess.run(command, cwd=folder, stderr=subprocess.PIPE, text=True)
        if built.returncode == 0:
            programs = re.findall(r"Executable .*\((.*)\)", built.stderr)
            return dict(zip(["lib", "it"], (folder / program for program in programs)))
        wrong = set()
        for file, line in re.findall(r"(?m)^(src/[\w/]+\.rs):(\d+):\d+: error", built.stderr):
            before = "\n".join((folder / file).read_text().split("\n")[: int(line)])
            numbers = re.findall(r"/\*M(\d+)\*/", before)
            wrong |= {int(numbers[-1])} if numbers else set()
        if not wrong & picked.keys():
            sys.exit(built.stderr)
        for number in sorted(wrong & picked.keys()):
            print(number, "does not compile:", *picked.pop(number)[:2], flush=True)


def tried(number, programs, folder):
    """What comes of a change: the first test that fails, or that it takes too long, or nothing."""
    for name, words in TESTS.items():
        environment = dict(os.environ, MUTANT=str(number), RUST_BACKTRACE="0")
        run = subprocess.Popen([programs[name], *words], cwd=folder, env=environment, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
        is_late = threading.Event()
        timer = threading.Timer(SECONDS, lambda: (is_late.set(), run.kill()))
        timer.start()
        failed = next((line.split()[1] for line in run.stdout if re.match(r"test .* FAILED$", line)), None)
        if failed:
            run.kill()
        run.wait()
        timer.cancel()
        if is_late.is_set():
            return "timed out"
        if failed or run.returncode != 0:
            return f"caught by {failed or 'an abort'}"
    return None


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path, help="a copy of this repository, whose sources are overwritten")
    arguments.add_argument("--seeds", type=int, nargs="+", default=[17, 18], help="a sample for each, without repetition")
    arguments.add_argument("--each", type=int, default=75, help="changes of a sample")
    arguments.add_argument("--profile", default="release")
    arguments.add_argument("--only", type=int, nargs="+", help="numbers to try")
    given = arguments.parse_args()
    folder = given.folder.resolve()
    if folder == ROOT or not (folder / "src/lib.rs").exists():
        sys.exit(f"{folder} is not a copy of {ROOT}")
    every = [change for file in sources() for change in changes_of(file)]
    left, picked = list(range(len(every))), {}
    for sample, seed in enumerate(given.seeds, 1):
        drawn = random.Random(seed).sample(left, given.each)
        left = sorted(set(left) - set(drawn))
        picked |= {1000 * sample + place: every[which] for place, which in enumerate(drawn)}
    if given.only:
        picked = {number: picked[number] for number in given.only}
    print(f"{len(every)} changes, {len(picked)} drawn", flush=True)
    programs = compiled(folder, picked, given.profile)
    if fault := tried(2**32 - 2, programs, folder):
        sys.exit(f"without any change: {fault}")
    results = {}
    for number, (file, name, *_, words) in sorted(picked.items()):
        results[number] = tried(number, programs, folder)
        print(number, results[number] or "SURVIVED", f"{file} {name}: {words}", sep="\t", flush=True)
    survived = [number for number, result in results.items() if result is None]
    print(json.dumps({"compile": len(results), "caught": len(results) - len(survived), "survived": survived}))


if __name__ == "__main__":
    main()
