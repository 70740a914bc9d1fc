#!/usr/bin/env bash
# Sets motcua up from a bare clone: Debian packages, .venv, the build in build/release,
# and the Python package in .venv. Run it as often as you like: what is done is not done again.
#   PYTHON=/path/to/python3   another interpreter than the python3 of PATH (3.9 or later, with venv)
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(
  g++ cmake ninja-build pkg-config ccache
  libabsl-dev libutf8proc-dev libsimdjson-dev
  libprotobuf-dev protobuf-compiler libsqlite3-dev libssl-dev libpq-dev
  libgtest-dev libgmock-dev libbenchmark-dev
  python3 python3-venv python3-dev
)
python_packages=("numpy>=1.24" "pytest>=7" "pytest-xdist>=3" "openpyxl>=3.1" "pyarrow>=14")
python=${PYTHON:-python3}

# The wheel compiles the core once more, with the same compiler and flags: the cache spares that. Python sets
# LC_CTYPE where no locale is set, and the cache must not take that for another compilation.
export CC=${CC:-cc} CXX=${CXX:-c++}
export CCACHE_DIR=$PWD/build/ccache CCACHE_SLOPPINESS=locale CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache

say() { printf '[%3d s] %s\n' "$SECONDS" "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

install_debian_packages() {
  local missing=() package
  for package in "${packages[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    say "Debian packages: all present"
    return
  fi
  [ "$(id -u)" -eq 0 ] || fail "these Debian packages are missing and only root can install them: ${missing[*]}"
  say "Debian packages: installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

make_virtual_environment() {
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null ||
    fail "$python is no Python 3.9 or later; set PYTHON to one"
  "$python" -c 'import ensurepip, venv' 2>/dev/null || fail "$python has no venv; install it or set PYTHON"
  # A half-made environment has no pip.
  if [ ! -x .venv/bin/pip ]; then
    say "Python: making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
  fi
  if [ "$(cat .venv/motcua.needs 2>/dev/null)" != "${python_packages[*]}" ]; then
    say "Python: installing ${python_packages[*]}"
    .venv/bin/pip install -q --disable-pip-version-check "${python_packages[@]}"
    echo "${python_packages[*]}" >.venv/motcua.needs
  fi
}

build_library() {
  say "C++: configuring build/release"
  cmake --preset release >build/configure.log 2>&1 || { cat build/configure.log >&2; fail "CMake could not configure"; }
  say "C++: building"
  cmake --build --preset release
}

# The sources of the wheel, as one number.
wheel_sources() {
  find CMakeLists.txt pyproject.toml README.md cmake capi core proto python -type f ! -path '*/__pycache__/*' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
}

install_python_package() {
  local sources
  sources=$(wheel_sources)
  if [ "$(cat .venv/motcua.sources 2>/dev/null)" = "$sources" ]; then
    say "Python: motcua in .venv is up to date"
    return
  fi
  say "Python: building motcua and installing it into .venv"
  .venv/bin/pip install -q --disable-pip-version-check --no-deps --force-reinstall \
    --config-settings=cmake.define.MOTCUA_WERROR=ON .
  echo "$sources" >.venv/motcua.sources
}

mkdir -p build
install_debian_packages
make_virtual_environment
build_library
install_python_package
say "Set up: the library is in build/release, motcua $(.venv/bin/python -c 'import motcua; print(motcua.__version__)') in .venv."
