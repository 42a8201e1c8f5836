#!/usr/bin/env bash
# Runs HyperKitty under `headroom run` over a fresh PostgreSQL, asks for its pages one after another, and holds the
# statements that Headroom counted for each against PostgreSQL's own log. Fails on a difference.
#   run.sh [OPTION…]    with Headroom; the options are those of `headroom run`
#   run.sh --log-only   without: only what PostgreSQL's log says
# ROUNDS is how often each page is asked for, 2 unless told. From 3 on, columns can be called not seen; each that is, is
# then searched for in the responses.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
headroom=$here/../../headroom
log_only=${1:-}
[ "$log_only" = --log-only ] || run_options=("$@")
list=users@lists.example
rounds=${ROUNDS:-2}

packages=(python3-django-hyperkitty python3-psycopg2 python3-waitress postgresql curl)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok' || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
  [ "$(id -u)" -eq 0 ] || { echo "Install these Debian packages first: ${missing[*]}" >&2; exit 2; }
  echo "Installing ${missing[*]} …"
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
fi

work=$(mktemp -d)
chmod 755 "$work"
log=$work/postgresql.log
postgres_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

free_port() {
  /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

server=
finish() {
  trap - EXIT INT TERM
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  as_postgres "$postgres_bin/pg_ctl" -D "$work/data/cluster" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

[ "$log_only" = --log-only ] || "$headroom" --version >/dev/null

echo "Starting PostgreSQL ($("$postgres_bin/postgres" --version)) and filling HyperKitty's archive …"
mkdir "$work/data" "$work/bodies"
request=0
touch "$log"
if [ "$(id -u)" -eq 0 ]; then chown postgres "$work/data" "$log"; fi
database_port=$(free_port)
as_postgres "$postgres_bin/initdb" -D "$work/data/cluster" -U postgres -A trust --locale=C -E UTF8 >/dev/null
as_postgres "$postgres_bin/pg_ctl" -D "$work/data/cluster" -l "$log" -w start >/dev/null -o "-p $database_port \
  -k $work/data -c listen_addresses=127.0.0.1 -c fsync=off -c log_statement=all -c log_line_prefix=%a:"

export DATABASE_URL=postgres://postgres@127.0.0.1:$database_port/postgres
export DJANGO_SETTINGS_MODULE=settings PYTHONPATH=$here/site PYTHONDONTWRITEBYTECODE=1
/usr/bin/python3 -m django migrate -v 0
/usr/bin/python3 "$here/site/mails.py" >"$work/mails.mbox"
/usr/bin/python3 -m django hyperkitty_import -l "$list" "$work/mails.mbox" >"$work/import.log" 2>&1 ||
  { cat "$work/import.log"; exit 1; }
thread=$("$postgres_bin/psql" "$DATABASE_URL" -Atc \
  'select t.thread_id from hyperkitty_thread t join hyperkitty_email e on e.thread_id = t.id
   group by 1 order by count(*) desc, 1 limit 1')
message=$("$postgres_bin/psql" "$DATABASE_URL" -Atc \
  'select message_id_hash from hyperkitty_email order by date desc limit 1')

port=$(free_port)
serve=(/usr/bin/python3 -m waitress --threads=8 --send-bytes=50)
cd "$work"
if [ "$log_only" = --log-only ]; then
  "${serve[@]}" --listen="127.0.0.1:$port" wsgi:application >"$work/app.log" 2>&1 &
else
  "$headroom" run --port "$port" --out "$work/hyperkitty.headroom" "${run_options[@]}" -- \
    "${serve[@]}" --listen='127.0.0.1:{port}' wsgi:application >"$work/app.log" 2>&1 &
fi
server=$!
curl -s -o /dev/null --retry 100 --retry-delay 1 --retry-all-errors --max-time 60 "http://127.0.0.1:$port/tags/" ||
  { cat "$work/app.log"; exit 1; }

paths=(
  /
  "/list/$list/"
  "/list/$list/latest"
  "/list/$list/2026/2/"
  "/list/$list/2026/2/14/"
  "/list/$list/recent-activity"
  "/list/$list/top-posters"
  "/list/$list/thread/$thread/"
  "/list/$list/thread/$thread/replies?sort=thread"
  "/list/$list/message/$message/"
  "/list/$list/feed/"
  "/list/$list/export/users.mbox.gz?start=2026-02-01&end=2026-03-01"
  "/find-list?term=us"
  /api/lists/
  "/api/list/$list/threads/"
  "/api/list/$list/thread/$thread/emails/"
  "/api/list/$list/emails/"
  "/accounts/login/"
  /users/
)
echo "Asking for ${#paths[@]} pages $rounds times …"
for ((round = 1; round <= rounds; round++)); do
  for path in "${paths[@]}"; do
    # A backend logs a statement before it runs it, so once the answer is here its statements are in the log.
    from=$(stat -c %s "$log")
    request=$((request + 1))
    status=$(curl -sS -o "$work/bodies/$request" -w '%{http_code}' --max-time 120 "http://127.0.0.1:$port$path")
    printf '%s\t%s\t%s\t%s\n' "$path" "$status" "$from" "$(stat -c %s "$log")" >>"$work/requests.tsv"
  done
done
kill "$server"
wait "$server" || true
server=

if [ "$log_only" = --log-only ]; then
  /usr/bin/python3 "$here/compare.py" "$log" "$work/requests.tsv"
else
  "$headroom" report "$work/hyperkitty.headroom" --json >"$work/report.json"
  /usr/bin/python3 "$here/compare.py" "$log" "$work/requests.tsv" "$work/hyperkitty.headroom" "$work/report.json"
  /usr/bin/python3 "$here/unseen.py" "$DATABASE_URL" "$work/requests.tsv" "$work/hyperkitty.headroom" \
    "$work/report.json" "$work/bodies"
fi
