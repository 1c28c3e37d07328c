package org.almoner.agent.run.wasm;

/**
 * Error numbers of WASI preview 1 that this profile gives.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md#errno">WASI
 *     preview 1, errno</a>
 */
enum Errno {
  SUCCESS(0),
  BADF(8),
  EXIST(20),
  FBIG(22),
  INVAL(28),
  IO(29),
  ISDIR(31),
  MFILE(33),
  NOENT(44),
  NOSPC(51),
  NOTDIR(54),
  NOTEMPTY(55),
  NOTSUP(58),
  PERM(63),
  ROFS(69),
  SPIPE(70),
  NOTCAPABLE(76);

  final int number;

  Errno(int number) {
    this.number = number;
  }
}
