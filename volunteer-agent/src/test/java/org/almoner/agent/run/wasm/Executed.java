package org.almoner.agent.run.wasm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.MalformedBundle;
import org.almoner.protocol.result.OutputBundle;

/**
 * What a run of a metered module leaves that everybody must agree on.
 *
 * @param finished whether it ended by itself, with {@code exit}
 * @param written digest of its file {@code r}; of nothing when there is none
 */
record Executed(boolean finished, int exit, long count, Hash output, Hash written) {
  private static final int OUTPUT_OCTETS = 1_000_000;

  /** Compiled to Java classes, as units are. */
  static Executed compiled(byte[] metered, Path directory) throws IOException {
    Path scratch = Files.createTempDirectory(directory, "compiled");
    GuestTree tree = new GuestTree(Map.of(), scratch, BundleLimits.ofOctets(OUTPUT_OCTETS));
    Wasi wasi = new Wasi(List.of(), tree, new GuestRandom(Hash.ZERO), new Tail());
    Guest.Ended ended =
        new Guest(FlatMemory::new)
            .run(
                metered, new CompiledModule(scratch.resolve("classes.jar"), MemoryKind.FLAT), wasi);
    wasi.close();
    boolean finished =
        switch (ended.end()) {
          case FINISHED -> true;
          case TRAPPED -> false;
          default -> throw new AssertionError(ended.reason());
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Hash output = tree.writeBundle(out);
    return new Executed(finished, ended.exit(), ended.count(), output, written(out.toByteArray()));
  }

  private static Hash written(byte[] bundle) {
    try {
      return OutputBundle.parse(bundle).files().stream()
          .filter(file -> file.path().equals(new BundlePath("r")))
          .map(file -> Hash.sha256(file.content().toArray()))
          .findFirst()
          .orElse(Hash.sha256(new byte[0]));
    } catch (MalformedBundle e) {
      throw new AssertionError("the tree wrote it", e);
    }
  }
}
