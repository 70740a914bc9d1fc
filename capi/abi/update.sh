#!/usr/bin/env bash
# Writes the ABI baseline anew from a library built with debug information.
#   capi/abi/update.sh build/asan/capi/libmotcua.so
set -euo pipefail
here=$(realpath "$(dirname "$0")")
abidw --headers-dir "$here/../motcua" --header-file "$here/../motcua.h" \
  --no-corpus-path --no-comp-dir-path --no-show-locs --drop-private-types --exported-interfaces-only \
  --out-file "$here/motcua.abi" "$1"
