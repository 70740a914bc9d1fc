#!/usr/bin/env bash
# Compares libraries built with debug information with their recorded ABI, the file here
# of the same name. New functions pass; any change of a recorded one or of a struct does
# not: one that is meant, such as a new field at the end, is recorded with update.sh in
# the same commit.
#   capi/abi/check.sh build/asan/capi/libmotcua.so build/asan/capi/libmotcua_journal.so
set -euo pipefail
here=$(realpath "$(dirname "$0")")
for library in "$@"; do
  name=$(basename "$library" .so)
  abidiff --no-added-syms "$here/${name#lib}.abi" "$library"
  echo "ABI of $name: compatible with the baseline"
done
