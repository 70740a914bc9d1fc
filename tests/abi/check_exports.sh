#!/usr/bin/env bash
# Every symbol that libmotcua.so exports is declared in the public headers, every
# declared function is exported, and nothing but motcua_* leaves the library.
# So it is with libmotcua_journal.so, motcua/c/journal.h and motcua_journal_*.
#   tests/abi/check_exports.sh LIBRARY
set -euo pipefail
library=$1
headers=$(dirname "$0")/../../capi
case $(basename "$library") in
  *journal*)
    only=motcua_journal_
    declaring=("$headers/motcua/c/journal.h")
    ;;
  *)
    only=motcua_
    mapfile -t declaring < <(find "$headers/motcua.h" "$headers/motcua" -name '*.h' ! -name journal.h)
    ;;
esac
exported=$(nm -D --defined-only "$library" | awk '{print $3}' | sed 's/@.*//' | grep -v '^MOTCUA_' | sort -u)
declared=$(grep -hoE "\\b$only[a-z0-9_]+ *\(" "${declaring[@]}" | tr -d ' (' | sort -u)
difference=$(diff <(echo "$declared") <(echo "$exported") || true)
if [ -n "$difference" ]; then
  echo "declared (<) and exported (>) differ:"
  echo "$difference"
  exit 1
fi
echo "exports: $(echo "$exported" | wc -l) functions, each declared"
