#!/usr/bin/env bash
# The SHA-256 of every table of every scenario under scenarios/, over a few days: the committed hashes tell a change that
# moves no simulated number from one that does.
#
#   benches/tables.sh            runs the scenarios, and fails if a table differs from benches/tables.sha256
#   benches/tables.sh --update   runs them, and writes benches/tables.sha256
set -euo pipefail
cd "$(dirname "$0")/.."

committed=benches/tables.sha256
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
program=target/release/redress

cargo build --release --quiet

tables() {
    local scenario name
    for scenario in scenarios/*.toml; do
        name=$(basename "$scenario" .toml)
        "$program" run "$scenario" --days 30 --replications 2 --no-charts --quiet --out "$folder/$name" >&2
    done
    (cd "$folder" && find . -name '*.csv' -printf '%P\n' | LC_ALL=C sort | xargs sha256sum)
}

if [ "${1:-}" = --update ]; then
    tables >"$committed"
    exit
fi
if ! tables | diff "$committed" -; then
    echo "A table differs from $committed. If that is meant: run benches/tables.sh --update, commit $committed with the" >&2
    echo "change that moves the numbers, and say in CHANGELOG.md which numbers move and why." >&2
    exit 1
fi
