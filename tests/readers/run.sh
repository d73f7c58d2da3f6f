#!/usr/bin/env bash
# Tables and event logs, read by the programs of others: DuckDB and polars (Parquet), PM4Py (XES, OCEL).
# Usage: tests/readers/run.sh [PROGRAM]; the program is target/release/redress if not given.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=${1:-target/release/redress}
venv=target/readers-venv
wanted=tests/readers/requirements.txt
if ! cmp -s "$wanted" "$venv/installed.txt"; then
    python3 -m venv --clear "$venv" || {
        echo "python3 -m venv fails: install Python with its module venv (python3-venv)" >&2
        exit 1
    }
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted"
    cp "$wanted" "$venv/installed.txt"
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
small=(--set market.sellers=40 --set market.orders_per_day=200 --days 40 --set run.warm_up_days=20 --quiet)
both=("${small[@]}" --replications 2 --format csv,parquet --no-charts --no-progress)
"$program" run scenarios/baseline.toml "${both[@]}" --seller-days --out "$results/run"
"$program" compare scenarios/baseline.toml --vary policy.dispute_rate.threshold=0.02 "${both[@]}" --out "$results/compare"
"$program" sweep scenarios/baseline.toml --factor policy.dispute_rate.threshold=0.02,0.04 \
    --factor policy.cancellation.silence=12h,48h "${both[@]}" --out "$results/sweep"
"$venv/bin/python" tests/readers/tables.py "$results/run" "$results/compare" "$results/sweep"

"$program" trace scenarios/baseline.toml "${small[@]}" --limit 2000 --format xes,ocel --out "$results/logs"
"$program" trace scenarios/baseline.toml "${small[@]}" --limit 2000 --format jsonl >"$results/stories.jsonl"
"$program" trace scenarios/baseline.toml "${small[@]}" --outcome untroubled --limit 500 --format xes --out "$results/clean"
"$venv/bin/python" tests/readers/event_logs.py "$results/logs" "$results/stories.jsonl" "$results/clean"
