#!/usr/bin/env bash
# Compiles the Rego toolchain to the file that is given, without anything of the machine in it.
set -euo pipefail
out="$(cd "$(dirname "$1")" && pwd)/$(basename "$1")"
cd "$(dirname "$0")"
GOOS=wasip1 GOARCH=wasm CGO_ENABLED=0 GOFLAGS=-mod=readonly GOTOOLCHAIN=local GOWORK=off \
  go build -trimpath -buildvcs=false -ldflags="-s -w -buildid=" -o "$out" .
