#!/usr/bin/env bash
# Drives the page in Chromium, then measures the time from a slider to the drawn charts: `web/explore/test.sh [PROGRAM]`.
# REDRESS_IDLE=1 says that nothing else runs on the machine, and makes a slow page a failure.
set -euo pipefail
program=$(realpath "${1:-$(dirname "$0")/../../target/release/redress}")
cd "$(dirname "$0")"
if ! command -v chromium >/dev/null; then
    apt=(apt-get)
    [ "$(id -u)" -eq 0 ] || apt=(sudo apt-get)
    "${apt[@]}" install --yes --quiet chromium || { "${apt[@]}" update --quiet && "${apt[@]}" install --yes --quiet chromium; }
fi
npm ci --silent --no-audit --no-fund
committed=$(sha256sum dist/explore.js)
npm run --silent build
[ "$committed" = "$(sha256sum dist/explore.js)" ] || {
    echo "dist/explore.js is not what the source makes: commit what npm run build has made" >&2
    exit 1
}
node test/browser.mjs "$program"
node test/latency.mjs "$program"
