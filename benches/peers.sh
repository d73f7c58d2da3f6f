#!/usr/bin/env bash
# The reference workload against other discrete-event simulators: processor time an order, ours and theirs in turn.
#
#   benches/peers.sh [FOLDER]    FOLDER holds the peers; else $PEERS, else ../shared/peers. Ends at once without it.
#
# The peers are built in a copy below target/. Each of them is run ROUNDS times (3), every time after a run of ours; the ratio
# is the median of theirs over ours of the same round. Ours is the whole process of `redress run`, tables written and money
# audited, at 2,000 sellers; a slow peer has fewer sellers, which is kind to it: its cost an order grows with their number.
# Afterwards the peers' own check.py holds the statistics of every run against a hand-written heap of many seeds.
#
# Environment: ROUNDS, ONLY (a pattern for names), PYTHON (with the packages of the Python peers), RSCRIPT. A peer whose
# engine is not installed is skipped with a message.
set -euo pipefail
cd "$(dirname "$0")/.."

peers=${1:-${PEERS:-../shared/peers}}
[ -d "$peers" ] || { echo "benches/peers.sh: no peers in $peers: nothing to compare with" >&2; exit 0; }
rounds=${ROUNDS:-3}
only=${ONLY:-*}
python=${PYTHON:-python3}
rscript=${RSCRIPT:-Rscript}
copy=$PWD/target/peers
results=$copy/results
program=$PWD/target/release/redress
measured=$PWD/benches/measured.py

cargo build --release --quiet
mkdir -p "$copy"
cp -Rp "$peers"/. "$copy"/
chmod -R u+w "$copy"
rm -rf "$results"
mkdir -p "$results"

for peer in heap ixa nexosim desim; do
    # desim needs the unstable coroutines feature.
    (cd "$copy/$peer" && RUSTC_BOOTSTRAP=$([ $peer = desim ] && echo 1 || echo 0) cargo build --release --quiet) ||
        echo "skipped $peer: it cannot be built" >&2
done

median() { sort -n | awk '{ a[NR] = $1 } END { print NR % 2 ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }
orders_of() { sed -n '/"orders": *[0-9]/ { s/.*"orders": *\([0-9]*\).*/\1/p; q; }'; }

# ours SEED: runs the whole reference workload once, and leaves nanoseconds per order in $ours.
ours() {
    rm -f "$results/usage"
    "$python" "$measured" "$results/usage" "$program" run scenarios/reference_workload.toml --seed "$1" --threads 1 \
        --no-charts --quiet --out "$results/redress"
    ours=$(awk -v n="$(orders_of <"$results/redress/manifest.json")" '{ print $1 * 1e9 / n }' "$results/usage")
    "$python" benches/summary_line.py "$results/redress" >"$results/redress.$1.jsonl"
}

# compare NAME SELLERS COMMAND...: prints a row; the command is given the size and the seed.
compare() {
    local name=$1 sellers=$2 seed line theirs
    shift 2
    # shellcheck disable=SC2254
    case $name in $only) ;; *) return ;; esac
    command -v "$1" >/dev/null || { echo "skipped $name: no $1" >&2; return; }
    for seed in $(seq "$rounds"); do
        ours "$seed"
        rm -f "$results/usage"
        local arguments=() word
        for word in "$@"; do
            case $word in SIZE) arguments+=("$sellers" 10 365 "$seed") ;; *) arguments+=("$word") ;; esac
        done
        line=$("$python" "$measured" "$results/usage" "${arguments[@]}" 2>"$results/error") ||
            { echo "skipped $name: $(tail -n 1 "$results/error")" >&2; return; }
        printf '%s\n' "$line" >>"$results/$name.jsonl"
        theirs=$(awk -v n="$(orders_of <<<"$line")" '{ print $1 * 1e9 / n }' "$results/usage")
        echo "$ours $theirs" | awk '{ print $1, $2, $2 / $1 }' >>"$results/$name.rounds"
        cut -d' ' -f2 "$results/usage" >>"$results/$name.peak"
    done
    printf '%-18s %8d %10.1f %12.1f %9.1f %9.1f\n' "$name" "$sellers" "$(cut -d' ' -f1 "$results/$name.rounds" | median)" \
        "$(cut -d' ' -f2 "$results/$name.rounds" | median)" "$(cut -d' ' -f3 "$results/$name.rounds" | median)" \
        "$(median <"$results/$name.peak")"
}

printf '%-18s %8s %10s %12s %9s %9s\n' peer sellers "our ns" "their ns" ratio "peak MB"
compare heap-per-seller 2000 "$copy/heap/target/release/peer-heap" SIZE seller
compare heap-global 2000 "$copy/heap/target/release/peer-heap" SIZE global
compare desim 200 "$copy/desim/target/release/peer-desim" SIZE
compare ixa 200 "$copy/ixa/target/release/peer-ixa" SIZE
compare nexosim 100 "$copy/nexosim/target/release/peer-nexosim" SIZE 1
compare numba 2000 "$python" "$copy/numba/model.py" SIZE
compare simpy 20 "$python" "$copy/simpy/model.py" SIZE
compare simmer 20 "$rscript" "$copy/simmer/model.R" SIZE
compare ciw 5 "$python" "$copy/ciw/model.py" SIZE
compare salabim 5 "$python" "$copy/salabim/model.py" SIZE

shopt -s nullglob
# The reference of the check: thirty seeds of the heap, of a size that is enough for the spread of every figure.
for seed in $(seq 101 130); do
    "$copy/heap/target/release/peer-heap" 100 10 365 "$seed" seller
done >"$results/reference.jsonl"
echo
"$python" "$copy/check.py" "$results/reference.jsonl" "$results"/[!r]*.jsonl "$results"/redress.*.jsonl | tee "$results/check.txt"
# The largest of a few dozen distances; a standard normal is beyond 4.5 once in 150,000 times.
awk '/^largest distance/ { exit !($3 < 4.5) }' "$results/check.txt" || { echo "the statistics differ" >&2; exit 1; }
