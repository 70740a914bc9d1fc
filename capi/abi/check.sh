#!/usr/bin/env bash
# Compares a library built with debug information with the recorded ABI. New
# functions, new fields at the end of structs and new opaque members pass; a
# function removed, a parameter or a field changed or inserted does not.
#   capi/abi/check.sh LIBRARY
set -euo pipefail
here=$(realpath "$(dirname "$0")")
abidiff --no-added-syms --headers-dir2 "$here/../motcua" --header-file2 "$here/../motcua.h" \
  --suppressions "$here/end_growth.ini" \
  "$here/motcua.abi" "$1"
echo "ABI: compatible with the baseline"
