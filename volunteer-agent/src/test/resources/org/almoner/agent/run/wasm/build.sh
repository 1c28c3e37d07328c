#!/bin/sh
# Makes the .wasm files here from their sources: wabt for .wat, Debian's clang 14 and wasi-libc for .c.
set -eu
cd "$(dirname "$0")"
for source in *.wat; do
  wat2wasm "$source" -o "${source%.wat}.wasm"
done
for source in *.c; do
  clang-14 --target=wasm32-wasi -std=gnu11 -O1 -c "$source" -o "$source.o"
  wasm-ld-14 --strip-all --gc-sections -o "${source%.c}.wasm" /usr/lib/wasm32-wasi/crt1-command.o "$source.o" \
    /usr/lib/wasm32-wasi/libc.a /usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi/libclang_rt.builtins-wasm32.a
  rm "$source.o"
done
chmod 644 *.wasm
