package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almoner.agent.durable.FolderTree;
import org.almoner.agent.run.fast.BuildFailed;
import org.almoner.agent.run.fast.FastKit;
import org.almoner.agent.run.sandbox.Host;
import org.almoner.agent.run.sandbox.Sandbox;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Built;
import org.almoner.protocol.lease.Platform;
import org.almoner.protocol.lease.Program;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.RefusedModule;
import org.almoner.workload.wasm.WasmModule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compiles a release's module for computers without a compiler, or checks what was compiled. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    description = {
      "Compiles a workload's module ahead of time for this kind of computer.",
      "Published with the release, the program saves computers without a compiler from running the"
          + " module in Java, which takes about twice as long; those with one compile it"
          + " themselves. The program is left beside the module, and the lines for the workload"
          + " file are printed.",
      "With --check, RELEASE is a file that 'release sign' wrote or a release's digest on a"
          + " coordinator: what it publishes for this platform is built again and compared. Exit"
          + " code 0 when it is the very same, 1 when it is not."
    })
final class ReleaseBuildCommand implements Callable<Integer> {
  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
  @Mixin private Printed printed = new Printed();

  @Parameters(
      paramLabel = "FILE|RELEASE",
      description = "The workload file; with --check a release.")
  private String name = "";

  @Option(
      names = "--platform",
      paramLabel = "NAME",
      description = "What to build for; this computer builds for its own kind (the default).")
  private @Nullable String platform;

  @Option(names = "--check", description = "Builds again what a release publishes, and compares.")
  private boolean check;

  @Option(
      names = "--module",
      paramLabel = "FILE",
      description = "With --check: the release's module, if it lies elsewhere than beside it.")
  private @Nullable Path module;

  @Override
  public Integer call() throws IOException, InterruptedException {
    printed.json();
    Platform here = here();
    Path work = Files.createTempDirectory("almoner-build-").toRealPath();
    try {
      FastKit kit = kit(work);
      return check ? compared(here, kit, work) : built(here, kit, work);
    } finally {
      FolderTree.remove(work);
    }
  }

  private Platform here() {
    Platform here =
        Platform.of(System.getProperty("os.name"), System.getProperty("os.arch"))
            .orElseThrow(
                () -> Failure.failed("this kind of computer has no name here; build on Linux"));
    if (platform != null && !platform.equals(here.text())) {
      throw Failure.wrongUse(
          "--platform "
              + platform
              + ": this computer builds for "
              + here
              + "; run it on one of that kind");
    }
    return here;
  }

  private static FastKit kit(Path work) throws IOException, InterruptedException {
    Sandbox.Found box = Sandbox.find(Host.here(), work);
    if (box instanceof Sandbox.Missing no) {
      throw Failure.failed("compilers run in a sandbox, and there is none: " + no.reason());
    }
    FastKit.Found kit = FastKit.find(((Sandbox.Usable) box).sandbox(), work.resolve("kit"));
    if (kit instanceof FastKit.Missing no) {
      throw Failure.failed(no.reason());
    }
    return ((FastKit.Usable) kit).kit();
  }

  private int built(Platform here, FastKit kit, Path work)
      throws IOException, InterruptedException {
    Path file = Path.of(name);
    var workload = Submitting.check(file);
    BlobRef wasm =
        workload
            .release()
            .program()
            .module()
            .orElseThrow(
                () -> Failure.wrongUse(file + " is native: its programs are built already"));
    Path from = workload.files().get(wasm.digest());
    if (from == null) {
      throw new IllegalStateException("the workload's module was digested and is not known");
    }
    Path program = work.resolve("program");
    compile(kit, Files.readAllBytes(from), program);
    Path target = from.resolveSibling(programName(wasm.name(), here));
    Files.move(program, target, StandardCopyOption.REPLACE_EXISTING);
    BlobRef ref = ref(target);
    printed.say(
        "built     "
            + target
            + "  "
            + ref.bytes()
            + " octets, "
            + ref.digest()
            + "\nkit       "
            + kit.version(),
        JsonValue.Obj.of()
            .put("platform", here.text())
            .put("kit", kit.version())
            .put("file", target.toString())
            .put("bytes", ref.bytes())
            .put("sha256", ref.digest().toHex())
            .build());
    return 0;
  }

  private static String programName(String module, Platform here) {
    int dot = module.lastIndexOf('.');
    return (dot < 0 ? module : module.substring(0, dot)) + "." + here;
  }

  private static BlobRef ref(Path file) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    return new BlobRef(String.valueOf(file.getFileName()), Hash.sha256(octets), octets.length);
  }

  private static void compile(FastKit kit, byte[] module, Path to)
      throws IOException, InterruptedException {
    try {
      Bytes metered =
          WasmModule.admit(module, new ModuleLimits(ModuleLimits.MEMORY_PAGES_MAX)).metered();
      kit.build(metered, to);
    } catch (RefusedModule e) {
      throw Failure.failed("the module is not admitted: " + e.getMessage());
    } catch (BuildFailed e) {
      throw Failure.failed("not built: " + e.getMessage());
    }
  }

  private int compared(Platform here, FastKit kit, Path work)
      throws IOException, InterruptedException {
    boolean known = KnownRelease.isDigest(name);
    ReleaseFile file =
        known
            ? KnownRelease.find(coordinator.client(), name).get(0).file()
            : ReleaseFile.read(Path.of(name));
    if (!(file.release().program() instanceof Program.Wasm wasm)) {
      throw Failure.failed("the release is native: it has no module to build from");
    }
    Optional<Built> published = wasm.builtFor(here);
    if (published.isEmpty()) {
      throw Failure.failed("the release publishes nothing for " + here);
    }
    Path program = work.resolve("program");
    compile(kit, octets(wasm.wasm(), known), program);
    return tell(published.get(), kit, ref(program));
  }

  private byte[] octets(BlobRef wasm, boolean known) throws IOException {
    byte[] octets;
    if (module != null) {
      octets = Files.readAllBytes(module);
    } else if (known) {
      octets = coordinator.client().download("/api/v1/blobs/" + wasm.digest().toHex());
    } else {
      octets = Files.readAllBytes(Path.of(name).toAbsolutePath().resolveSibling(wasm.name()));
    }
    if (!Hash.sha256(octets).equals(wasm.digest())) {
      throw Failure.failed("the module is not the one the release names: " + wasm.digest());
    }
    return octets;
  }

  private int tell(Built published, FastKit kit, BlobRef mine) {
    boolean same = published.file().digest().equals(mine.digest());
    String why =
        published.kit().equals(kit.version())
            ? "by the same kit: it is not what its module gives"
            : "here, by another kit; published by " + published.kit() + "; here " + kit.version();
    printed.say(
        same
            ? "reproducible  " + mine.bytes() + " octets, " + mine.digest()
            : "not reproducible " + why,
        JsonValue.Obj.of()
            .put("outcome", same ? "reproducible" : "different")
            .put("sameKit", published.kit().equals(kit.version()))
            .put("published", published.file().digest().toHex())
            .put("built", mine.digest().toHex())
            .build());
    return same ? 0 : Failure.FAILED;
  }
}
