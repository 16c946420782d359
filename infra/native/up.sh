#!/usr/bin/env bash
# The whole stack as processes of this machine, where there is no Docker: for a trial, not for data that must last. Ctrl-C ends it and forgets all.
# Usage: infra/native/up.sh FOLDER      images, masks and manifests lie below FOLDER; PORT=8080 and WORKERS=2 may be set
# Then, elsewhere: ./batchxai submit --server http://127.0.0.1:8080 --watch --model … --data FOLDER/images …
set -euo pipefail
fail() { printf 'error: %s\n' "$@" >&2; exit 3; }

[[ $# -eq 1 && -d "$1" ]] || fail "'${1:-}' is not a folder. Usage: infra/native/up.sh FOLDER"
data="$(cd "$1" && pwd)"
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MASSTRANSIT_USAGE_TELEMETRY=false
built="${BatchXaiArtifacts:-artifacts}/bin"
port="${PORT:-8080}" workers="${WORKERS:-2}" started=()

echo "building" >&2
mkdir -p "$built"
for program in Coordinator Worker; do
  dotnet build "src/BatchXai.$program" --configuration Release --verbosity quiet >"$built/native.log" 2>&1 ||
    { grep -E 'error' "$built/native.log" | sort -u >&2 || true; fail "the build failed; the whole log is $built/native.log"; }
done

end() {
  trap - EXIT INT TERM
  echo "stopping" >&2
  [[ ${#started[@]} -eq 0 ]] || { kill -TERM "${started[@]}" 2>/dev/null; wait "${started[@]}"; } || true
  tests/services.sh stop
}
exports="$(tests/services.sh start $$)" || fail "the services could not be started"
eval "$exports"
trap end EXIT
trap 'exit 0' INT TERM

cache="$(mktemp -d)" && trap 'end; rm -rf "$cache"' EXIT
export BATCHXAI_Database__ConnectionString="${BATCHXAI_TEST_POSTGRES%Database=*}Database=batchxai"
export BATCHXAI_Broker__Uri="$BATCHXAI_TEST_RABBITMQ" BATCHXAI_Blobs__ConnectionString="$BATCHXAI_TEST_BLOBS"
export BATCHXAI_Sources__Roots__0="$data"

dotnet "$built/BatchXai.Coordinator/release/BatchXai.Coordinator.dll" migrate
ASPNETCORE_URLS="http://127.0.0.1:$port" dotnet "$built/BatchXai.Coordinator/release/BatchXai.Coordinator.dll" & started+=($!)
for worker in $(seq "$workers"); do
  BATCHXAI_Worker__CacheFolder="$cache/$worker" dotnet "$built/BatchXai.Worker/release/BatchXai.Worker.dll" & started+=($!)
done
echo "http://127.0.0.1:$port, $workers workers; Ctrl-C ends it" >&2
# One that ends by itself ends all: its last lines say why.
wait -n "${started[@]}"
