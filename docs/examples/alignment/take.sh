#!/bin/sh
# Takes the example's data out of Debian's package bowtie2-examples (DATA.md): take.sh PACKAGE.deb, into this folder.
set -eu
package=$(readlink -f "$1")
cd "$(dirname "$0")"

UNITS=24
PAIRS_PER_UNIT=8
LENGTH_MAX=100

unpacked=$(mktemp -d)
trap 'rm -r "$unpacked"' EXIT
dpkg -x "$package" "$unpacked"
examples=$unpacked/usr/share/doc/bowtie2/examples

zcat "$examples/reference/lambda_virus.fa.gz" >lambda.fa

# A record is four lines; its two mates stand at the same place of two files. Taken are the first pairs of which neither
# mate is longer than LENGTH_MAX, octet for octet but for the names, which gain /1 and /2.
for mate in 1 2; do
    zcat "$examples/reads/reads_$mate.fq.gz" | paste - - - - >"$unpacked/$mate"
done
mkdir -p reads
rm -f reads/*.fq
paste "$unpacked/1" "$unpacked/2" | awk -F '\t' -v units=$UNITS -v pairs=$PAIRS_PER_UNIT -v most=$LENGTH_MAX '
    length($2) <= most && length($6) <= most {
        if (taken == units * pairs) exit
        file = sprintf("reads/%02d.fq", int(taken / pairs) + 1)
        taken++
        print $1 "/1\n" $2 "\n" $3 "\n" $4 >file
        print $5 "/2\n" $6 "\n" $7 "\n" $8 >file
    }'
