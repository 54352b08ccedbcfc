#!/usr/bin/env bash
# Builds the Rego toolchain into toolchain/: rego.wasm (not checked in), rego.wasm.br, rego.json and NOTICE.
# Needs Go and the network for its modules; the same Go and OPA give the same bytes. The packing takes minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."

(cd tools/rego && go generate ./...)
bash tools/rego/compile.sh toolchain/rego.wasm
node tools/rego/notice.mjs > toolchain/NOTICE
node --conditions=source --import tsx scripts/pack-toolchain.ts
