#!/bin/sh
# What Spark asks for the GPUs of a machine (spark.executor.resource.gpu.discoveryScript, and for a standalone
# cluster spark.worker.resource.gpu.discoveryScript): prints {"name": "gpu", "addresses": ["0", "1"]}.
set -eu

fail() {
  echo "gpu-discovery.sh: $1" >&2
  exit 1
}

command -v nvidia-smi >/dev/null || fail "no nvidia-smi here: NVIDIA's driver is missing, or the container's runtime hides it"
indices=$(nvidia-smi --query-gpu=index --format=csv,noheader) || fail "nvidia-smi failed: $indices"

addresses=
for index in $indices; do
  case $index in
    *[!0-9]*) fail "nvidia-smi said '$indices' where indices of GPUs were expected" ;;
  esac
  addresses="$addresses${addresses:+, }\"$index\""
done
[ -n "$addresses" ] || fail "nvidia-smi lists no GPU"
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
