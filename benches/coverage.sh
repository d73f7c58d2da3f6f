#!/usr/bin/env bash
# How often intervals hold the truth: the tables of docs/verification.md. Every world is simulated and every law drawn
# COVERAGE_REPLICATIONS times (15,000), and these are cut into experiments of 5, 10 and 30 replications: 500 of 30, and more of
# the others. The truth is that of the law, or of all replications of the world.
#
#   benches/coverage.sh
#
# Columns: figure, truth, replications of an experiment; of the intervals and bounds stated, the percentage that holds the truth,
# lies below it, lies above it, and is a bound; of all experiments, the percentage in which nothing is stated, and of differences
# that in which the sign of the estimate is wrong.
set -euo pipefail
cd "$(dirname "$0")/.."
export COVERAGE_REPLICATIONS=${COVERAGE_REPLICATIONS:-15000}
cargo test --release --test it coverage -- --nocapture --test-threads 1 | grep -o '| .* |$'
