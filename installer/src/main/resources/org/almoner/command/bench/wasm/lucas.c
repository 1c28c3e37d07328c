/* Lucas-Lehmer test of 2^P - 1 with schoolbook big integers: lucas OUTPUT P */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { LIMBS_MAX = 1024 };

static uint32_t s[LIMBS_MAX], square[2 * LIMBS_MAX];

static void multiply(int limbs) {
  for (int i = 0; i < 2 * limbs; i++) {
    square[i] = 0;
  }
  for (int i = 0; i < limbs; i++) {
    uint64_t carry = 0;
    for (int j = 0; j < limbs; j++) {
      carry += (uint64_t)s[i] * s[j] + square[i + j];
      square[i + j] = (uint32_t)carry;
      carry >>= 32;
    }
    square[i + limbs] = (uint32_t)carry;
  }
}

/* s = square mod 2^p - 1: the high part comes down on the low one until nothing is left above. */
static void fold(int limbs, int p) {
  int words = p / 32, bits = p % 32;
  uint64_t carry = 0;
  for (int i = 0; i < limbs; i++) {
    uint64_t low = i < words ? square[i] : square[i] & ((1u << bits) - 1);
    uint64_t above = square[i + words];
    if (i + words + 1 < 2 * limbs) {
      above |= (uint64_t)square[i + words + 1] << 32;
    }
    carry += low + (uint32_t)(above >> bits);
    s[i] = (uint32_t)carry;
    carry >>= 32;
  }
  while (s[limbs - 1] >> bits) {
    uint64_t more = s[limbs - 1] >> bits;
    s[limbs - 1] &= (1u << bits) - 1;
    for (int i = 0; i < limbs && more; i++) {
      more += s[i];
      s[i] = (uint32_t)more;
      more >>= 32;
    }
  }
}

static void minus_two(int limbs, int p) {
  uint64_t borrow = 2;
  for (int i = 0; i < limbs && borrow; i++) {
    uint64_t rest = s[i] - borrow;
    s[i] = (uint32_t)rest;
    borrow = rest >> 63;
  }
  if (borrow) { /* below zero: add 2^p - 1, which takes one from the lowest and leaves p bits */
    for (int i = 0; i < limbs && borrow; i++) {
      uint64_t rest = s[i] - borrow;
      s[i] = (uint32_t)rest;
      borrow = rest >> 63;
    }
    s[limbs - 1] &= (1u << (p % 32)) - 1;
  }
}

int main(int argc, char **argv) {
  int p = argc == 3 ? atoi(argv[2]) : 0;
  int limbs = p / 32 + 1;
  if (p < 3 || p % 32 == 0 || limbs > LIMBS_MAX) {
    return 2;
  }
  s[0] = 4;
  for (int i = 0; i < p - 2; i++) {
    multiply(limbs);
    fold(limbs, p);
    minus_two(limbs, p);
  }
  uint64_t hash = 0xcbf29ce484222325;
  int ones = 1, zeros = 1;
  for (int i = 0; i < limbs; i++) {
    uint32_t full = i < limbs - 1 ? 0xffffffff : (1u << (p % 32)) - 1;
    ones &= s[i] == full;
    zeros &= s[i] == 0;
    hash = (hash ^ s[i]) * 0x100000001b3;
  }
  FILE *out = fopen(argv[1], "w");
  if (!out) {
    return 3;
  }
  fprintf(out, "%d %s %016llx\n", p, ones || zeros ? "prime" : "composite", (unsigned long long)hash);
  return fclose(out) ? 3 : 0;
}
