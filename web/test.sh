#!/usr/bin/env bash
# Opens reports of all commands in Chromium and uses them: web/test.sh [PROGRAM], by default target/release/redress.
# Installs what it needs, and says what failed.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/redress}")
[ -x "$program" ] || { echo "web/test.sh: $program is no program; build it, or name it" >&2; exit 2; }
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
if [ -z "$chromium" ]; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >&2
    chromium=$(command -v chromium)
fi
command -v npm >/dev/null || apt-get install -y -qq --no-install-recommends nodejs npm >&2
(cd web && npm ci --silent)
# What is committed is what the sources make.
before=$(sha256sum web/report/page.bundle.js web/report/LICENSES.txt)
(cd web && npm run --silent build)
if [ "$before" != "$(sha256sum web/report/page.bundle.js web/report/LICENSES.txt)" ]; then
    echo "web/test.sh: web/report/page.bundle.js is not what its sources make: commit what npm run build wrote" >&2
    exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp web/test/studies/*.toml "$folder"
sed -i "s#ROOT#$PWD#" "$folder"/*.toml
cd "$folder"
"$program" run small.toml --out run --quiet
"$program" compare small.toml --vary 'policy.dispute.response_deadline=2d' --vary 'sellers[*].accept=0.5' --out compare --quiet
"$program" sweep sweep.toml --out sweep --quiet
"$program" sweep plan.toml --out plan --quiet
"$program" sensitivity sensitivity.toml --out sensitivity --quiet
"$program" tune tune.toml --out tune --quiet
cd - >/dev/null
CHROMIUM="$chromium" node web/test/report.mjs "$folder" "${2:-}"
