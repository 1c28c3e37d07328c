package org.almoner.agent.run.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.almoner.agent.run.process.ChildResult.End;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundleLimits;
import org.almoner.protocol.result.BundlePath;
import org.almoner.workload.wasm.EngineForm;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.WasmModule;

/** Runs modules of the test resources in this Java machine and says in a line how each ended. */
final class FixtureRun {
  /** Pages a guest may have. */
  static final int PAGES = 64;

  private FixtureRun() {}

  /** Takes a folder to work in and modules; their guests get guarded memory, one after another. */
  public static void main(String[] args) throws Exception {
    GuardedArea area = new GuardedArea();
    System.setProperty(EngineClass.ADDRESS_PROPERTY, Long.toString(area.address()));
    Guest.Memories memories = limits -> new GuardedMemory(limits, area);
    for (String module : List.of(args).subList(1, args.length)) {
      System.out.println(line(Path.of(module), Path.of(args[0]), MemoryKind.GUARDED, memories));
    }
  }

  static String line(Path module, Path parent, MemoryKind kind, Guest.Memories memories)
      throws Exception {
    Path folder = Files.createTempDirectory(parent, kind.text());
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    Path text = Files.writeString(folder.resolve("text"), "hello\nworld\n");
    byte[] metered =
        WasmModule.admit(Files.readAllBytes(module), new ModuleLimits(PAGES), EngineForm.JVM)
            .metered()
            .toArray();
    GuestTree tree =
        new GuestTree(
            Map.of(new BundlePath("text"), text), scratch, BundleLimits.ofOctets(100_000));
    Tail tail = new Tail();
    Wasi wasi = new Wasi(List.of("one"), tree, new GuestRandom(Hash.ZERO), tail);
    CompiledModule compiled = new CompiledModule(folder.resolve("compiled.jar"), kind);
    Guest.Ended ended = new Guest(memories).run(metered, compiled, wasi);
    wasi.close();
    Hash out = tree.writeBundle(new ByteArrayOutputStream());
    // How deep the stack goes differs between two runs on one Java machine.
    long count = ended.reason().contains("stack") ? 0 : ended.count();
    String reason = ended.reason().replaceFirst(" at .*", "");
    String result = ended.end() == End.FINISHED ? out + " " + tail.lines() : reason;
    return String.join(
        " ",
        String.valueOf(module.getFileName()),
        ended.end().name(),
        Integer.toString(ended.exit()),
        Long.toString(count),
        Boolean.toString(ended.memoryRefused()),
        result);
  }
}
