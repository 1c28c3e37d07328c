package org.almoner.workload.wasm;

/**
 * Whether a module runs in steps, and whether it can be put aside between two of them; by {@code
 * docs/spec/checkpoint.md}.
 *
 * @param steps whether it exports the function that is called until it returns 0
 * @param reason why it cannot be put aside, for its author; empty when it can
 */
public record Stepping(boolean steps, String reason) {
  /** Of a module without steps. */
  public static final Stepping NONE = new Stepping(false, "it exports no function step");

  /** Whether a unit that is interrupted can go on from its last step. */
  public boolean isPutAside() {
    return steps && reason.isEmpty();
  }
}
