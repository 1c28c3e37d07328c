package org.almoner.workload.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Program;
import org.almoner.protocol.release.Build;
import org.almoner.workload.batch.BatchPlan;
import org.almoner.workload.batch.BatchUnits;
import org.almoner.workload.batch.Checks;
import org.almoner.workload.compare.Comparison;
import org.almoner.workload.compare.FileComparison;
import org.almoner.workload.compare.Form;
import org.almoner.workload.compare.Tolerance;
import org.almoner.workload.yaml.Spelling;
import org.almoner.workload.yaml.YamlNode;
import org.almoner.workload.yaml.YamlNode.Position;
import org.almoner.workload.yaml.YamlText;

/** Reads each field of a workload file in turn and goes on after every fault. */
final class WorkloadReader {
  /** The one version of the file's form. */
  static final String API_VERSION = "almoner/v1";

  private static final List<String> ROOT =
      List.of(
          "apiVersion",
          "name",
          "purpose",
          "release",
          "inputs",
          "units",
          "needs",
          "accept",
          "deadline",
          "outputs",
          "compare");
  private static final List<String> RELEASE =
      List.of(
          "name",
          "version",
          "license",
          "source",
          "toolchain",
          "runtime",
          "module",
          "files",
          "args",
          "build");
  private static final List<String> BUILD = List.of("folder", "packages", "commands", "result");
  private static final List<String> SOURCE = List.of("repository", "commit");
  private static final List<String> UNITS = List.of("range", "files", "table");
  private static final List<String> RANGE = List.of("from", "to", "step");
  private static final List<String> NEEDS = List.of("memory", "disk", "atMost", "cores");
  private static final List<String> ACCEPT = List.of("agree", "count", "checks");
  private static final List<String> COMPARE = List.of("as", "tolerance");
  private static final String OCTETS = "bytes";

  private final FaultList faults = new FaultList();
  private final Map<String, Position> positions = new HashMap<>();

  private final NamedFiles files;
  private boolean isNative;

  private WorkloadReader(NamedFiles files) {
    this.files = files;
  }

  static WorkloadFile read(byte[] octets, NamedFiles files) throws Faults {
    return new WorkloadReader(files).readAll(octets);
  }

  private WorkloadFile readAll(byte[] octets) throws Faults {
    Optional<Workload> workload =
        YamlText.read(octets, faults)
            .filter(this::isNotEmpty)
            .flatMap(root -> Fields.of(root, "", Position.START, ROOT, faults, positions))
            .flatMap(this::workload);
    faults.throwIfAny();
    return new WorkloadFile(workload.orElseThrow(), positions);
  }

  private boolean isNotEmpty(YamlNode root) {
    if (root instanceof YamlNode.Absent) {
      faults.add(Position.START, "", "the file is empty: see docs/reference/workload-file.md");
      return false;
    }
    return true;
  }

  private Optional<Workload> workload(Fields root) {
    Optional<String> apiVersion = root.text("apiVersion", WorkloadReader::requireApiVersion);
    Optional<Name> name = root.text("name", Name::new);
    Optional<Purpose> purpose = root.text("purpose", Purpose::new);
    Optional<SortedMap<FilePath, FilePath>> inputs = inputs(root);
    Optional<Fields> unitFields = root.mapping("units", UNITS);
    Optional<UnitSource> units = unitFields.flatMap(this::units);
    Optional<BatchUnits> example =
        units.flatMap(UnitSource::example).or(() -> unitFields.flatMap(WorkloadReader::kindOf));
    Optional<ReleaseSpec> release =
        root.mapping("release", RELEASE).flatMap(fields -> release(fields, example));
    Optional<Allotment> needs = root.mapping("needs", NEEDS).flatMap(this::needs);
    Optional<Fields> accept = root.mapping("accept", ACCEPT);
    Optional<Integer> agree =
        accept.flatMap(fields -> fields.number("agree", Workload::requireAgree));
    Optional<Deadline> deadline =
        root.has("deadline") ? root.text("deadline", Deadline::parse) : Optional.of(Deadline.NONE);
    Optional<List<FilePath>> outputs = root.texts("outputs", 1, FilePath::new);
    outputs.ifPresent(paths -> about(root, "outputs", () -> Workload.requireOutputs(paths)));
    Optional<Comparison> compare = compare(root, accept);
    Optional<Checks> checks =
        accept.filter(fields -> fields.has("checks")).isPresent()
            ? accept.flatMap(fields -> fields.text("checks", WorkloadReader::parseChecks))
            : Optional.of(Checks.DRAWN);
    if (faults.size() > 0
        || !all(apiVersion, name, purpose, inputs, units, release, needs, agree, deadline, outputs)
        || !all(compare, checks)) {
      return Optional.empty();
    }
    return root.together(
        () ->
            new Workload(
                name.orElseThrow(),
                purpose.orElseThrow(),
                release.orElseThrow(),
                inputs.orElseThrow(),
                units.orElseThrow(),
                needs.orElseThrow(),
                agree.orElseThrow(),
                deadline.orElseThrow(),
                outputs.orElseThrow(),
                compare.orElseThrow(),
                checks.orElseThrow()));
  }

  private Optional<Comparison> compare(Fields root, Optional<Fields> accept) {
    if (isNative) {
      accept
          .filter(fields -> fields.has("count"))
          .ifPresent(
              fields ->
                  fields.fault(
                      "count", "a native program's instructions are not counted: leave it out"));
    }
    Optional<Boolean> counted =
        accept.filter(fields -> fields.has("count")).isPresent()
            ? accept.flatMap(fields -> fields.text("count", WorkloadReader::parseCounted))
            : Optional.of(true);
    SortedMap<String, FileComparison> files = new TreeMap<>();
    if (root.has("compare")) {
      root.mapping("compare", List.of())
          .ifPresent(
              each -> {
                for (String name : each.names()) {
                  each.mapping(name, COMPARE)
                      .flatMap(fields -> fileComparison(fields, name))
                      .ifPresent(file -> files.put(name, file));
                }
              });
    }
    return counted.flatMap(
        yes -> root.together(() -> new Comparison(List.copyOf(files.values()), yes)));
  }

  /** How the file is compared; nothing when octet by octet, or when the fields have a fault. */
  private static Optional<FileComparison> fileComparison(Fields fields, String name) {
    Optional<String> as = fields.text("as", WorkloadReader::requireForm);
    Optional<List<Tolerance>> columns =
        fields.has("tolerance")
            ? fields.texts("tolerance", 1, Tolerance::parse)
            : Optional.of(List.of());
    Optional<Form> form = as.flatMap(Form::of);
    if (form.isEmpty() && as.isPresent() && columns.filter(c -> !c.isEmpty()).isPresent()) {
      fields.fault("tolerance", "octets have no tolerance: write as: numbers, or leave it out");
    }
    return form.isEmpty() || columns.isEmpty()
        ? Optional.empty()
        : fields.together(() -> new FileComparison(name, form.get(), columns.get()));
  }

  private static String requireForm(String word) {
    if (!word.equals(OCTETS) && Form.of(word).isEmpty()) {
      throw new IllegalArgumentException(
          Spelling.quoted(word) + " is not a way to compare: write bytes, json, csv or numbers");
    }
    return word;
  }

  private static boolean parseCounted(String word) {
    if (!word.equals("exact") && !word.equals("any")) {
      throw new IllegalArgumentException(
          Spelling.quoted(word) + " is no rule for the count: write exact or any");
    }
    return word.equals("exact");
  }

  private static Checks parseChecks(String word) {
    return Checks.of(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    Spelling.quoted(word) + " is no way to check: write drawn or every"));
  }

  private Optional<ReleaseSpec> release(Fields fields, Optional<BatchUnits> example) {
    Optional<Name> name = fields.text("name", Name::new);
    Optional<Version> version = fields.text("version", Version::new);
    Optional<Licence> licence = fields.text("license", Licence::new);
    Optional<Source> source = fields.mapping("source", SOURCE).flatMap(this::source);
    Optional<Toolchain> toolchain =
        fields.has("toolchain")
            ? fields.text("toolchain", Toolchain::new)
            : Optional.of(Toolchain.UNSTATED);
    Optional<String> runtime = fields.text("runtime", WorkloadReader::requireRuntime);
    Optional<ProgramSpec> program = program(fields, runtime);
    Optional<List<String>> args =
        fields.has("args")
            ? fields.texts("args", 0, text -> argument(text, example))
            : Optional.of(List.of());
    Optional<Build> build =
        fields.has("build")
            ? fields.mapping("build", BUILD).flatMap(WorkloadReader::build)
            : Optional.of(Build.UNSTATED);
    if (!all(name, version, licence, source, toolchain, runtime, program, args, build)) {
      return Optional.empty();
    }
    return fields.together(
        () ->
            new ReleaseSpec(
                name.orElseThrow(),
                version.orElseThrow(),
                licence.orElseThrow(),
                source.orElseThrow(),
                toolchain.orElseThrow(),
                program.orElseThrow(),
                args.orElseThrow(),
                build.orElseThrow()));
  }

  /** The field that goes with the runtime; the other one is a fault. */
  private Optional<ProgramSpec> program(Fields fields, Optional<String> runtime) {
    isNative = runtime.map(Program.Native.RUNTIME::equals).orElseGet(() -> fields.has("files"));
    String other = isNative ? "module" : "files";
    if (fields.has(other)) {
      fields.fault(
          other,
          isNative
              ? "a native release has no module: name its programs under files"
              : "a module is the same for all computers: name it under module, and what its units"
                  + " read under inputs");
    }
    return isNative
        ? fields.mapping("files", List.of()).flatMap(this::programs)
        : fields.text(
            "module",
            text -> {
              ProgramSpec module = new ProgramSpec.Module(new FilePath(text));
              usable(new FilePath(text));
              return module;
            });
  }

  private Optional<ProgramSpec> programs(Fields fields) {
    SortedMap<String, List<FilePath>> platforms = new TreeMap<>();
    int before = faults.size();
    for (String platform : fields.names()) {
      about(fields, platform, () -> ProgramSpec.Programs.requirePlatform(platform));
      fields
          .texts(platform, 1, text -> usable(new FilePath(text)))
          .ifPresent(files -> platforms.put(platform, files));
    }
    if (faults.size() > before) {
      return Optional.empty();
    }
    return fields.together(() -> new ProgramSpec.Programs(platforms));
  }

  private static Optional<Build> build(Fields fields) {
    Optional<String> folder =
        fields.has("folder")
            ? fields.text("folder", Build::requireFolder)
            : Optional.of(Build.ROOT);
    Optional<List<String>> packages =
        fields.has("packages")
            ? fields.texts("packages", 0, Build::requirePackage)
            : Optional.of(List.of());
    Optional<List<String>> commands = fields.texts("commands", 1, Build::requireCommand);
    Optional<String> result = fields.text("result", Build::requireResult);
    if (!all(folder, packages, commands, result)) {
      return Optional.empty();
    }
    return fields.together(
        () ->
            new Build(
                folder.orElseThrow(),
                packages.orElseThrow(),
                commands.orElseThrow(),
                result.orElseThrow()));
  }

  private Optional<Source> source(Fields fields) {
    var repository = fields.text("repository", Source::parseRepository);
    var commit = fields.text("commit", Source::parseCommit);
    return repository.flatMap(uri -> commit.map(hex -> new Source(uri, hex)));
  }

  private Optional<SortedMap<FilePath, FilePath>> inputs(Fields root) {
    SortedMap<FilePath, FilePath> files = new TreeMap<>();
    if (!root.has("inputs")) {
      return Optional.of(files);
    }
    root.mapping("inputs", List.of())
        .ifPresent(
            fields -> {
              for (String name : fields.names()) {
                Optional<FilePath> from = fields.text(name, text -> usable(new FilePath(text)));
                about(
                    fields,
                    name,
                    () -> {
                      FilePath under = new FilePath(name);
                      from.ifPresent(path -> files.put(under, path));
                    });
              }
            });
    about(root, "inputs", () -> Workload.requireInputs(files));
    return Optional.of(files);
  }

  private Optional<UnitSource> units(Fields fields) {
    if (kinds(fields) != 1) {
      fields.together(
          () -> {
            throw new IllegalArgumentException(
                "write one of range: {from, to, step}, files: a pattern such as inputs/*.txt, and"
                    + " table: a file such as units.csv");
          });
      return Optional.empty();
    }
    if (fields.has("files")) {
      return fields.text("files", text -> new UnitSource.Folder(usable(new FilePattern(text))));
    }
    if (fields.has("table")) {
      return fields.text("table", text -> new UnitSource.Rows(usable(new FilePath(text))));
    }
    return fields.mapping("range", RANGE).flatMap(this::range);
  }

  private FilePath usable(FilePath file) {
    requireNone(files.fault(file));
    return file;
  }

  private FilePattern usable(FilePattern pattern) {
    requireNone(files.fault(pattern));
    return pattern;
  }

  private static void requireNone(Optional<String> fault) {
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get());
    }
  }

  private Optional<UnitSource> range(Fields fields) {
    Optional<Long> from = fields.number("from", WorkloadReader::requireExact);
    Optional<Long> to = fields.number("to", WorkloadReader::requireExact);
    Optional<Long> step = fields.number("step", WorkloadReader::requireStep);
    if (!all(from, to, step)) {
      return Optional.empty();
    }
    return fields.together(
        () ->
            new UnitSource.Numbers(
                new BatchUnits.Range(from.orElseThrow(), to.orElseThrow(), step.orElseThrow())));
  }

  private Optional<Allotment> needs(Fields fields) {
    Optional<ByteSize> memory = fields.text("memory", text -> ByteSize.parse(text).requireMemory());
    Optional<ByteSize> disk = fields.text("disk", text -> ByteSize.parse(text).requireDisk());
    Optional<TimeLimit> atMost = fields.text("atMost", TimeLimit::parse);
    Optional<Integer> cores =
        fields.has("cores")
            ? fields.number("cores", many -> Workload.requireCores(many, isNative))
            : Optional.of(1);
    if (!all(memory, disk, atMost, cores)) {
      return Optional.empty();
    }
    return fields.together(
        () ->
            new Allotment(
                cores.orElseThrow(),
                memory.orElseThrow().bytes(),
                disk.orElseThrow().bytes(),
                atMost.orElseThrow().seconds() * 1000));
  }

  private static boolean all(Optional<?>... parts) {
    return Stream.of(parts).allMatch(Optional::isPresent);
  }

  /** Runs a check whose refusal belongs to the field {@code name}. */
  private static void about(Fields fields, String name, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      fields.fault(name, String.valueOf(e.getMessage()));
    }
  }

  /**
   * What arguments may ask for is known by the kind of units, even when their numbers are wrong.
   */
  private static Optional<BatchUnits> kindOf(Fields units) {
    if (kinds(units) != 1 || units.has("table")) {
      return Optional.empty();
    }
    return Optional.of(units.has("range") ? new BatchUnits.Range(0, 0, 1) : FilePattern.EXAMPLE);
  }

  private static long kinds(Fields units) {
    return UNITS.stream().filter(units::has).count();
  }

  private static String argument(String text, Optional<BatchUnits> example) {
    example.ifPresent(units -> BatchPlan.of(units, List.of(text)));
    return text;
  }

  private static long requireExact(long number) {
    if (Math.abs(number) > JsonValue.INTEGER_MAX) {
      throw new IllegalArgumentException(
          number + " is too far out: numbers lie within +-" + JsonValue.INTEGER_MAX);
    }
    return number;
  }

  private static long requireStep(long step) {
    if (step < 1) {
      throw new IllegalArgumentException("step is " + step + "; a unit takes 1 number or more");
    }
    return requireExact(step);
  }

  private static String requireApiVersion(String text) {
    if (!text.equals(API_VERSION)) {
      throw new IllegalArgumentException(
          Spelling.quoted(text) + " is not a form this program reads: write " + API_VERSION);
    }
    return text;
  }

  private static String requireRuntime(String text) {
    if (!ProgramSpec.RUNTIMES.contains(text)) {
      throw new IllegalArgumentException(
          Spelling.quoted(text)
              + " is not offered: build the program for WASI and write wasm, or write native");
    }
    return text;
  }
}
