#!/bin/sh
# Makes the .wasm files here from their sources: wabt for .wat; Debian's clang 14 and lld 14 for .c, without a C library.
set -eu
cd "$(dirname "$0")"
for source in *.wat; do
  wat2wasm "$source" -o "${source%.wat}.wasm"
done
clang-14 --target=wasm32 -std=gnu11 -O2 -nostdlib -ffreestanding -c calls.c -o calls.o
wasm-ld-14 --no-entry --export=_start --strip-all --initial-memory=524288 -o calls.wasm calls.o
rm calls.o
chmod 644 *.wasm
