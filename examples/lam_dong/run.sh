#!/usr/bin/env bash
# July 2025 of Lâm Đồng, from nothing: set up, make up the events, run them through motcua, recount.
#   ./examples/lam_dong/run.sh              set up first
#   ./examples/lam_dong/run.sh --no-setup   .venv has motcua already
set -euo pipefail
cd "$(dirname "$0")/../.."

case ${1:-} in
  "") ./scripts/setup.sh ;;
  --no-setup) [ -x .venv/bin/motcua ] || { echo "run: .venv has no motcua; run without --no-setup" >&2; exit 2; } ;;
  *) echo "run: unknown argument '$1'; expected --no-setup or nothing" >&2; exit 2 ;;
esac

job=examples/lam_dong
echo "Events of July 2025:"
.venv/bin/python "$job/generate.py"
echo "The job:"
.venv/bin/motcua run "$job"
echo "The independent recount:"
.venv/bin/python "$job/check.py"
