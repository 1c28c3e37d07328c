package org.almoner.workload.wasm;

/**
 * The form in which an engine gets a metered module. The count of a run is the same in every form.
 *
 * @param comparisons how integers are compared
 * @param functionOctetsMax most octets of Java byte code that a function may become, estimated;
 *     larger functions are cut into several where they can be. {@link #WHOLE} leaves them as they
 *     are
 */
public record EngineForm(Comparisons comparisons, int functionOctetsMax) {
  /** No function is cut. */
  public static final int WHOLE = Integer.MAX_VALUE;

  /** Least limit: a call of a piece with its parameters must fit. */
  private static final int FUNCTION_OCTETS_MIN = 100;

  /**
   * HotSpot compiles no method whose byte code has more than 8,000 octets. What is estimated may be
   * wrong by a tenth.
   */
  private static final int JVM_OCTETS_MAX = 7_000;

  /** As the module has it: what a coordinator checks and what becomes C. */
  public static final EngineForm AS_WRITTEN = new EngineForm(Comparisons.AS_WRITTEN, WHOLE);

  /** For engines that make Java classes of the module. */
  public static final EngineForm JVM = new EngineForm(Comparisons.BY_SUBTRACTION, JVM_OCTETS_MAX);

  public EngineForm {
    if (functionOctetsMax < FUNCTION_OCTETS_MIN) {
      throw new IllegalArgumentException(
          "functionOctetsMax must be " + FUNCTION_OCTETS_MIN + " or more: " + functionOctetsMax);
    }
  }
}
