package org.almoner.workload.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Element and data segments: what fills tables and memory. */
final class Segments {
  private final Constants constants;
  private final List<Character> elements = new ArrayList<>();
  private int dataSegments;
  private boolean dataCounted;
  private boolean dataRead;

  Segments(Constants constants) {
    this.constants = constants;
  }

  void readElements(WasmReader in, Optional<ModuleSections.Size> table) throws RefusedModule {
    int count = in.count("element segments", ModuleLimits.ITEMS_MAX);
    for (int i = 0; i < count; i++) {
      readElement(in, table);
    }
  }

  /**
   * The low bits of the flags: 1 passive or declarative, 2 says more (table, or declarative), 4
   * expressions.
   */
  private void readElement(WasmReader in, Optional<ModuleSections.Size> table)
      throws RefusedModule {
    int flags = in.count("flags of an element segment", 7);
    boolean active = (flags & 1) == 0;
    boolean expressions = (flags & 4) != 0;
    if (active) {
      int index = (flags & 2) != 0 ? in.u32("table") : 0;
      if (index != 0 || table.isEmpty()) {
        throw in.fault("an element segment fills a table that does not exist");
      }
      constants.read(in, ValueType.I32);
    }
    char type = ValueType.FUNCREF;
    if ((flags & 3) != 0) {
      if (expressions) {
        type = ValueType.readReference(in);
      } else if (in.octet("kind of elements") != 0) {
        throw in.fault("the elements of a segment must be functions");
      }
    }
    if (active && table.get().type() != type) {
      throw in.fault("an element segment has another type than its table");
    }
    int items = in.count("elements", ModuleLimits.TABLE_MAX);
    for (int i = 0; i < items; i++) {
      if (expressions) {
        constants.read(in, type);
      } else {
        constants.readFunction(in);
      }
    }
    elements.add(type);
  }

  void readDataCount(WasmReader in) throws RefusedModule {
    dataSegments = in.count("data segments", ModuleLimits.ITEMS_MAX);
    dataCounted = true;
  }

  void readData(WasmReader in, boolean hasMemory) throws RefusedModule {
    int count = in.count("data segments", ModuleLimits.ITEMS_MAX);
    if (dataCounted && count != dataSegments) {
      throw in.fault(
          "there are " + count + " data segments, but the data count section says " + dataSegments);
    }
    dataSegments = count;
    dataRead = true;
    for (int i = 0; i < count; i++) {
      int flags = in.count("flags of a data segment", 2);
      if (flags != 1) {
        int index = flags == 2 ? in.u32("memory") : 0;
        if (index != 0 || !hasMemory) {
          throw in.fault("a data segment fills a memory that does not exist");
        }
        constants.read(in, ValueType.I32);
      }
      in.skip(in.u32("length of a data segment"), "a data segment");
    }
  }

  /** Whether segments were announced that never came. */
  boolean dataMissing() {
    return dataCounted && dataSegments > 0 && !dataRead;
  }

  /** The type of each element segment. */
  List<Character> elements() {
    return elements;
  }

  int dataSegments() {
    return dataSegments;
  }

  /** Whether a body may name data segments: the data count section must come before the code. */
  boolean dataCounted() {
    return dataCounted;
  }
}
