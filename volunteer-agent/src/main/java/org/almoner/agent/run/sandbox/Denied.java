package org.almoner.agent.run.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A setting of the kernel that denies ordinary users a namespace of their own.
 *
 * @param name as {@code sysctl} knows it
 * @param file below {@code /proc/sys}
 * @param denies the value with which it denies
 * @param sentence what it does and what would help
 */
record Denied(String name, String file, String denies, String sentence) {
  private static final List<Denied> SETTINGS =
      List.of(
          new Denied(
              "user.max_user_namespaces",
              "user/max_user_namespaces",
              "0",
              "there are to be no user namespaces, and bubblewrap needs one; an administrator can"
                  + " allow them with: sysctl -w user.max_user_namespaces=10000"),
          new Denied(
              "kernel.unprivileged_userns_clone",
              "kernel/unprivileged_userns_clone",
              "0",
              "only root may make user namespaces, and bubblewrap needs one; an administrator can"
                  + " allow them with: sysctl -w kernel.unprivileged_userns_clone=1"),
          new Denied(
              "kernel.apparmor_restrict_unprivileged_userns",
              "kernel/apparmor_restrict_unprivileged_userns",
              "1",
              "AppArmor denies user namespaces to programs without a profile (Ubuntu since 23.10),"
                  + " and bubblewrap needs one; an administrator can give /usr/bin/bwrap a profile"
                  + " with the rule 'userns,', or allow them for all programs with: sysctl -w"
                  + " kernel.apparmor_restrict_unprivileged_userns=0"));

  /** The first that denies, as a sentence. */
  static Optional<String> setting(Path proc) throws IOException {
    for (Denied setting : SETTINGS) {
      Path file = proc.resolve("sys").resolve(setting.file);
      if (Files.isReadable(file) && Files.readString(file).strip().equals(setting.denies)) {
        return Optional.of(setting.name + " is " + setting.denies + ": " + setting.sentence);
      }
    }
    return Optional.empty();
  }
}
