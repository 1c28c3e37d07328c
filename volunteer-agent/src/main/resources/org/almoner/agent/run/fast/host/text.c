#include "text.h"

#include <stdint.h>
#include <string.h>

int text_compare(struct text a, struct text b) {
  size_t shared = a.length < b.length ? a.length : b.length;
  int order = shared == 0 ? 0 : memcmp(a.octets, b.octets, shared);
  if (order != 0) {
    return order;
  }
  return a.length < b.length ? -1 : a.length > b.length;
}

bool text_is(struct text a, const char *literal) {
  return a.length == strlen(literal) && memcmp(a.octets, literal, a.length) == 0;
}

/* Octets of the well-formed character at the beginning, 0 when there is none. The Unicode Standard, table 3-7. */
static size_t character(const uint8_t *at, size_t left) {
  uint8_t first = at[0];
  if (first < 0x80) {
    return 1;
  }
  size_t length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length == 0 || length > left) {
    return 0;
  }
  uint8_t low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  uint8_t high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  if (at[1] < low || at[1] > high) {
    return 0;
  }
  for (size_t i = 2; i < length; i++) {
    if ((at[i] & 0xc0) != 0x80) {
      return 0;
    }
  }
  return length;
}

bool text_is_utf8(struct text t) {
  for (size_t at = 0; at < t.length;) {
    size_t length = character((const uint8_t *)t.octets + at, t.length - at);
    if (length == 0) {
      return false;
    }
    at += length;
  }
  return true;
}

bool text_is_name(struct text t) {
  for (size_t i = 0; i < t.length; i++) {
    uint8_t octet = (uint8_t)t.octets[i];
    if (octet < 0x20 || octet == 0x7f || strchr("\\:*?\"<>|/", octet) != NULL) {
      return false; /* strchr also finds the NUL */
    }
    if (octet == 0xc2 && i + 1 < t.length && (uint8_t)t.octets[i + 1] < 0xa0) {
      return false; /* U+0080 to U+009F */
    }
  }
  return true;
}
