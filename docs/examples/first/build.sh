#!/bin/sh
# Builds collatz.wasm from collatz.c, next to this script. Debian 12: apt-get install clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32
set -eu
cd "$(dirname "$0")"

CLANG=${CLANG:-clang-14}
LD=${WASM_LD:-wasm-ld-14}
LIBC=${WASI_LIBC:-/usr/lib/wasm32-wasi}
BUILTINS=${WASI_BUILTINS:-/usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi/libclang_rt.builtins-wasm32.a}

object=$(mktemp --suffix=.o)
trap 'rm -f "$object"' EXIT

# Compiling and linking are two steps on purpose: as one step clang would also run whatever wasm-opt it finds on the PATH.
"$CLANG" --target=wasm32-wasi -std=c11 -O2 -Wall -Wextra -Werror -c collatz.c -o "$object"
"$LD" --strip-all --gc-sections -z stack-size=65536 -o collatz.wasm \
  "$LIBC/crt1-command.o" "$object" "$LIBC/libc.a" "$BUILTINS"

sha256sum collatz.wasm
