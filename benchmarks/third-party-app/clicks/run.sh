#!/usr/bin/env bash
# Clicks through an application that nobody here wrote, once as it is and once under headroom run, on the same port and
# a fresh copy of the same database: are the responses the same, and does the recording count what PostgreSQL logs?
#
#   run.sh redmine|keycloak|mediawiki|directus [OPTION OF headroom run...]
#
# As root on Debian 12 or later; installs what is missing of Debian's packages, and gets Keycloak from Maven Central and
# Directus from npm into a temporary folder.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd -P)
headroom=${HEADROOM:-$here/../../../headroom}
application=${1:?usage: run.sh redmine|keycloak|mediawiki|directus [OPTION...]}
shift
options=("$@")
keycloak=26.7.3
directus=10.13.1

case $application in
  redmine) packages=(redmine redmine-pgsql puma) ;;
  mediawiki) packages=(mediawiki php-cli php-pgsql php-mbstring php-xml php-intl) ;;
  keycloak) packages=(curl unzip) ;;
  directus) packages=(npm) ;;
  *) echo "no such application: $application" >&2; exit 2 ;;
esac
# Redmine's package would ask for a database of its own.
[ "$application" != redmine ] || echo 'redmine redmine/instances/default/dbconfig-install boolean false' | debconf-set-selections
DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends postgresql "${packages[@]}" >/dev/null

work=$(mktemp -d)
chmod 755 "$work"
log=$work/postgresql.log
postgres_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
as_postgres() { (cd / && runuser -u postgres -- "$@"); }
free_port() { /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
sql() { "$postgres_bin/psql" -h 127.0.0.1 -p "$database_port" -U postgres -qAt "$@"; }

server=
finish() {
  trap - EXIT INT TERM
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  as_postgres "$postgres_bin/pg_ctl" -D "$work/data/cluster" -m immediate stop >/dev/null 2>&1 || true
  if [ -n "${KEEP:-}" ]; then echo "kept: $work"; else rm -rf "$work"; fi
}
trap finish EXIT
trap 'exit 130' INT TERM

mkdir "$work/data"
touch "$log"
chown postgres "$work/data" "$log"
database_port=$(free_port)
port=$(free_port)
as_postgres "$postgres_bin/initdb" -D "$work/data/cluster" -U postgres -A trust --locale=C.UTF-8 -E UTF8 >/dev/null
as_postgres "$postgres_bin/pg_ctl" -D "$work/data/cluster" -l "$log" -w start >/dev/null -o "-p $database_port \
  -k $work/data -c listen_addresses=127.0.0.1 -c fsync=off -c log_statement=all -c log_line_prefix=%p:%a:%d:"
sql -c 'create database app'
export DATABASE_URL=postgres://postgres@127.0.0.1:$database_port/app

# PORT in the command is where it listens; files is what it stores outside its database
files=$work/files
mkdir "$files"
cd "$work"
echo "Preparing $application in $work …"
case $application in
  redmine)
    export X_DEBIAN_SITEID=default RAILS_ENV=production REDMINE_LANG=en
    # its package's database.yml has all but the address, and Rails lets DATABASE_URL override it
    sed -i 's/^\( *adapter:\).*/\1 postgresql/' /etc/redmine/default/database.yml
    cd /usr/share/redmine
    { bin/rake db:migrate && bin/rake redmine:load_default_data && bin/rails runner "$here/redmine_data.rb"; } >"$work/prepare.log" 2>&1
    command=(puma -e production -b tcp://127.0.0.1:PORT -t 1:5 config.ru)
    ;;
  mediawiki)
    php /usr/share/mediawiki/maintenance/install.php --dbtype postgres --dbserver 127.0.0.1 --dbport "$database_port" \
      --dbname app --dbuser postgres --dbpass none --installdbuser postgres --installdbpass none \
      --server "http://127.0.0.1:$port" --scriptpath '' --pass wiki-admin-password --confpath "$work" Wiki Admin >"$work/prepare.log" 2>&1
    cat >>"$work/LocalSettings.php" <<PHP
\$wgEnableUploads = true;
\$wgUploadDirectory = '$files';
\$url = parse_url( getenv( 'DATABASE_URL' ) );
\$wgDBserver = \$url['host'];
\$wgDBport = \$url['port'];
PHP
    export MW_CONFIG_FILE=$work/LocalSettings.php
    command=(php -S 127.0.0.1:PORT -t /usr/share/mediawiki)
    ;;
  keycloak)
    curl -sSf -o keycloak.zip "https://repo.maven.apache.org/maven2/org/keycloak/keycloak-quarkus-dist/$keycloak/keycloak-quarkus-dist-$keycloak.zip"
    unzip -q keycloak.zip
    cd "keycloak-$keycloak"
    export KC_DB=postgres KC_DB_URL=jdbc:postgresql://127.0.0.1:$database_port/app KC_DB_USERNAME=postgres KC_DB_PASSWORD=none
    export KC_BOOTSTRAP_ADMIN_USERNAME=admin KC_BOOTSTRAP_ADMIN_PASSWORD=admin KC_HTTP_ENABLED=true KC_HOSTNAME_STRICT=false KC_CACHE=local
    bin/kc.sh build >"$work/prepare.log" 2>&1
    command=(bin/kc.sh start --optimized --http-port=PORT --http-host=127.0.0.1)
    ;;
  directus)
    npm install --no-save --prefix "$work/directus" "directus@$directus" pg >"$work/prepare.log" 2>&1
    cd "$work/directus"
    unset DATABASE_URL
    export DB_CLIENT=pg DB_HOST=127.0.0.1 DB_PORT=$database_port DB_DATABASE=app DB_USER=postgres DB_PASSWORD=none
    export KEY=0d0a1a5e-4f4c-4d9c-9d2b-3f5b6f0a4a11 SECRET=not-a-secret-at-all-0123456789 TELEMETRY=false HOST=127.0.0.1
    export ADMIN_EMAIL=admin@example.org ADMIN_PASSWORD=admin-password STORAGE_LOCAL_ROOT=$files
    node_modules/.bin/directus bootstrap >>"$work/prepare.log" 2>&1
    command=(node_modules/.bin/directus start)
    ;;
esac
serve() {
  "$@" >"$work/app.log" 2>&1 </dev/null &
  server=$!
}
click() {
  /usr/bin/python3 "$here/click.py" "$application" "http://127.0.0.1:$port" "$1" "$log" || { tail -n 20 "$work/app.log"; exit 1; }
}
stop() {
  kill "$server"
  wait "$server" && status=0 || status=$?
  server=
  echo "ended with status $status"
}
# the first start fills what is still missing
if [ "$application" = keycloak ]; then
  serve "${command[@]//PORT/$port}"
  /usr/bin/python3 -c "import sys; sys.path.insert(0, '$here'); from browser import wait_for; wait_for('http://127.0.0.1:$port', '/realms/master')"
  stop
fi
sql -c 'create database fresh template app'
fresh() {
  sql -c 'drop database app with (force)' -c 'create database app template fresh'
  rm -rf "${files:?}"/*
}

echo "Clicking through it as it is …"
PORT=$port serve "${command[@]//PORT/$port}"
click "$work/direct"
stop
fresh
echo "Clicking through it under headroom run …"
serve "$headroom" run --port "$port" --out "$work/run.headroom" "${options[@]}" -- "${command[@]//PORT/\{port\}}"
click "$work/under"
sleep 1
stop
sed -n '/^Headroom /,$p' "$work/app.log"
bad=0
/usr/bin/python3 "$here/same.py" "$work/direct" "$work/under" || bad=1
/usr/bin/python3 "$here/counts.py" "$work/under" "$work/run.headroom" "$log" || bad=1
exit $bad
