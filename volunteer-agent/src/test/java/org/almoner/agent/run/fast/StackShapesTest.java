package org.almoner.agent.run.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.almoner.agent.run.process.ChildResult;
import org.almoner.agent.run.process.ChildTask;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.workload.wasm.ModuleLimits;
import org.almoner.workload.wasm.WasmModule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Modules that call themselves without end, each made to need as much real stack as it can for what
 * its account of 16 MiB (docs/spec/meter.md) says that it takes: whatever the C compiler makes of
 * them, the account ends them long before the 256 MiB of the thread do.
 */
@Tag("long")
class StackShapesTest {
  /** A quarter of the stack; what the process has beside it is little. */
  private static final long RESIDENT_BYTES_MAX = 64L << 20;

  /** What the account traps with; an exhausted real stack has other words. */
  private static final String BY_ACCOUNT = "the guest trapped: unreachable executed";

  private static final int MANY = 900;

  /** Parameters and results of one function that admission takes. */
  private static final int VALUES_MAX = 255;

  @TempDir Path temp;

  @BeforeEach
  void find() throws Exception {
    Fast.engine();
    assumeThat(Path.of("/usr/bin/wat2wasm")).as("tool missing: wat2wasm").exists();
  }

  private static String each(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining("\n"));
  }

  private static String module(String functions) {
    return "(module (memory (export \"memory\") 2) " + functions + ")";
  }

  private static String load(int i) {
    return "(i64.load offset=" + 8 * i + " (i32.and (global.get $g) (i32.const 0xff8)))";
  }

  /** The second is never set, so that a compiler has to believe that a call may return. */
  private static final String GLOBAL =
      "(global $g (mut i32) (i32.const 0)) (global $stop (mut i32) (i32.const 0))";

  /** Calls {@code $f} unless it is time to stop; what it gives, if anything, is an i64. */
  private static String call(String result, String arguments) {
    return "(if "
        + (result.isEmpty() ? "" : "(result i64) ")
        + "(i32.eqz (global.get $stop)) (then (call $f "
        + arguments
        + "))"
        + (result.isEmpty() ? ")" : "(else (i64.const 1)))");
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        Arguments.of("small frames", small()),
        Arguments.of("locals that outlive the call", locals("i64", "")),
        Arguments.of(
            "numbers with NaN that outlive the call", locals("f64", "f64.mul (f64.const 3)")),
        Arguments.of("a deep stack of operands", operands()),
        Arguments.of("many parameters", parameters()),
        Arguments.of("many results", results(1)),
        Arguments.of("many results of many calls", results(12)),
        Arguments.of("sums that a compiler may keep over the call", sums()),
        Arguments.of("functions that a compiler may put into their caller", inlined()),
        Arguments.of("operands of all types in one place", types()));
  }

  private static String small() {
    return module(
        GLOBAL
            + "(func $f (param i64) (result i64) (i64.add "
            + call("i64", "(i64.add (local.get 0) (i64.const 1))")
            + " (local.get 0))) (func (export \"_start\") (drop (call $f (i64.const 1))))");
  }

  private static String locals(String type, String with) {
    String get = "f64".equals(type) ? "f64.reinterpret_i64 " : "";
    return module(
        GLOBAL
            + ("(func $f (local" + (" " + type).repeat(MANY) + ")")
            + each(
                MANY,
                i -> {
                  String value = get.isEmpty() ? load(i) : "(" + get + load(i) + ")";
                  return "(local.set "
                      + i
                      + " "
                      + (with.isEmpty() ? value : "(" + with + " " + value + ")")
                      + ")";
                })
            + "(global.set $g (i32.add (global.get $g) (i32.const 8)))"
            + call("", "")
            + each(
                MANY,
                i ->
                    "("
                        + type
                        + ".store offset="
                        + 8 * i
                        + " (i32.const 16384) (local.get "
                        + i
                        + "))")
            + ") (func (export \"_start\") (call $f))");
  }

  private static String operands() {
    return module(
        GLOBAL
            + "(func $f (result i64) "
            + each(MANY, StackShapesTest::load)
            + "(global.set $g (i32.add (global.get $g) (i32.const 8)))"
            + call("i64", "")
            + "(i64.store (i32.add (global.get $g) (i32.const 8192)) (i64.const 1))"
            + each(MANY, i -> i % 2 == 0 ? "i64.add" : "i64.xor")
            + ") (func (export \"_start\") (drop (call $f)))");
  }

  private static String parameters() {
    int many = VALUES_MAX - 1;
    String next =
        each(many, i -> "(i64.add (local.get " + (i + 1) % many + ") (i64.const " + i + "))");
    return module(
        GLOBAL
            + ("(func $f (param" + " i64".repeat(many) + ") (result i64)")
            + call("i64", next)
            + each(many, i -> "(local.get " + i + ") i64.xor")
            + ") (func (export \"_start\") (drop (call $f "
            + each(many, i -> "(i64.const " + i + ")")
            + ")))");
  }

  private static String results(int calls) {
    String to =
        each(
            VALUES_MAX,
            i -> "(i64.store offset=" + 8 * i + " (i32.const 16384) (i64.const " + i + "))");
    String take = each(VALUES_MAX, i -> "global.set $r" + i);
    return module(
        GLOBAL
            + each(VALUES_MAX, i -> "(global $r" + i + " (mut i64) (i64.const 0))")
            + ("(func $f (result" + " i64".repeat(VALUES_MAX) + ")")
            + each(
                calls,
                c ->
                    "(if (i32.eq (i32.rem_u (global.get $g) (i32.const "
                        + (calls + 1)
                        + ")) (i32.const "
                        + c
                        + ")) (then (call $f) "
                        + take
                        + "))")
            + to
            + each(VALUES_MAX, StackShapesTest::load)
            + ") (func (export \"_start\") (call $f) "
            + take
            + ")");
  }

  private static String sums() {
    String sums =
        each(
            MANY,
            i ->
                "(i64.store offset="
                    + 8 * i
                    + " (i32.const 16384) (i64.mul (local.get 0) (i64.const "
                    + (2 * i + 1_000_003)
                    + ")))");
    return module(
        GLOBAL
            + "(func $f (param i64) "
            + sums
            + call("", "(i64.add (local.get 0) (i64.const 1))")
            + sums.replace("offset=", "offset=1")
            + ") (func (export \"_start\") (call $f (i64.const 7)))");
  }

  /** Each of them is called once, which is when a compiler does it. */
  private static String inlined() {
    int functions = 40;
    int kept = 40;
    return module(
        GLOBAL
            + "(func $f "
            + each(
                functions,
                i ->
                    "(if (i32.eq (global.get $g) (i32.const " + i + ")) (then (call $g" + i + ")))")
            + ")"
            + each(
                functions,
                n ->
                    ("(func $g" + n + " (local" + " i64".repeat(kept) + ")")
                        + each(kept, i -> "(local.set " + i + " " + load(n + i) + ")")
                        + call("", "")
                        + each(
                            kept,
                            i ->
                                "(i64.store offset="
                                    + 8 * i
                                    + " (i32.const 16384) (local.get "
                                    + i
                                    + "))")
                        + ")")
            + "(func (export \"_start\") (call $f))");
  }

  private static String types() {
    int kept = 200;
    Map<String, String> folds =
        Map.of("i32", "i32.xor", "i64", "i64.xor", "f32", "f32.add", "f64", "f64.add");
    return module(
        GLOBAL
            + folds.keySet().stream()
                .map(type -> "(global $" + type + " (mut " + type + ") (" + type + ".const 0))")
                .collect(Collectors.joining())
            + "(func $f "
            + folds.keySet().stream()
                .map(
                    type ->
                        each(kept, i -> "(" + type + ".load offset=" + 8 * i + " (global.get $g))")
                            + call("", "")
                            + each(kept - 1, i -> folds.get(type))
                            + "(global.set $"
                            + type
                            + ")")
                .collect(Collectors.joining())
            + ") (func (export \"_start\") (call $f))");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shapes")
  void theAccountEndsItLongBeforeTheStackDoes(String shape, String wat) throws Exception {
    Path source = Files.writeString(temp.resolve("shape.wat"), wat);
    Path module = temp.resolve("shape.wasm");
    Process assembler =
        new ProcessBuilder("wat2wasm", source.toString(), "-o", module.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(assembler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(assembler.waitFor()).as(said).isZero();

    Run run = run(Files.readAllBytes(module));

    System.out.println(shape + ": " + (run.residentBytes() >> 10) + " KiB");
    assertThat(run.result().reason()).isEqualTo(BY_ACCOUNT);
    assertThat(run.residentBytes()).isLessThan(RESIDENT_BYTES_MAX);
  }

  /** How it ended, and the most memory it ever had, by the kernel's account. */
  private record Run(ChildResult result, long residentBytes) {}

  private Run run(byte[] module) throws Exception {
    Path program = temp.resolve("program");
    Bytes metered =
        WasmModule.admit(module, new ModuleLimits(ModuleLimits.MEMORY_PAGES_MAX)).metered();
    Fast.kit().build(metered, program);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    FastFiles files = new FastFiles(temp);
    Files.createDirectories(files.scratch());
    ChildTask task = new ChildTask(List.of(), List.of(), Hash.ZERO, 1 << 20, List.of());
    Files.write(files.task(), FastTask.encode(task, 16));
    Process process =
        new ProcessBuilder(launcher().toString(), program.toString())
            .directory(files.out().toFile())
            .redirectErrorStream(true)
            .start();
    String kibibytes =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(kibibytes).isZero();
    return new Run(
        FastResult.parse(Files.readAllBytes(files.result())), Long.parseLong(kibibytes) << 10);
  }

  /** Runs a program and says what its {@code ru_maxrss} was. */
  private Path launcher() throws Exception {
    Path source =
        Files.writeString(
            temp.resolve("launcher.c"),
            """
            #include <stdio.h>
            #include <sys/resource.h>
            #include <sys/wait.h>
            #include <unistd.h>
            int main(int argc, char **argv) {
              int status = 1;
              struct rusage used;
              pid_t child = vfork();
              if (child == 0) {
                execl(argv[1], argv[1], (char *)0);
                _exit(argc);
              }
              wait4(child, &status, 0, &used);
              printf("%ld\\n", used.ru_maxrss);
              return status != 0;
            }
            """);
    Path launcher = temp.resolve("launcher");
    Process gcc =
        new ProcessBuilder("gcc", "-o", launcher.toString(), source.toString()).inheritIO().start();
    assertThat(gcc.waitFor()).isZero();
    return launcher;
  }
}
