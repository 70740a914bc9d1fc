#!/usr/bin/env bash
# Every source file is named in a CMakeLists.txt: nothing lies about unbuilt.
set -euo pipefail
cd "$(dirname "$0")/../.."
missing=0
for source in $(git ls-files --cached --others --exclude-standard 'core/*.cc' 'capi/*.cc' 'python/bindings/*.cc' 'tests/*.cc' 'tests/*.c' \
    'benchmarks/*.cc' 'examples/*.cc' 'examples/*.c' ':!tests/packaging'); do
  list=$(dirname "$source")
  while [ ! -e "$list/CMakeLists.txt" ]; do list=$(dirname "$list"); done
  if ! grep -qF "$(basename "$source")" "$list/CMakeLists.txt"; then
    echo "$source is not named in $list/CMakeLists.txt"
    missing=1
  fi
done
[ $missing -eq 0 ] && echo "sources: every file is built"
exit $missing
