#!/usr/bin/env bash
# Compares a library built with debug information with the recorded ABI. New functions
# pass; any change of a recorded one or of a struct does not: one that is meant, such as a
# new field at the end, is recorded with update.sh in the same commit.
#   capi/abi/check.sh LIBRARY
set -euo pipefail
here=$(realpath "$(dirname "$0")")
abidiff --no-added-syms "$here/motcua.abi" "$1"
echo "ABI: compatible with the baseline"
