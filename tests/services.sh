#!/usr/bin/env bash
# PostgreSQL, RabbitMQ and Azurite as private processes, for tests where neither Docker nor a connection string is at hand; an issuer at which people sign in, and a browser.
#   tests/services.sh fetch [services|issuer|browser]     makes sure that the programs, or those, are here; installs nothing on the system
#   eval "$(tests/services.sh start PID)"                 starts them on free loopback ports and exports where; they end with process PID
#   tests/services.sh stop                                ends what start started
#   tests/services.sh has KIND                            whether the program is here; where KIND says where
#   tests/services.sh run KIND FOLDER PID PORT [PORT]     one service in the foreground: until SIGTERM, or until process PID is gone
#   tests/services.sh signal NAME PID                     sends a signal to all processes of a service; PID is that of its run, which stays to reap them
# KIND is postgres, rabbitmq (ports: AMQP, management), azurite or issuer; FOLDER keeps its data. has and where know chromium and axe too. Installed
# programs are used (BATCHXAI_CHROMIUM names another browser); what is missing is unpacked from Debian and npm packages below artifacts/services.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
say() { echo "services.sh: $*" >&2; }

# The database refuses root and runs as nobody, who must reach its program: not so below a home folder of root's.
cache="${BatchXaiArtifacts:-$here/../artifacts}/services"
as_nobody() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
as_nobody test -x "$here" || cache=/var/cache/batchxai-services

# ---- programs ------------------------------------------------------------------------------------------------------

newest() { ls -d "$@" 2>/dev/null | sort -V | tail -n 1 | grep .; }
installed_postgres() { newest /usr/lib/postgresql/*/bin/initdb || command -v initdb; }
installed_rabbitmq() { newest /usr/lib/rabbitmq/bin/rabbitmq-server; }
postgres_program() { installed_postgres || newest "$cache"/debian/usr/lib/postgresql/*/bin/initdb; }
rabbitmq_program() { installed_rabbitmq || newest "$cache/debian/usr/lib/rabbitmq/bin/rabbitmq-server"; }
azurite_program() { command -v azurite-blob || newest "$cache/azurite/node_modules/.bin/azurite-blob"; }
issuer_program() { command -v node >/dev/null && newest "$cache/issuer/node_modules/oidc-provider/lib/index.js"; }
chromium_program() { if [ -n "${BATCHXAI_CHROMIUM:-}" ]; then command -v "$BATCHXAI_CHROMIUM"; else command -v chromium || newest "$cache/chromium/start"; fi; }
axe_program() { newest "$cache/axe/node_modules/axe-core/axe.min.js"; }

# Debian packages of a closure, without those that only an installed service needs, or a browser with a screen.
needless='adwaita|cron|dbus|dconf|dmsetup|gtk-update|hicolor|debconf|libc-l10n|libgl1-mesa-dri|libgtk-3|libjson-perl|libllvm|libpam-systemd|libperl|libpython|libz3|locales|logrotate|lsof|media-types|perl|postgresql-common|postgresql-client-common|python|sensible-utils|shared-mime-info|socat|ssl-cert|systemd|ucf|x11-utils|xdg-utils|xkb-data'
closure() { apt-get "${options[@]}" install --print-uris -qq -y --no-install-recommends "$@" | sed -n "s/^'[^']*' \([^_]*\)_.*/\1/p" | grep -vE "^($needless)"; }
download() {
    local names; names=$(closure "$@") && [ -n "$names" ] || return 1
    # shellcheck disable=SC2086 # one argument a package
    (cd "$cache/debs.new" && apt-get "${options[@]}" -qq download $names) 2>&1 | grep -E '^E:' >&2
    [ "${PIPESTATUS[0]}" -eq 0 ]
}

debian() { # FOLDER PACKAGE...
    local folder=$1; shift
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || { say "install $* (no apt-get here to fetch them with)"; return 1; }
    rm -rf "$cache"/{debs,debian}.new; mkdir -p "$cache"/{debs,debian}.new
    if ! download "$@" 2>/dev/null; then # The system's lists are empty or old: lists of our own.
        rm -rf "$cache/apt.new"; mkdir -p "$cache"/apt.new/{state/lists,cache/archives}/partial
        options+=(-o "Dir::State=$cache/apt.new/state" -o Dir::State::status=/var/lib/dpkg/status -o "Dir::Cache=$cache/apt.new/cache")
        apt-get "${options[@]}" -qq update >&2 && download "$@" || { say "cannot download $*; install them, or give connection strings"; return 1; }
    fi
    local deb; for deb in "$cache"/debs.new/*.deb; do dpkg-deb -x "$deb" "$cache/debian.new" || return 1; done
    # erl is told where it was unpacked.
    [ ! -f "$cache/debian.new/usr/lib/erlang/bin/erl" ] || sed -i "s|^\( *ROOTDIR=\)/usr/lib/erlang|\1$(realpath "$cache")/debian/usr/lib/erlang|" "$cache"/debian.new/usr/lib/erlang/bin/erl
    echo "$*" >"$cache/debian.new/packages"
    rm -rf "$cache/debs.new" "${cache:?}/$folder"; mv "$cache/debian.new" "$cache/$folder"
}

npm_packages() { # NAME: those that the folder beside this script locks
    command -v npm >/dev/null || { say "install node and npm; they fetch what $1 needs"; return 1; }
    say "fetching $1 (npm)"
    rm -rf "$cache/$1.new"; mkdir -p "$cache/$1.new"
    cp "$here/$1"/package*.json "$cache/$1.new/"
    npm ci --prefix "$cache/$1.new" --ignore-scripts --omit=dev --no-audit --no-fund --no-update-notifier --loglevel=error >&2 || { say "cannot fetch $1"; return 1; }
    rm -rf "${cache:?}/$1"; mv "$cache/$1.new" "$cache/$1"
}

# The unpacked browser is told where its libraries and fonts are.
chromium_start() {
    local folder; folder=$(realpath "$cache/chromium")
    cat >"$folder/fonts.conf" <<END
<?xml version="1.0"?>
<fontconfig><dir>$folder/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>$folder/fonts.cache</cachedir></fontconfig>
END
    cat >"$folder/start.new" <<END
#!/bin/sh
export LD_LIBRARY_PATH="$(ls -d "$folder"/{usr/,}lib/*-linux-gnu{,/pulseaudio} 2>/dev/null | paste -sd:)" FONTCONFIG_FILE="$folder/fonts.conf"
exec "$folder/usr/lib/chromium/chromium" "\$@"
END
    chmod +x "$folder/start.new" && mv "$folder/start.new" "$folder/start"
}

fetch_services() {
    local missing=() npm= failed=0
    azurite_program >/dev/null || { npm_packages azurite & npm=$!; }
    installed_postgres >/dev/null || missing+=(postgresql)
    installed_rabbitmq >/dev/null || missing+=(rabbitmq-server)
    if [ ${#missing[@]} -gt 0 ] && [ "${missing[*]}" != "$(cat "$cache/debian/packages" 2>/dev/null)" ]; then
        say "fetching Debian packages: ${missing[*]}"; debian debian "${missing[@]}" || failed=1
    fi
    [ -z "$npm" ] || wait "$npm" || failed=1
    return $failed
}

fetch_browser() {
    local failed=0
    axe_program >/dev/null || npm_packages axe || failed=1
    chromium_program >/dev/null || {
        say "fetching Debian packages: chromium and a font"
        { debian chromium chromium fontconfig-config fonts-dejavu-core && chromium_start; } || failed=1
    }
    return $failed
}

fetch() { # [services|issuer|browser]
    local failed=0 options=(-o APT::Sandbox::User=root -o Debug::NoLocking=1)
    mkdir -p "$cache"
    exec 9>"$cache/lock"; flock 9 # one at a time
    [ "${1:-services}" != services ] || fetch_services || failed=1
    [ "${1:-issuer}" != issuer ] || issuer_program >/dev/null || npm_packages issuer || failed=1
    [ "${1:-browser}" != browser ] || fetch_browser || failed=1
    rm -rf "$cache/apt.new"
    exec 9>&-
    return $failed
}

# ---- one service in the foreground -----------------------------------------------------------------------------------

run_postgres() { # FOLDER PORT
    local bin; bin=$(dirname "$(postgres_program)")
    if [ ! -s "$1/PG_VERSION" ]; then
        [ "$(id -u)" != 0 ] || chown 65534:65534 "$1"
        as_nobody "$bin/initdb" -D "$1" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null || return 1
    fi
    # What tests ask is what survives a killed process; a killed machine is not, so nothing waits for the disk.
    local disk=${POSTGRES_DISK:-off}
    exec_as_nobody "$bin/postgres" -D "$1" -p "$2" -k "$1" -c listen_addresses=127.0.0.1 -c max_connections=300 -c "fsync=$disk" -c "full_page_writes=$disk"
}
exec_as_nobody() { if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else exec "$@"; fi; }

# The broker's nodes find each other through epmd. One of our own, or nodes of other tests would meet there.
start_epmd() {
    [ ! -d "$cache/debian/usr/lib/erlang" ] || export PATH="$cache/debian/usr/lib/erlang/bin:$PATH"
    export ERL_EPMD_PORT; ERL_EPMD_PORT=$(free_port)
    "$(command -v epmd || newest /usr/lib/erlang/bin/epmd)" -address 127.0.0.1 -port "$ERL_EPMD_PORT" </dev/null &
    until listens "$ERL_EPMD_PORT"; do sleep 0.1; done
}

run_rabbitmq() { # FOLDER PORT MANAGEMENT_PORT
    printf '[rabbitmq_management].\n' >"$1/enabled_plugins"; : >"$1/environment"
    printf '%s\n' "listeners.tcp.default = 127.0.0.1:$2" "management.tcp.ip = 127.0.0.1" "management.tcp.port = $3" \
        "default_user = batchxai" "default_pass = batchxai" "log.console = true" "log.file = false" >"$1/rabbitmq.conf"
    export HOME="$1" RABBITMQ_DIST_PORT; RABBITMQ_DIST_PORT=$(free_port)
    export RABBITMQ_NODENAME=batchxai@localhost RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$2" \
        RABBITMQ_CONFIG_FILE="$1/rabbitmq.conf" RABBITMQ_CONF_ENV_FILE="$1/environment" RABBITMQ_ENABLED_PLUGINS_FILE="$1/enabled_plugins" \
        RABBITMQ_MNESIA_BASE="$1/data" RABBITMQ_LOG_BASE="$1/log" RABBITMQ_PID_FILE="$1/pid" RABBITMQ_GENERATED_CONFIG_DIR="$1/config" \
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}" \
        RUNNING_UNDER_SYSTEMD=1 # the shell makes way for the broker, which then hears our signals itself
    exec "$(rabbitmq_program)"
}

run_azurite() { # FOLDER PORT
    exec "$(azurite_program)" --location "$1" --blobHost 127.0.0.1 --blobPort "$2" --skipApiVersionCheck --disableTelemetry --silent
}

run_issuer() { # FOLDER PORT
    exec node "$here/issuer/issuer.mjs" "$cache/issuer/node_modules" "$2"
}

tree() { echo "$1"; local child; for child in $(cat "/proc/$1/task"/*/children 2>/dev/null); do tree "$child"; done; }

run() { # KIND FOLDER OWNER PORT...
    local kind=$1 folder=$2 owner=$3; shift 3
    mkdir -p "$folder"; cd "$folder" || return 1
    local libraries; libraries=$(ls -d "$cache"/debian/usr/lib/*-linux-gnu "$cache"/debian/lib/*-linux-gnu 2>/dev/null | paste -sd:)
    [ -z "$libraries" ] || export LD_LIBRARY_PATH="$libraries"
    [ "$kind" != rabbitmq ] || start_epmd
    (trap - TERM INT; "run_$kind" "$folder" "$@") </dev/null & local server=$! stopping=
    # The database knows INT as "end the sessions and stop"; to TERM it waits for them.
    local polite=TERM; [ "$kind" != postgres ] || polite=INT
    trap 'stopping=1' TERM INT
    while [ -z "$stopping" ] && kill -0 "$server" 2>/dev/null && kill -0 "$owner" 2>/dev/null; do sleep 1 & wait $! ; done
    local all; all=$(tree $$ | grep -vx $$) # now: orphans are nobody's children
    if ! kill -0 "$owner" 2>/dev/null; then # nobody is left who wants it, or its data
        # shellcheck disable=SC2086 # one argument a process
        kill -KILL $all 2>/dev/null; wait; cd / && rm -rf "$folder" "$folder.log"; return
    fi
    kill "-$polite" "$server" 2>/dev/null
    local _; for _ in $(seq 100); do kill -0 "$server" 2>/dev/null || break; sleep 0.1; done
    # shellcheck disable=SC2086 # one argument a process
    kill -KILL $all 2>/dev/null
    wait
}

# ---- the three together ----------------------------------------------------------------------------------------------

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
free_port() { local port; while :; do port=$((20000 + RANDOM % 12000)); listens "$port" || { echo "$port"; return; }; done; }

launch() { # KIND PORT...
    local kind=$1; shift
    mkdir -p "$folder/$kind"
    setsid bash "$here/services.sh" run "$kind" "$folder/$kind" "$owner" "$@" </dev/null >"$folder/$kind.log" 2>&1 9>&- &
    echo $! >"$folder/$kind.pid"
    ports+=("$@")
}

start() { # OWNER
    local owner=$1 folder ports=() port management
    fetch services || return 1
    folder=$(mktemp -d "${TMPDIR:-/tmp}/batchxai-services.XXXXXX"); chmod 755 "$folder"
    local exports=("export BATCHXAI_TEST_PROVIDER=native BATCHXAI_TEST_FOLDER='$folder'")
    if [ -z "${BATCHXAI_TEST_POSTGRES:-}" ]; then
        port=$(free_port); launch postgres "$port"
        exports+=("export BATCHXAI_TEST_POSTGRES='Host=127.0.0.1;Port=$port;Username=postgres;Password=postgres;Database=postgres'")
    fi
    if [ -z "${BATCHXAI_TEST_RABBITMQ:-}" ]; then
        port=$(free_port) management=$(free_port); launch rabbitmq "$port" "$management"
        exports+=("export BATCHXAI_TEST_RABBITMQ='amqp://batchxai:batchxai@127.0.0.1:$port/' BATCHXAI_TEST_RABBITMQ_MANAGEMENT='http://127.0.0.1:$management'")
    fi
    if [ -z "${BATCHXAI_TEST_BLOBS:-}" ]; then
        port=$(free_port); launch azurite "$port"
        # The account and key that every Azurite has; they are public.
        exports+=("export BATCHXAI_TEST_BLOBS='DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;BlobEndpoint=http://127.0.0.1:$port/devstoreaccount1;'")
    fi
    local _; for port in "${ports[@]}"; do
        for _ in $(seq 600); do listens "$port" && break; sleep 0.1; done
        listens "$port" || { say "a service does not answer; the end of the logs:"; tail -n 5 "$folder"/*.log >&2; BATCHXAI_TEST_FOLDER=$folder stop; return 1; }
    done
    printf '%s\n' "${exports[@]}"
}

stop() {
    local folder=${BATCHXAI_TEST_FOLDER:-} file
    [ -d "$folder" ] || return 0
    for file in "$folder"/*.pid; do kill -TERM "$(cat "$file")" 2>/dev/null; done
    for file in "$folder"/*.pid; do while kill -0 "$(cat "$file")" 2>/dev/null; do sleep 0.1; done; done
    rm -rf "$folder"
}

# shellcheck disable=SC2046 # one argument a process
signal() { kill "-$1" $(tree "$2" | grep -vx "$2") 2>/dev/null; true; }

case "${1:-}" in
has) "$2_program" >/dev/null ;;
where) "$2_program" ;;
signal) signal "$2" "$3" ;;
fetch) fetch "${2:-}" ;;
stop) stop ;;
start) [ $# -eq 2 ] || { say "start PID: which process do the services end with?"; exit 2; }; start "$2" ;;
run) shift; run "$@" ;;
*) sed -n '2,/^set /{/^#/p}' "$0" >&2; exit 2 ;;
esac
