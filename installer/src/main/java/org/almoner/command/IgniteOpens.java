package org.almoner.command;

import java.util.List;

/**
 * What Ignite's off-heap memory needs of the JDK. The executable jar says the same in its manifest;
 * these flags are for starts from a class path.
 */
final class IgniteOpens {
  static final List<String> FLAGS =
      List.of(
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED");

  private IgniteOpens() {}
}
