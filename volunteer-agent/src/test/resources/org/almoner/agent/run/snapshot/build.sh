#!/bin/sh
# Makes golden.wasm with wabt, and steps.wasm and laps.wasm with Debian's clang 14 and wasi-libc.
set -eu
cd "$(dirname "$0")"
wat2wasm golden.wat -o golden.wasm
for name in steps laps; do
  clang-14 --target=wasm32-wasi -std=gnu11 -O1 -c $name.c -o $name.o
  wasm-ld-14 --strip-all --gc-sections --export=step -o $name.wasm /usr/lib/wasm32-wasi/crt1-command.o $name.o \
    /usr/lib/wasm32-wasi/libc.a /usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi/libclang_rt.builtins-wasm32.a
  rm $name.o
  chmod 644 $name.wasm
done
