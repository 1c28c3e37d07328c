package org.almoner.workload.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Platform;
import org.almoner.protocol.lease.PlatformFiles;
import org.almoner.protocol.lease.Program;
import org.almoner.workload.batch.BatchPlan;
import org.almoner.workload.batch.BatchUnits;
import org.almoner.workload.batch.TableUnits;
import org.almoner.workload.spec.Fault;
import org.almoner.workload.spec.Faults;
import org.almoner.workload.spec.FilePath;
import org.almoner.workload.spec.FilePattern;
import org.almoner.workload.spec.ProgramSpec;
import org.almoner.workload.spec.UnitSource;
import org.almoner.workload.spec.Workload;
import org.almoner.workload.spec.WorkloadFile;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.RefusedModule;
import org.almoner.workload.wasm.Stepping;
import org.almoner.workload.wasm.WasmModule;

/** Checks a workload file together with the files it names. */
public final class WorkloadCheck {
  /** The longest a unit should run: what is not finished when a computer goes away is lost. */
  public static final Duration UNIT_ADVISED = Duration.ofMinutes(30);

  private final WorkloadFile file;
  private final Workload workload;
  private final OwnerFiles disk;
  private final List<Fault> faults = new ArrayList<>();
  private final List<Fault> warnings = new ArrayList<>();
  private Stepping stepping = Stepping.NONE;

  private WorkloadCheck(WorkloadFile file, OwnerFiles disk) {
    this.file = file;
    this.workload = file.workload();
    this.disk = disk;
  }

  /**
   * Reads {@code workloadFile} and every file it names.
   *
   * @throws Faults with every fault of the file, files that are not there among them, or when it
   *     has none, of what is in the files it names
   * @throws IOException when a file that is there cannot be read
   */
  public static CheckedWorkload check(Path workloadFile) throws Faults, IOException {
    byte[] octets = octets(workloadFile);
    Path folder = Optional.ofNullable(workloadFile.toRealPath().getParent()).orElseThrow();
    OwnerFiles disk = new OwnerFiles(folder);
    WorkloadFile file;
    try {
      file = WorkloadFile.parse(octets, disk);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new WorkloadCheck(file, disk).run();
  }

  private static byte[] octets(Path workloadFile) throws Faults, IOException {
    if (!Files.isRegularFile(workloadFile)) {
      String problem = Files.exists(workloadFile) ? " is not a file" : " does not exist";
      throw new Faults(
          List.of(new Fault(1, 1, "", workloadFile + problem + ": name the workload's YAML file")));
    }
    try (var in = Files.newInputStream(workloadFile)) {
      return in.readNBytes(WorkloadFile.BYTES_MAX + 1);
    }
  }

  private CheckedWorkload run() throws Faults, IOException {
    Optional<Program> program = program();
    List<BlobRef> inputs = new ArrayList<>();
    for (Map.Entry<FilePath, FilePath> input : workload.inputs().entrySet()) {
      digested("inputs." + input.getKey(), input.getValue(), input.getKey()).ifPresent(inputs::add);
    }
    Optional<BatchUnits> units = units();
    throwIfAny();
    CheckedWorkload checked =
        new CheckedWorkload(
            workload,
            workload.release().with(program.orElseThrow(), workload.needs()),
            units.orElseThrow(),
            inputs,
            disk.found(),
            disk.foundBytes(),
            advice(units.orElseThrow()));
    requireAcceptable(checked);
    return checked;
  }

  /** All that is left to go wrong: a unit's file and a shared input want the same name. */
  private void requireAcceptable(CheckedWorkload checked) throws Faults {
    try {
      checked.batch("origin.example", Hash.ZERO);
      checked.plan();
    } catch (IllegalArgumentException e) {
      fault("units", String.valueOf(e.getMessage()));
      throwIfAny();
    }
  }

  private List<Fault> advice(BatchUnits units) {
    List<Fault> all = new ArrayList<>(Advice.on(file, units, stepping));
    all.addAll(warnings);
    return all;
  }

  private Optional<Program> program() throws IOException {
    if (workload.release().program() instanceof ProgramSpec.Programs programs) {
      return programs(programs);
    }
    FilePath path = ((ProgramSpec.Module) workload.release().program()).file();
    Optional<BlobRef> module = digested("release.module", path, new FilePath(path.fileName()));
    if (module.isPresent()) {
      requireAdmitted(path);
    }
    return module.map(found -> new Program.Wasm(found, List.of()));
  }

  private Optional<Program> programs(ProgramSpec.Programs programs) throws IOException {
    int before = faults.size();
    List<PlatformFiles> platforms = new ArrayList<>();
    for (Map.Entry<String, List<FilePath>> one : programs.platforms().entrySet()) {
      String field = "release.files." + one.getKey();
      List<BlobRef> files = new ArrayList<>();
      for (int i = 0; i < one.getValue().size(); i++) {
        FilePath path = one.getValue().get(i);
        digested(field + "[" + i + "]", path, path).ifPresent(files::add);
      }
      if (faults.size() == before) {
        startable(field + "[0]", one.getKey(), one.getValue().get(0));
        platforms.add(new PlatformFiles(new Platform(one.getKey()), files));
      }
    }
    return faults.size() > before ? Optional.empty() : Optional.of(new Program.Native(platforms));
  }

  /** Whether the file that is started can be, as far as its first octets tell. */
  private void startable(String field, String platform, FilePath path) throws IOException {
    ProgramHead head = ProgramHead.of(disk.octets(path, ProgramHead.OCTETS));
    Optional<String> unfit = head.unfitFor(platform);
    if (unfit.isPresent()) {
      fault(field, path + unfit.get());
      return;
    }
    head.advice().ifPresent(sentence -> warnings.add(file.fault(field, path + sentence)));
  }

  /** By the very rules of coordinators and agents, so that nobody refuses it later. */
  private void requireAdmitted(FilePath module) throws IOException {
    if (!disk.isWasm(module)) {
      fault("release.module", module + " is not a WebAssembly module: build it for WASI");
      return;
    }
    try {
      byte[] octets = disk.octets(module, ModuleLimits.MODULE_OCTETS_MAX + 1);
      stepping =
          WasmModule.admit(octets, new ModuleLimits(workload.needs().memoryPages())).stepping();
    } catch (RefusedModule e) {
      fault("release.module", module + " is not admitted: " + e.getMessage());
    }
  }

  private Optional<BatchUnits> units() throws IOException {
    if (workload.units() instanceof UnitSource.Numbers numbers) {
      return Optional.of(numbers.range());
    }
    if (workload.units() instanceof UnitSource.Rows rows) {
      return table(rows.file());
    }
    FilePattern pattern = ((UnitSource.Folder) workload.units()).pattern();
    List<BlobRef> blobs = new ArrayList<>();
    int before = faults.size();
    for (String name : matching(pattern)) {
      FilePath path =
          new FilePath(pattern.folder().isEmpty() ? name : pattern.folder() + "/" + name);
      digested("units.files", path, new FilePath(name)).ifPresent(blobs::add);
    }
    return faults.size() > before ? Optional.empty() : Optional.of(new BatchUnits.Files(blobs));
  }

  /** The rows, when the arguments ask for nothing but what they offer. */
  private Optional<BatchUnits> table(FilePath file) throws IOException {
    TableUnits table;
    try {
      disk.requireFile(file);
      table = TableText.read(file.text(), disk.octets(file, TableText.OCTETS_MAX + 1));
    } catch (Unusable e) {
      fault("units.table", e.getMessage());
      return Optional.empty();
    }
    int before = faults.size();
    List<String> args = workload.release().args();
    for (int i = 0; i < args.size(); i++) {
      try {
        BatchPlan.of(table, List.of(args.get(i)));
      } catch (IllegalArgumentException e) {
        fault("release.args[" + i + "]", String.valueOf(e.getMessage()));
      }
    }
    return faults.size() > before ? Optional.empty() : Optional.of(table);
  }

  /** Names in the pattern's folder that fit it, sorted; a fault when they are none or too many. */
  private List<String> matching(FilePattern pattern) throws IOException {
    List<String> names = disk.names(pattern);
    if (names.size() > BatchUnits.Files.FILES_MAX) {
      fault(
          "units.files",
          pattern.text()
              + " matches more than "
              + BatchUnits.Files.FILES_MAX
              + " files: make several workloads of them");
      return List.of();
    }
    for (String name : names) {
      if (!BlobRef.safeName(name)) {
        fault(
            "units.files",
            "the file "
                + name
                + " cannot keep its name on every computer: rename it to letters, digits, . _ -");
        return List.of();
      }
    }
    return names;
  }

  private Optional<BlobRef> digested(String field, FilePath from, FilePath name)
      throws IOException {
    try {
      return Optional.of(disk.digest(from, name));
    } catch (Unusable e) {
      fault(field, e.getMessage());
      return Optional.empty();
    }
  }

  private void fault(String path, String sentence) {
    faults.add(file.fault(path, sentence));
  }

  private void throwIfAny() throws Faults {
    if (!faults.isEmpty()) {
      throw new Faults(faults);
    }
  }
}
