#!/usr/bin/env bash
# The public headers, each alone and together, as C99, C11, C++11 and C++20, with
# gcc and (where it is installed) clang, every warning an error.
set -euo pipefail
capi=$(realpath "$(dirname "$0")/../../capi")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags="-Wall -Wextra -pedantic -Wconversion -Wstrict-prototypes -Werror -fsyntax-only -I$capi"
cxx_flags=${flags/-Wstrict-prototypes /}
count=0
for header in motcua.h $(cd "$capi" && find motcua -name '*.h' | sort); do
  printf '#include <%s>\n#include <%s>\n' "$header" "$header" | tee "$work/a.c" >"$work/a.cc"
  for compiler in gcc clang; do
    command -v $compiler >/dev/null || continue
    for standard in c99 c11; do $compiler -std=$standard $flags "$work/a.c"; count=$((count + 1)); done
  done
  for compiler in g++ clang++; do
    command -v $compiler >/dev/null || continue
    for standard in c++11 c++20; do $compiler -std=$standard $cxx_flags "$work/a.cc"; count=$((count + 1)); done
  done
done
echo "headers: $count compilations, no warning"
