package org.almoner.agent.run.wasm;

/** Carries the exit code of {@code proc_exit} out of the guest. */
final class GuestExit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  GuestExit(int code) {
    super("exit " + code, null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }
}
