#!/usr/bin/env bash
# The journal beside raw SQLite and, where a server is installed, raw libpq.
#   benchmarks/journal/run.sh BUILD_DIR
set -euo pipefail
program=$(realpath "$1")/benchmarks/journal_benchmark
work=$(mktemp -d "${TMPDIR:-/tmp}/motcua-benchmark-XXXXXX")
server=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -1)
as=()
stop() {
  [ -e "$work/pg/data/postmaster.pid" ] && "${as[@]}" "$server/pg_ctl" -D "$work/pg/data" -m fast stop >/dev/null
  rm -rf "$work"
}
trap stop EXIT
url=()
if [ -x "$server/postgres" ]; then
  chmod 755 "$work"
  mkdir "$work/pg"
  if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$work/pg"
    as=(runuser -u postgres --)
  fi
  cd "$work/pg"
  "${as[@]}" "$server/initdb" -D "$work/pg/data" -U motcua -A trust >/dev/null
  "${as[@]}" "$server/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" \
    -o "-c listen_addresses='' -c client_min_messages=warning -k $work/pg" start >/dev/null
  url=("postgresql://motcua@/postgres?host=$work/pg")
  cd - >/dev/null
fi
"$program" "$work" "${url[@]}"
