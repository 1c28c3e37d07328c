#!/bin/sh
# Makes the inputs next to this script: invented sequences, the same octets each time (SOURCE.md).
set -eu
cd "$(dirname "$0")"
export LC_ALL=C

# A generator of 16-bit numbers in whole numbers below 2^53, so that every awk draws the same.
RANDOM16='function draw(n) { state = (state * 69069 + 1) % 4294967296; return int(state / 65536) % n }'

# Alignments: 24 sequences of 240 bases; each is an earlier one with some bases changed.
mkdir -p fasttree/alignments
for seed in 1 2 3 4; do
  awk -v seed="$seed" -v state="$seed" "$RANDOM16"'
    BEGIN {
      for (i = 0; i < 20; i++) draw(2)
      for (k = 0; k < 240; k++) letter[0, k] = substr("ACGT", draw(4) + 1, 1)
      for (s = 0; s < 24; s++) {
        parent = s == 0 ? 0 : draw(s)
        changed = 2 + draw(28)
        line = ""
        for (k = 0; k < 240; k++) {
          letter[s, k] = draw(240) < changed ? substr("ACGT-", draw(5) + 1, 1) : letter[parent, k]
          line = line letter[s, k]
        }
        printf ">s%02d\n%s\n", s, line
      }
    }' > "fasttree/alignments/invented-$seed.fa"
done

# Genomes: 6,000 random bases with a transfer RNA for phenylalanine of yeast every 1,000 or so, each with up to five bases changed.
mkdir -p aragorn/genomes
for seed in 1 2 3 4; do
  awk -v seed="$seed" -v state="$seed" "$RANDOM16"'
    BEGIN {
      trna = "GCGGATTTAGCTCAGTTGGGAGAGCGCCAGACTGAAGATCTGGAGGTCCTGTGTTCGATCCACAGAATTCGCACCA"
      for (i = 0; i < 20; i++) draw(2)
      printf ">invented_%d random bases with six genes\n", seed
      for (part = 0; part < 6; part++) {
        at = 100 + draw(700)
        gene = trna
        for (c = draw(6); c > 0; c--) {
          k = 1 + draw(length(trna))
          gene = substr(gene, 1, k - 1) substr("ACGT", draw(4) + 1, 1) substr(gene, k + 1)
        }
        for (k = 0; k < at; k++) text = text substr("ACGT", draw(4) + 1, 1)
        text = text gene
        for (k = at + length(gene); k < 1000; k++) text = text substr("ACGT", draw(4) + 1, 1)
      }
      for (k = 1; k <= length(text); k += 60) print substr(text, k, 60)
    }' > "aragorn/genomes/invented-$seed.fa"
done
