/* Error numbers of WASI preview 1 that the profile gives: https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#errno */
#ifndef ALMONER_FAULT_H
#define ALMONER_FAULT_H

enum fault {
  SUCCESS = 0,
  BADF = 8,
  EXIST = 20,
  FBIG = 22,
  INVAL = 28,
  ISDIR = 31,
  MFILE = 33,
  NOENT = 44,
  NOSPC = 51,
  NOTDIR = 54,
  NOTEMPTY = 55,
  NOTSUP = 58,
  ROFS = 69,
  SPIPE = 70,
  NOTCAPABLE = 76
};

#endif
