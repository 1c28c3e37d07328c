package org.almoner.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Name and version of this program, as built. */
final class Software implements IVersionProvider {
  /** Name and version as documents print them. */
  static org.almoner.tax.receipt.Software printed() {
    return new org.almoner.tax.receipt.Software("almoner", version());
  }

  /** Like {@code almoner 0.1.0}. */
  static String title() {
    return "almoner " + version();
  }

  private static String version() {
    Properties built = new Properties();
    try (InputStream in = Software.class.getResourceAsStream("/almoner.properties")) {
      if (in == null) {
        throw new IllegalStateException("almoner.properties is missing from the build");
      }
      built.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("almoner.properties cannot be read", e);
    }
    return String.valueOf(built.getProperty("version"));
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      title(),
      "Java " + Runtime.version() + ", " + System.getProperty("os.name"),
      "AGPL-3.0-or-later"
    };
  }
}
