#!/usr/bin/env bash
# Every symbol that libmotcua.so exports is declared in the public headers, every
# declared function is exported, and nothing but motcua_* leaves the library.
#   tests/abi/check_exports.sh LIBRARY
set -euo pipefail
library=$1
headers=$(dirname "$0")/../../capi
exported=$(nm -D --defined-only "$library" | awk '{print $3}' | sed 's/@.*//' | grep -v '^MOTCUA_' | sort -u)
declared=$(grep -rhoE '\bmotcua_[a-z0-9_]+ *\(' "$headers/motcua.h" "$headers/motcua" | tr -d ' (' | sort -u)
difference=$(diff <(echo "$declared") <(echo "$exported") || true)
if [ -n "$difference" ]; then
  echo "declared (<) and exported (>) differ:"
  echo "$difference"
  exit 1
fi
echo "exports: $(echo "$exported" | wc -l) functions, each declared"
