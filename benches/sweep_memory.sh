#!/bin/sh
# Peak memory of a sweep of 10,000 points beside one of 100: within 20 MB. Needs Linux.
# Usage: benches/sweep_memory.sh [PROGRAM [POINTS]]
set -eu
cd "$(dirname "$0")/.."
program=${1:-target/release/redress}
points=${2:-10000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Peak memory in KiB of a sweep of so many points; the program's own high-water mark, read until it ends.
peak() {
    "$program" sweep scenarios/verification/base.toml --factor "sellers[*].defect=0..0.5/$1" --days 1 --replications 2 \
        --set run.warm_up_days=0 --set market.orders_per_day=20 --out "$folder/$1" --quiet &
    child=$!
    mark=0
    while read -r seen <<LINE && [ -n "$seen" ]
$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$child/status" 2>/dev/null)
LINE
    do
        mark=$seen
        sleep 0.02
    done
    wait "$child"
    echo "$mark"
}

few=$(peak 100)
many=$(peak "$points")
more=$(((many - few) / 1024))
echo "100 points: $((few / 1024)) MB at most; $points points: $((many / 1024)) MB; $more MB more"
[ "$more" -lt 20 ]
