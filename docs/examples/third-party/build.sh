#!/bin/sh
# Fetches three programs as Debian source packages and builds each twice, for WASI and for this computer:
#   ./build.sh FOLDER      leaves FOLDER/NAME/NAME.wasm and FOLDER/NAME/native
# Needs apt with a Debian 12 archive, and: apt-get install clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32 xz-utils libc6-dev
set -eu

[ $# -eq 1 ] || { echo "usage: $0 FOLDER (where to build; it is made)" >&2; exit 2; }
mkdir -p "$1"
work=$(cd "$1" && pwd -P)

CLANG=${CLANG:-clang-14}
LD=${WASM_LD:-wasm-ld-14}
LIBC=${WASI_LIBC:-/usr/lib/wasm32-wasi}
BUILTINS=${WASI_BUILTINS:-/usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi/libclang_rt.builtins-wasm32.a}

missing=
for tool in apt-get tar xz "$CLANG" "$LD"; do command -v "$tool" >/dev/null || missing="$missing $tool"; done
for file in "$LIBC/libc.a" "$BUILTINS"; do [ -f "$file" ] || missing="$missing $file"; done
[ -z "$missing" ] || { echo "missing here:$missing" >&2; exit 2; }

# --- Sources -----------------------------------------------------------------------------------------------------------------

# apt with folders of its own: few computers name archives of sources, so those of programs are named once more, here only.
# Nothing of the computer's own configuration is touched, and apt checks the archive's signature as ever.
apt() {
  apt-get -q -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$work/apt/parts" \
    -o Dir::State::Lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" \
    -o APT::Sandbox::User= -o Debug::NoLocking=1 "$@"
}

name_archives() {
  mkdir -p "$work/apt/parts" "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/fetched"
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    if [ -f "$list" ] && grep -q debian "$list"; then
      sed -e 's/^Types:.*/Types: deb-src/' -e '/^deb-src[[:space:]]/d' -e 's/^deb[[:space:]]/deb-src /' \
        "$list" > "$work/apt/parts/${list##*/}"
    fi
  done
  [ -n "$(ls -A "$work/apt/parts")" ] || { echo "no Debian archive is configured here" >&2; exit 2; }
}

# fetch PACKAGE VERSION: upstream's tree as Debian holds it, without Debian's own patches, in $work/PACKAGE/source
fetch() {
  source=$work/$1/source
  archive=
  for file in "$work/fetched/${1}_${2%-*}".orig.tar.*; do
    case $file in *.asc | *'*') ;; *) archive=$file ;; esac
  done
  if [ -z "$archive" ]; then
    apt update >"$work/apt/log" 2>&1 || { tail -n 3 "$work/apt/log" >&2; exit 2; }
    (cd "$work/fetched" && apt --download-only --only-source source "$1=$2") >"$work/apt/log" 2>&1 ||
      { echo "apt cannot fetch the source of $1 $2:" >&2; tail -n 3 "$work/apt/log" >&2; exit 2; }
    for file in "$work/fetched/${1}_${2%-*}".orig.tar.*; do
      case $file in *.asc) ;; *) archive=$file ;; esac
    done
  fi
  rm -rf "$source"
  mkdir -p "$source"
  tar -xf "$archive" -C "$source" --strip-components=1 --no-same-owner
}

# --- Building ----------------------------------------------------------------------------------------------------------------

# build NAME "OPTIONS" FILE...: the same files with the same options for both, in the current folder
build() {
  name=$1 options=$2
  shift 2
  objects=
  mkdir -p "$work/$name/objects"
  for file in "$@"; do
    object=$work/$name/objects/$(basename "$file" .c).o
    # shellcheck disable=SC2086 # options are a list
    "$CLANG" --target=wasm32-wasi -O2 -w -D_WASI_EMULATED_PROCESS_CLOCKS $options -c "$file" -o "$object"
    objects="$objects $object"
  done
  # Linked in a step of its own: clang would run whatever wasm-opt it finds on the PATH. The stack comes first, so that one
  # that is too small traps; at its usual place behind the data it would write over them.
  # shellcheck disable=SC2086
  "$LD" --strip-all --gc-sections --stack-first -z stack-size=1048576 -o "$work/$name/$name.wasm" \
    "$LIBC/crt1-command.o" $objects -L"$LIBC" -lwasi-emulated-process-clocks -lm -lc "$BUILTINS"
  # No fused multiply-add on a machine that has it: Wasm has none.
  # shellcheck disable=SC2086
  "$CLANG" -O2 -w -ffp-contract=off $options "$@" -lm -o "$work/$name/native"
}

# Phylogenetic trees. NO_SSE: its sums over four lanes are in another order than those of the plain loops.
fasttree() {
  fetch fasttree 2.1.11-2
  cd "$work/fasttree/source"
  build fasttree -DNO_SSE fasttree.c
}

# Graphs that are no two the same. What its 'configure' would find out stands here instead, since that cannot run programs of
# WASI: no processes, pipes, signals, users' times and gunzip; sizes as the compiler says; the rest as on any C99 system.
geng() {
  fetch nauty 2.8.6+ds-2
  mkdir -p "$work/geng"
  cd "$work/nauty/source"
  for header in nauty naututil gtools; do
    sed -e 's/@have_\(hwlzcnt\|hwpopcnt\|mmpop32\|mmpop64\|ansicontrols\)@/0/; s/@is_ARM64@/0/' \
      -e 's/@default_wordsize@/0/; s/@tls_supported@/0/; s/@use_tls@//; s/@ac_cv_tls@//' \
      -e 's/@ac_cv_sys_file_offset_bits@/no/; s/@ac_cv_sizeof_int@/4/; s/@ac_cv_sizeof___int128\(_t\)\{0,1\}@/0/' \
      -e 's/@ac_cv_sizeof_long@/__SIZEOF_LONG__/; s/@ac_cv_sizeof_voidp@/__SIZEOF_POINTER__/' \
      -e 's/@have_\(pipe\|wait\|popen\|fork\|pid_t\|times\|getrusage\)@/0/' \
      -e 's/@have_\(sigaction\|sigprocmask\|gunzip\|flockfile\)@/0/' \
      -e 's/@header_\(sys_wait\|signal\)_h@/0/; s/@\(popen_dec\|stdio_nolock\|allow_interrupt\)@/0/' \
      -e 's/@sort_prog@/sort/; s/@\(sort_newparams_ok\|has_math_inf\|flex_array_ok\)@/1/' \
      -e 's/@\(have\|header\)_[a-z0-9_]*@/1/; s/@[a-z]*_dec@/1/' "$header-h.in" > "$header.h"
  done
  build geng "-DWORDSIZE=32 -DMAXN=WORDSIZE" geng.c gtools.c nauty.c nautil.c naugraph.c schreier.c naurng.c
}

# Genes of transfer RNA in DNA.
aragorn() {
  fetch aragorn 1.2.38-4
  cd "$work/aragorn/source"
  build aragorn "" aragorn1.2.38.c
}

name_archives
(fasttree)
(geng)
(aragorn)
for name in fasttree geng aragorn; do (cd "$work/$name" && sha256sum "$name.wasm"); done
