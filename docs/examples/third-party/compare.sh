#!/bin/sh
# Builds the programs (build.sh), runs every unit of theirs natively and as a volunteer's computer does, and compares the octets:
#   ./compare.sh [FOLDER]   works in FOLDER, or in one that is removed afterwards
# ALMONER names the command, ENGINES what else 'run-local' is told (such as "--engine fast").
# Exit code 0: all as README.md says; 1: something differs that should not; 2: it could not be tried.
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
ALMONER=${ALMONER:-$here/../../../almoner}
if [ $# -gt 0 ]; then
  mkdir -p "$1"
  work=$(cd "$1" && pwd -P)
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi

"$here/build.sh" "$work" >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 2; }

# run_native NAME INDEX FILE: one unit with the arguments of the workload file, of which none holds a blank
run_native() {
  in=$work/$1/run/native/$2.in out=$work/$1/run/native/$2
  mkdir -p "$in" "$out"
  [ -z "$3" ] || cp "$3" "$in"
  arguments=$(sed -n 's/^  args: \[\(.*\)\]$/\1/p' "$work/$1/run/workload.yaml" | tr -d '",' |
    sed -e "s#/in/#$in/#g; s#/out/#$out/#g; s#{file}#$(basename "$3")#g; s#{index}#$2#g")
  # shellcheck disable=SC2086 # a list on purpose
  LC_ALL=C "$work/$1/native" $arguments </dev/null >"$work/$1/run/native/$2.printed" 2>&1 ||
    { echo "$1: unit $2 fails natively:" >&2; tail -n 5 "$work/$1/run/native/$2.printed" >&2; exit 2; }
}

code=0
printf '%-10s %10s %6s %12s %18s  %s\n' program octets units output instructions result
for name in fasttree geng aragorn; do
  run=$work/$name/run
  rm -rf "$run"
  mkdir -p "$run"
  cp -r "$here/$name/." "$run"
  cp "$work/$name/$name.wasm" "$run"

  units=0
  case $name in
    geng) while [ $units -lt 8 ]; do (run_native $name $units ""); units=$((units + 1)); done ;;
    *) for file in "$run"/*/*.fa; do (run_native $name $units "$file"); units=$((units + 1)); done ;;
  esac

  # shellcheck disable=SC2086
  "$ALMONER" workload run-local "$run/workload.yaml" --units "$(seq -s , 0 $((units - 1)))" --out "$run/wasm" \
    ${ENGINES:-} >"$run/log" 2>&1 || { echo "$name: run-local ended with code $?:" >&2; tail -n 20 "$run/log" >&2; exit 2; }

  differing=
  unit=0
  while [ $unit -lt $units ]; do
    (cd "$run/native/$unit" && find . -type f) | while read -r file; do
      cmp -s "$run/native/$unit/$file" "$run/wasm/$unit/$file" || echo "unit $unit: ${file#./}"
    done >"$run/differs"
    [ ! -s "$run/differs" ] || differing="$differing$(cat "$run/differs"); "
    unit=$((unit + 1))
  done
  octets=$(cat "$run"/native/[0-9]*/* 2>/dev/null | wc -c)
  instructions=$(awk '/^unit/ { for (i = 2; i <= NF; i++) if ($i ~ /^instructions/) { gsub(",", "", $(i - 1)); sum += $(i - 1) } }
    END { printf "%.0f", sum }' "$run/log")
  result="same octets"
  if [ -n "$differing" ]; then
    result="DIFFERS: ${differing%; }"
    code=1
  fi
  printf '%-10s %10s %6s %12s %18s  %s\n' \
    "$name" "$(wc -c <"$run/$name.wasm")" "$units" "$octets" "$instructions" "$result"
done

# What is known besides: there are 261,080 connected graphs of nine vertices (https://oeis.org/A001349).
graphs=$(cat "$work"/geng/run/wasm/*/graphs.g6 | sort -u | wc -l)
echo "geng: $graphs graphs, 261080 are known"
[ "$graphs" -eq 261080 ] || code=1
exit $code
