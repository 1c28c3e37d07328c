/* Octets with a length: paths, arguments, lines. They may hold any octet, NUL included. */
#ifndef ALMONER_TEXT_H
#define ALMONER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
  const char *octets;
  size_t length;
};

/* Octet by octet, unsigned; what is a beginning of the other comes first. */
int text_compare(struct text a, struct text b);

bool text_is(struct text a, const char *literal);

/* Whether it is UTF-8 as Unicode defines it: shortest forms, no surrogates, nothing above U+10FFFF. */
bool text_is_utf8(struct text t);

/* Whether an output bundle can hold it as a part of a path: no control character (C0, DEL, C1), none of \ : * ? " < > | and /. */
bool text_is_name(struct text t);

#endif
