#!/usr/bin/env bash
# Starts the whole stack in containers (docker-compose.yml) and runs one audit through it.
# Usage: infra/compose/try.sh FOLDER SUBMIT-FLAGS…
#   FOLDER is what the containers see as /data; the flags are those of `batchxai submit`. Model, labels and class map may lie anywhere here:
#   infra/compose/try.sh ~/pets --model resnet.onnx --data /data/images --masks /data/masks --class-map classes.csv --preprocess imagenet
# WORKERS=2 says how many workers. Afterwards the stack goes on; `docker compose down` ends it, with --volumes it forgets everything.
set -euo pipefail
fail() { printf 'error: %s\n' "$@" >&2; exit 3; }

[[ $# -ge 1 && -d "$1" ]] || fail "'${1:-}' is not a folder. Usage: infra/compose/try.sh FOLDER SUBMIT-FLAGS… (the head of this script has an example)"
DATA_DIR="$(cd "$1" && pwd)"
export DATA_DIR
shift
here="$PWD"
root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"

for tool in docker openssl curl; do command -v "$tool" >/dev/null || fail "$tool was not found; install it and try again."; done
if docker compose version >/dev/null 2>&1; then compose=(docker compose); else compose=(docker-compose); fi
"${compose[@]}" version >/dev/null 2>&1 || fail "Docker Compose was not found; install Docker's compose plugin and try again."
docker info >/dev/null 2>&1 || fail "Docker does not answer. Start it, or join the group 'docker', and try again."

cd "$root"
# Every setting that .env lacks, with new passwords: all of them at first, those that are new in this version later.
had="$(cat .env 2>/dev/null || true)"
lacking="$(while IFS= read -r line; do
  case "$line" in
    "#"* | "") [[ -z "$had" ]] || continue ;;
    *) ! grep -q "^${line%%=*}=" <<<"$had" || continue ;;
  esac
  case "$line" in
    POSTGRES_PASSWORD= | RABBITMQ_PASSWORD= | GRAFANA_PASSWORD= | GRAFANA_DATABASE_PASSWORD=) line+="$(openssl rand -hex 24)" ;;
    ADMIN_KEY=) line+="bxk_admin_$(openssl rand -hex 32)" ;;
    BLOB_KEY=) line+="$(openssl rand -base64 48)" ;;
  esac
  printf '%s\n' "$line"
done <.env.example)"
if [[ -n "$lacking" ]]; then
  (umask 077 && { [[ -z "$(tail -c 1 .env 2>/dev/null)" ]] || echo; printf '%s\n' "$lacking"; } >>.env)
  echo "wrote .env: settings that it lacked, with new passwords" >&2
fi

"${compose[@]}" up --detach --build --scale worker="${WORKERS:-2}"
port="${PORT:-$(sed -n 's/^PORT=//p' .env)}"
server="http://127.0.0.1:${port:-8080}"
echo "waiting for $server" >&2
for _ in $(seq 90); do
  if curl -fs -o /dev/null "$server/health/ready"; then ready=1; break; fi
  sleep 2
done
[[ -n "${ready:-}" ]] || fail "the server is not ready: $(curl -s "$server/health/ready" || echo "no answer")" "Its log: ${compose[*]} logs coordinator"

BATCHXAI_API_KEY="${BATCHXAI_API_KEY:-$(sed -n 's/^ADMIN_KEY=//p' .env)}"
export BATCHXAI_API_KEY
cd "$here"
exec "$root/batchxai" submit --server "$server" --watch "$@"
