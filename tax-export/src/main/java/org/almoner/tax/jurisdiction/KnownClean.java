package org.almoner.tax.jurisdiction;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers what was looked at before and found to break no rule: whether it does hangs on nothing
 * but itself. Forgets everything once it holds {@value #MAX}. Safe for use by several threads.
 *
 * @param <T> what is looked at, compared by value
 */
final class KnownClean<T> {
  /** Most that is remembered. */
  static final int MAX = 4_096;

  private final Set<T> clean = ConcurrentHashMap.newKeySet();

  /** What {@code search} finds in {@code one}. */
  List<Refusal> check(T one, Function<T, List<Refusal>> search) {
    if (clean.contains(one)) {
      return List.of();
    }
    List<Refusal> found = search.apply(one);
    if (found.isEmpty()) {
      if (clean.size() >= MAX) {
        clean.clear();
      }
      clean.add(one);
    }
    return found;
  }
}
