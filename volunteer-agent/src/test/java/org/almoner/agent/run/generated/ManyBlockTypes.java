package org.almoner.agent.run.generated;

/**
 * A module with blocks of many types of its own, written in as few octets as there can be and in
 * more. It counts the blocks that it went through and traps if that is not all of them.
 */
public final class ManyBlockTypes {
  /** Types, among them those whose index looks like the code of a value type. */
  private static final int TYPES = 140;

  /** Every so many a type's index is written in five octets, as linkers leave room for it. */
  private static final int PADDED_EVERY = 5;

  private static final int[] OPENINGS = {0x02, 0x03, 0x04};

  private ManyBlockTypes() {}

  /** The module, always the same octets. */
  public static byte[] module() {
    Octets types = new Octets().unsigned(TYPES + 1);
    for (int k = 0; k < TYPES; k++) {
      String values = values(k);
      types.put(0x60);
      list(values, types);
      list(values, types);
    }
    types.put(0x60, 0, 0);
    return new Octets()
        .put(0, 'a', 's', 'm', 1, 0, 0, 0)
        .put(1)
        .sized(types)
        .put(3)
        .sized(new Octets().put(1).unsigned(TYPES))
        .put(5)
        .sized(new Octets().put(1, 0, 1))
        .put(7)
        .sized(new Octets().put(2).name("memory").put(2, 0).name("_start").put(0, 0))
        .put(10)
        .sized(new Octets().put(1).sized(body()))
        .toArray();
  }

  /** The types of what block {@code k} takes and gives, the number of blocks so far last. */
  private static String values(int k) {
    StringBuilder values = new StringBuilder();
    for (int rest = k + 1; rest > 0; rest /= 4) {
      values.append("ilfd".charAt(rest % 4));
    }
    return values.append('i').toString();
  }

  private static void list(String values, Octets out) {
    out.unsigned(values.length());
    values.chars().forEach(type -> out.put(GeneratedModule.code((char) type)));
  }

  private static Octets body() {
    Octets out = new Octets().put(1, 1, 0x7f); // a local, i32
    for (int k = 0; k < TYPES; k++) {
      int opening = OPENINGS[k % OPENINGS.length];
      String beside = values(k).substring(0, values(k).length() - 1);
      beside.chars().forEach(type -> zero((char) type, out));
      out.put(0x20, 0);
      if (opening == 0x04) {
        out.put(0x41, 1);
      }
      out.put(opening);
      if (k % PADDED_EVERY == 0) {
        out.put((k & 0x7f) | 0x80, k >> 7 | 0x80, 0x80, 0x80, 0);
      } else {
        out.signed(k);
      }
      out.put(0x41, 1, 0x6a, 0x0b, 0x21, 0); // add 1, end, local.set
      beside.chars().forEach(type -> out.put(0x1a));
    }
    out.put(0x20, 0, 0x41).signed(TYPES).put(0x47, 0x04, 0x40, 0x00, 0x0b); // trap if not all
    return out.put(0x0b);
  }

  private static void zero(char type, Octets out) {
    switch (type) {
      case 'i' -> out.put(0x41, 0);
      case 'l' -> out.put(0x42, 0);
      case 'f' -> out.put(0x43).narrow(0);
      default -> out.put(0x44).wide(0);
    }
  }
}
