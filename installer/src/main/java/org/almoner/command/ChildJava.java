package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.almoner.agent.run.wasm.ChildJvm;
import org.almoner.agent.run.wasm.JavaHomes;
import org.jspecify.annotations.Nullable;

/** The Java that units run in on this computer. */
final class ChildJava {
  private ChildJava() {}

  /**
   * What {@code --child-java} named, or else the best there is: one with guarded memory if any is
   * found, and the one that runs this if not.
   */
  static ChildJvm choose(@Nullable Path named) throws IOException, InterruptedException {
    if (named == null) {
      return found().orElseGet(ChildJvm::sameAsThis);
    }
    if (!Files.isExecutable(named)) {
      throw Failure.wrongUse("--child-java: " + named + " cannot be executed");
    }
    return ChildJvm.of(named.toAbsolutePath());
  }

  private static Optional<ChildJvm> found() throws IOException, InterruptedException {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.empty();
    }
    Path user = Path.of(System.getProperty("user.home"));
    JavaHomes homes = new JavaHomes().add(Path.of(System.getProperty("java.home")));
    Optional.ofNullable(System.getenv("JAVA_HOME")).map(Path::of).ifPresent(homes::add);
    homes
        .addAll(Path.of("/usr/lib/jvm"))
        .addAll(Path.of("/opt/java"))
        .addAll(user.resolve(".sdkman/candidates/java"))
        .addAll(user.resolve(".jdks"));
    return homes.best();
  }
}
