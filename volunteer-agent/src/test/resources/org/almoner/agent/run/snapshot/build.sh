#!/bin/sh
# Makes steps.wasm with Debian's clang 14 and wasi-libc.
set -eu
cd "$(dirname "$0")"
clang-14 --target=wasm32-wasi -std=gnu11 -O1 -c steps.c -o steps.o
wasm-ld-14 --strip-all --gc-sections --export=step -o steps.wasm /usr/lib/wasm32-wasi/crt1-command.o steps.o \
  /usr/lib/wasm32-wasi/libc.a /usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi/libclang_rt.builtins-wasm32.a
rm steps.o
chmod 644 steps.wasm
