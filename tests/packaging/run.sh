#!/usr/bin/env bash
# Installs a build into an empty folder and links strangers' programs against it:
# by find_package, by pkg-config, and as a subdirectory.
#   tests/packaging/run.sh BUILD_DIR
set -euo pipefail
build=$(realpath "$1")
root=$(realpath "$(dirname "$0")/../..")
here=$root/tests/packaging
export CMAKE_GENERATOR=Ninja # as the build itself: make need not be there
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >"$work/install.log"
export LD_LIBRARY_PATH=$work/prefix/lib:$work/prefix/lib/$(gcc -print-multiarch)

cmake -S "$here/find_package" -B "$work/found" -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/log" ||
  { cat "$work/log"; exit 1; }
cmake --build "$work/found" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
"$work/found/consumer_c"
"$work/found/consumer_cpp"
"$work/found/consumer_journal"

PKG_CONFIG_PATH=$(dirname "$(find "$work/prefix" -name motcua.pc)")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046 # the flags are words
cc -std=c99 -o "$work/by_pkg_config" "$here/consumer.c" $(pkg-config --cflags --libs motcua)
"$work/by_pkg_config"
# shellcheck disable=SC2046 # the flags are words
cc -std=c99 -o "$work/journal_by_pkg_config" "$here/consumer_journal.c" $(pkg-config --cflags --libs motcua-journal)
"$work/journal_by_pkg_config"

cmake -S "$here/subdirectory" -B "$work/sub" -DMOTCUA_SOURCE="$root" >"$work/log" 2>&1 ||
  { cat "$work/log"; exit 1; }
echo "packaging: find_package, pkg-config and add_subdirectory found motcua"
