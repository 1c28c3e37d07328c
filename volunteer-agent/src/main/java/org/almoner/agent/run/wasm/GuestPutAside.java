package org.almoner.agent.run.wasm;

/** The guest was put aside because somebody wished it: this process has nothing more to do. */
final class GuestPutAside extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GuestPutAside() {
    super("the guest was put aside");
  }
}
