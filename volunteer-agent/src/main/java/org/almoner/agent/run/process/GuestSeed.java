package org.almoner.agent.run.process;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.almoner.protocol.bytes.Hash;

/**
 * The seed of a guest's random numbers, by the WASI profile: the same for every replica of a unit,
 * on every engine.
 */
public final class GuestSeed {
  private static final String FIRST_LINE = "almoner-random/1\n";

  private GuestSeed() {}

  /**
   * The seed of a unit.
   *
   * @param module digest of the module as its owner published it
   * @param args the unit's arguments
   */
  public static Hash of(Hash module, List<String> args) {
    MessageDigest digest = Hash.newDigest();
    digest.update(FIRST_LINE.getBytes(StandardCharsets.UTF_8));
    module.feed(digest);
    for (String arg : args) {
      byte[] utf8 = arg.getBytes(StandardCharsets.UTF_8);
      digest.update((utf8.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(utf8);
    }
    return Hash.of(digest.digest());
  }
}
