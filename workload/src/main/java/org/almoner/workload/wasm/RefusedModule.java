package org.almoner.workload.wasm;

/**
 * A module that is not admitted. The message is one sentence for the owner of the workload: where,
 * what came, what to do.
 */
public final class RefusedModule extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedModule(String message) {
    super(message);
  }
}
