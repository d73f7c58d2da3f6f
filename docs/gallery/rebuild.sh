#!/bin/sh
# Rebuilds the pictures of the README: the same bytes for the same version.
set -eu
cd "$(dirname "$0")/../.."
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
cargo run --release -- sweep scenarios/studies/headline.toml --out "$results/headline"
cargo run --release -- run scenarios/baseline.toml --out "$results/baseline"
cp "$results/headline/charts/heat_map_all_sellers.png" docs/gallery/headline.png
cp "$results/baseline/charts/response_delay.png" docs/gallery/response_delay.png
