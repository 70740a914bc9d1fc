#!/usr/bin/env bash
# Writes the ABI baselines anew from libraries built with debug information.
#   capi/abi/update.sh build/asan/capi/libmotcua.so build/asan/capi/libmotcua_journal.so
set -euo pipefail
here=$(realpath "$(dirname "$0")")
for library in "$@"; do
  name=$(basename "$library" .so)
  abidw --headers-dir "$here/../motcua" --header-file "$here/../motcua.h" \
    --no-corpus-path --no-comp-dir-path --no-show-locs --drop-private-types --exported-interfaces-only \
    --out-file "$here/${name#lib}.abi" "$library"
  # Where the sources lay when they were compiled is no part of the ABI.
  sed -i "s|path='[^']*/capi/|path='capi/|" "$here/${name#lib}.abi"
done
