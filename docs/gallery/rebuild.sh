#!/bin/sh
# Rebuilds the pictures of the README and of docs/experiments.md: the same bytes for the same version.
set -eu
cd "$(dirname "$0")/../.."
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
cargo run --release -- sweep scenarios/studies/headline.toml --out "$results/headline"
cargo run --release -- run scenarios/baseline.toml --out "$results/baseline"
for study in threshold_alone threshold_beside response_deadline desk_size steering_grades; do
    cargo run --release -- tune "scenarios/studies/$study.toml" --out "$results/$study"
done
cargo run --release -- sensitivity scenarios/studies/what_matters.toml --out "$results/what_matters"
cp "$results/headline/charts/heat_map_all_sellers.png" docs/gallery/headline.png
cp "$results/baseline/charts/response_delay.png" docs/gallery/response_delay.png
cp "$results/threshold_alone/charts/candidates_penalty_auc.svg" docs/gallery/threshold_alone.svg
cp "$results/threshold_alone/charts/precision_recall.svg" docs/gallery/threshold_precision_recall.svg
cp "$results/threshold_beside/charts/candidates_penalty_auc.svg" docs/gallery/threshold_beside.svg
cp "$results/response_deadline/charts/front.svg" docs/gallery/response_deadline.svg
cp "$results/desk_size/charts/candidates_seller_days_above_threshold_share.svg" docs/gallery/desk_size.svg
cp "$results"/steering_grades/charts/candidates_orders_placed_*.svg docs/gallery/steering_grades.svg
cp "$results/what_matters/charts/tornado_dispute_rate.svg" docs/gallery/what_matters.svg
