/* Compresses SIZE generated octets with libbzip2, and back: bzip2 OUTPUT SIZE */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bzlib.h"

static uint32_t next(void) {
  static uint32_t state = 12345;
  state = state * 1664525 + 1013904223;
  return state >> 8;
}

/* Like text: words of a small vocabulary, common ones more often, in lines. */
static void generate(char *text, unsigned size) {
  static char words[512][12];
  for (int i = 0; i < 512; i++) {
    int length = 2 + next() % 9;
    for (int k = 0; k < length; k++) {
      words[i][k] = (char)('a' + (next() % 26) * (next() % 26) / 26);
    }
  }
  unsigned used = 0;
  while (used < size) {
    uint32_t a = next() % 512, b = next() % 512;
    const char *word = words[a < b ? a : b];
    for (; *word && used < size; word++) {
      text[used++] = *word;
    }
    if (used < size) {
      text[used++] = next() % 11 ? ' ' : '\n';
    }
  }
}

int main(int argc, char **argv) {
  unsigned size = argc == 3 ? (unsigned)atol(argv[2]) : 0;
  unsigned room = size + size / 100 + 600;
  char *text = malloc(size + 1), *packed = malloc(room), *back = malloc(size + 1);
  if (!size || !text || !packed || !back) {
    return 2;
  }
  generate(text, size);
  unsigned length = room, restored = size;
  if (BZ2_bzBuffToBuffCompress(packed, &length, text, size, 9, 0, 30) != BZ_OK
      || BZ2_bzBuffToBuffDecompress(back, &restored, packed, length, 0, 0) != BZ_OK
      || restored != size || memcmp(text, back, size)) {
    return 4;
  }
  FILE *out = fopen(argv[1], "wb");
  if (!out) {
    return 3;
  }
  size_t written = fwrite(packed, 1, length, out);
  return fclose(out) || written != length ? 3 : 0;
}
