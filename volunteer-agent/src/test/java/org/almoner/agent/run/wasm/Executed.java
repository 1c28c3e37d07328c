package org.almoner.agent.run.wasm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundleLimits;

/**
 * What a run of a metered module leaves that everybody must agree on.
 *
 * @param finished whether it ended by itself, with {@code exit}
 */
record Executed(boolean finished, int exit, long count, Hash output) {
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
    return new Executed(finished, ended.exit(), ended.count(), output(tree));
  }

  private static Hash output(GuestTree tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    return tree.writeBundle(out);
  }
}
