#!/usr/bin/env bash
# Whether time is linear in orders: runs the reference workload at growing sizes on one thread and fits the exponent, the
# slope of the logarithm of processor time over the logarithm of orders, by least squares.
#
#   benches/scale.sh                                  1, 10 and 100 million orders: a longer and a longer horizon
#   benches/scale.sh run.days 50 500 5000 20000       and 400 million, the longest horizon that a scenario may have
#   benches/scale.sh run.replications 1 16 137        more and more replications of the same horizon, to a billion orders
#
# Every size is run ROUNDS times (3), in turn; figures are medians. Processor time and peak memory are those of the whole
# process, start-up and tables included. Needs python3.
set -euo pipefail
cd "$(dirname "$0")/.."

key=${1:-run.days}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- 50 500 5000
rounds=${ROUNDS:-3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cargo build --release --quiet

median() { sort -n | awk '{ a[NR] = $1 } END { print NR % 2 ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }

for _ in $(seq "$rounds"); do
    for size in "$@"; do
        python3 benches/measured.py "$folder/$size" target/release/redress run scenarios/reference_workload.toml \
            --set "$key=$size" --threads 1 --no-charts --quiet --out "$folder/out"
        sed -n '/"orders": *[0-9]/ { s/.*"orders": *\([0-9]*\).*/\1/p; q; }' "$folder/out/manifest.json" >"$folder/$size.orders"
        rm -rf "$folder/out"
    done
done

printf '%-18s %14s %12s %10s %9s\n' "$key" orders "CPU seconds" ns/order "peak MB"
for size in "$@"; do
    orders=$(cat "$folder/$size.orders")
    cpu=$(cut -d' ' -f1 "$folder/$size" | median)
    peak=$(cut -d' ' -f2 "$folder/$size" | median)
    echo "$orders $cpu" >>"$folder/points"
    awk -v size="$size" -v n="$orders" -v s="$cpu" -v mb="$peak" \
        'BEGIN { printf "%-18s %14d %12.3f %10.2f %9.1f\n", size, n, s, s * 1e9 / n, mb }'
done
awk '{ x = log($1); y = log($2); n++; sx += x; sy += y; sxx += x * x; sxy += x * y }
    END { printf "exponent %.3f\n", (n * sxy - sx * sy) / (n * sxx - sx * sx) }' "$folder/points"
