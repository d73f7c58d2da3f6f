#!/usr/bin/env bash
# Builds the wheel, installs it into a virtual environment below target/, and holds it against the command line.
#
# The wheel is built in the repository's target/ with the profile of the steps before (release, or the one that PROFILE names) and
# with the features of the program, so that what they have compiled, the library itself included, is not compiled again. PYTHON
# names the interpreter, 3.11 or later for the pinned packages.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${PROFILE:-release}
venv=target/python

[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r python/requirements.txt

rm -rf target/wheels
"$venv/bin/maturin" build --manifest-path python/Cargo.toml --profile "$profile" --features redress/default --strip --out target/wheels \
    --interpreter "$venv/bin/python" --compatibility linux
ls -l target/wheels
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps target/wheels/redress-*.whl

export REDRESS=${REDRESS:-target/$profile/redress}
[ -x "$REDRESS" ] || cargo build --profile "$profile" --bin redress
REDRESS=$(realpath "$REDRESS")
exec "$venv/bin/python" -m pytest --quiet python/tests "$@"
