package org.almoner.coordinator.dispatch;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.protocol.lease.Engine;

/** An engine as a digit in a row; 0 stands for none. */
final class EngineField {
  private static final Map<Engine, Integer> DIGITS =
      Map.of(Engine.PORTABLE, 1, Engine.FAST, 2, Engine.NATIVE, 3);

  private static final Map<Integer, Engine> ENGINES =
      DIGITS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private EngineField() {}

  static int digit(List<Engine> noneOrOne) {
    return noneOrOne.stream().mapToInt(DIGITS::get).sum();
  }

  static List<Engine> of(RowReader in, int digit) throws DamagedRow {
    if (digit == 0) {
      return List.of();
    }
    Engine engine = ENGINES.get(digit);
    if (engine == null) {
      throw in.fault("holds engine " + digit);
    }
    return List.of(engine);
  }
}
