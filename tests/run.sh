#!/usr/bin/env bash
# Sets motcua up and passes all its tests.
#   ./tests/run.sh          long suites draw a random 5 % with a printed seed
#   ./tests/run.sh --long   long suites run whole
# MOTCUA_SEED=N repeats a run.
set -euo pipefail
cd "$(dirname "$0")/.."

for argument in "$@"; do
  case $argument in
    --long) export MOTCUA_LONG=1 ;;
    *) echo "tests/run.sh: unknown argument '$argument'; expected --long or nothing" >&2; exit 2 ;;
  esac
done
export MOTCUA_SEED=${MOTCUA_SEED:-$((RANDOM * 32768 + RANDOM))}
started=$SECONDS
step() { printf '\n== %s\n' "$*"; }

step "Set-up and build"
./scripts/setup.sh

# The journal's tests start a PostgreSQL server of their own; the library does not need one.
if [ "$(id -u)" -eq 0 ] && ! ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then
  step "PostgreSQL, for the tests of the journal"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
fi

step "C++ and C tests (seed $MOTCUA_SEED)"
ctest --preset release -j "$(nproc)"

step "Packaging: installed, by pkg-config, as a subdirectory"
./tests/packaging/run.sh build/release

step "The main job against the published figures and an independent recount"
./examples/lam_dong/run.sh --no-setup

step "Peers that the calendars are compared with"
# As the extra `test` of pyproject.toml names them; without them those comparisons are skipped.
.venv/bin/pip install -q --disable-pip-version-check --only-binary :all: 'holidays==0.109' 'QuantLib==1.44' ||
  echo "not available here: comparisons with them are skipped"

step "Python tests (seed $MOTCUA_SEED)"
.venv/bin/python -m pytest -n "$(nproc)"

printf '\nAll tests passed in %d s (seed %s%s).\n' $((SECONDS - started)) "$MOTCUA_SEED" \
  "${MOTCUA_LONG:+, long suites whole}"
