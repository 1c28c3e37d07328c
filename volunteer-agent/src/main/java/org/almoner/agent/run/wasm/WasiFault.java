package org.almoner.agent.run.wasm;

/** A WASI call that fails with an error number. */
final class WasiFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  WasiFault(Errno errno) {
    super(errno.name(), null, false, false); // no stack trace: the guest may cause millions
    this.errno = errno;
  }

  Errno errno() {
    return errno;
  }
}
