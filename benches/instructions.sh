#!/usr/bin/env bash
# Instructions per order, counted by callgrind, against the committed figures.
#
#   benches/instructions.sh            counts, and fails if a figure has moved by more than 3 %
#   benches/instructions.sh --update   counts, and writes benches/instructions.txt
#   benches/instructions.sh --floor    counts the floor instead: an order's variates and nothing else
#   benches/instructions.sh --stages   says in which functions the instructions of an order are spent
#
# A scenario is run over two horizons on one thread; the difference of the instructions over the difference of the orders
# is free of start-up. The count does not depend on the load of the machine and hardly on its processor.
set -euo pipefail
cd "$(dirname "$0")/.."

committed=benches/instructions.txt
limit=3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
program=target/release/redress

command -v valgrind >/dev/null || { echo "benches/instructions.sh: no valgrind; install it (apt-get install valgrind)" >&2; exit 1; }
cargo build --release --quiet

# counted FILE COMMAND...: instructions of a command, but for the hashes of the tables that it writes: these go by bytes and not by
# orders, and a processor has instructions of its own for them that callgrind does not know. What it prints goes to FILE.out, the
# profile to FILE.
counted() {
    local file=$1
    shift
    valgrind --tool=callgrind --callgrind-out-file="$file" "$@" >"$file.out" 2>"$file.log" || { cat "$file.log" >&2; exit 1; }
    local all hashes
    all=$(sed -n 's/.*Collected : //p' "$file.log")
    hashes=$(callgrind_annotate --auto=no --threshold=100 "$file" | awk '/sha2::/ { gsub(",", "", $1); sum += $1 } END { print sum + 0 }')
    echo $((all - hashes))
}

# orders FILE: how many orders a manifest or a measurement has.
orders() { sed -n '/"orders": *[0-9]/ { s/.*"orders": *\([0-9]*\).*/\1/p; q; }' "$1"; }

# quotient I1 O1 I2 O2
quotient() { awk -v a="$1" -v b="$2" -v c="$3" -v d="$4" 'BEGIN { printf "%.1f", (c - a) / (d - b) }'; }

# an_order NAME SHORT LONG SETTINGS...: instructions per order of a scenario between two horizons in days.
an_order() {
    local name=$1 short=$2 long=$3 days line=()
    shift 3
    for days in "$short" "$long"; do
        line+=("$(counted "$folder/$name.$days" "$program" run "scenarios/$name.toml" "$@" --days "$days" \
            --threads 1 --no-charts --quiet --out "$folder/$name")")
        line+=("$(orders "$folder/$name/manifest.json")")
    done
    quotient "${line[@]}"
}

reference() { an_order reference_workload 100 250 --set market.count=1; }
baseline() { an_order baseline 30 120 --set market.count=1 --replications 1; }

# floor RULES: instructions per order of the floor, of all markets against one.
floor() {
    local short long
    short=$(counted "$folder/floor.short" "$program" bench --measure "floor_$1" --threads 1 --quick)
    long=$(counted "$folder/floor.long" "$program" bench --measure "floor_$1" --threads 1)
    quotient "$short" "$(orders "$folder/floor.short.out")" "$long" "$(orders "$folder/floor.long.out")"
}

# stages NAME LONG: the share of each source file in the instructions of the whole run, start-up included. What is inlined
# counts for the file in which it is written; arithmetic of the standard library, the generator's above all, for library/core.
stages() {
    echo "$1"
    callgrind_annotate --auto=no --tree=none --threshold=100 "$folder/$1.$2" 2>/dev/null | awk '
        /PROGRAM TOTALS/ { total = $1; gsub(",", "", total); next }
        /^ *[0-9,]+ +\(/ {
            number = $1; gsub(",", "", number)
            file = $0; sub(/^ *[0-9,]+ +\([^)]*\) +/, "", file)
            sub(/:.*/, "", file); sub(/^.*\/library\//, "library/", file); sub(/^.*\/registry\/src\/[^\/]*\//, "", file)
            if (file ~ /^library|^\?|^\//) sub(/\/src\/.*/, "", file); else sub(/^.*\/src\//, "src/", file)
            sum[file] += number
        }
        END { for (file in sum) printf "%6.2f %%  %s\n", 100 * sum[file] / total, file }' | sort -rn | awk 'NR <= 16'
}

case "${1:-}" in
--floor)
    echo "floor_reference $(floor reference)"
    echo "floor_baseline $(floor baseline)"
    exit
    ;;
--stages)
    echo "instructions per order: reference_workload $(reference), baseline $(baseline)"
    stages reference_workload 250
    stages baseline 120
    exit
    ;;
esac

figures=$(printf 'reference_workload %s\nbaseline %s' "$(reference)" "$(baseline)")
if [ "${1:-}" = --update ]; then
    {
        echo "# Instructions per order; written by benches/instructions.sh --update, held to within $limit % by .ci/run."
        echo "$figures"
    } >"$committed"
    cat "$committed"
    exit
fi

status=0
while read -r name now; do
    before=$(awk -v name="$name" '$1 == name { print $2 }' "$committed")
    [ -n "$before" ] || { echo "$committed has no figure for $name: run benches/instructions.sh --update" >&2; exit 1; }
    moved=$(awk -v now="$now" -v before="$before" 'BEGIN { printf "%+.1f", 100 * (now / before - 1) }')
    echo "$name: $now instructions per order, $before committed, $moved %"
    awk -v moved="$moved" -v limit="$limit" 'BEGIN { exit !(moved > limit || moved < -limit) }' && status=1
done <<<"$figures"
if [ $status -ne 0 ]; then
    echo "An order costs more than $limit % more or fewer instructions than $committed says." >&2
    echo "If that is meant: run benches/instructions.sh --update, commit $committed with the change that moves it, and say in" >&2
    echo "that commit why it moves." >&2
fi
exit $status
