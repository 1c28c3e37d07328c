package org.almoner.workload.wasm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.almoner.workload.wasm.Wat.F64;
import static org.almoner.workload.wasm.Wat.I32;
import static org.almoner.workload.wasm.Wat.I64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WasmModuleTest {
  private static final ModuleLimits LIMITS = new ModuleLimits(16);
  private static final String WASI = "wasi_snapshot_preview1";

  @Test
  void theLeastModuleGetsACounterAndIsNamedByItsOwnDigest() throws Exception {
    byte[] module = new Wat().build();
    Admitted admitted = WasmModule.admit(module, LIMITS);
    assertThat(admitted.original()).isEqualTo(Hash.sha256(module));
    assertThat(admitted.meterVersion()).isEqualTo("almoner-meter/1");
    assertThat(latin(admitted.metered().toArray())).contains("almoner:count");
  }

  @Test
  void meteringIsAFunctionOfTheOctets() throws Exception {
    byte[] module = new Wat().start(0x41, 1, 0x1a).build();
    assertThat(WasmModule.admit(module, LIMITS).metered())
        .isEqualTo(WasmModule.admit(module.clone(), LIMITS).metered());
  }

  @Test
  void aBodyIsChargedOncePerSegmentAndEmptiedIntoTheCounterAtItsEnd() throws Exception {
    byte[] metered = meter(new Wat().start(0x41, 1, 0x1a)); // i32.const 1, drop
    byte[] expected =
        Wat.octets(
            0x01, 0x03, I64, // three locals of ours
            0x02, 0x40, // block
            0x20, 0, 0x42, 2, 0x7c, 0x21, 0, // local += 2
            0x41, 1, 0x1a, 0x0b, // the body and the end of the block
            0x23, 0, 0x20, 0, 0x7c, 0x24, 0, 0x42, 0, 0x21, 0, // counter += local; local = 0
            0x0b);
    assertThat(latin(metered)).contains(latin(expected));
  }

  @Test
  void aReturnLeavesThroughTheOneExit() throws Exception {
    byte[] metered = meter(new Wat().start(0x02, 0x40, 0x0f, 0x0b)); // block return end
    assertThat(latin(metered))
        .contains(latin(Wat.octets(0x02, 0x40, 0x20)))
        .contains(
            latin(Wat.octets(0x02, 0x40, 0x0c, 1, 0x0b, 0x0b))); // br 1, out of the outer block
  }

  @Test
  void aCallIsChargedAndTheCounterBroughtUpToDateBeforeIt() throws Exception {
    Wat wat = new Wat();
    wat.function(0, 0);
    byte[] metered = meter(wat.start(0x10, 0)); // call 0
    assertThat(latin(metered))
        .contains(
            latin(
                Wat.octets(
                    0x42, 1, 0x7c, 0x21, 0, 0x23, 0, 0x20, 0, 0x7c, 0x24, 0, 0x42, 0, 0x21, 0, 0x10,
                    0)));
  }

  @Test
  void theCounterStandsBehindTheModulesOwnGlobals() throws Exception {
    byte[] metered = meter(new Wat().global(I32, 1, 0x41, 5, 0x0b).start());
    assertThat(latin(metered))
        .contains(latin(Wat.join(Wat.name("almoner:count"), Wat.octets(3, 1))));
  }

  @Test
  void noInstructionOfTheModuleReachesTheCounter() {
    refused(new Wat().start(0x23, 0, 0x1a), "global 0 does not exist; there are 0");
    refused(new Wat().start(0x42, 0, 0x24, 0), "global 0 does not exist; there are 0");
    refused(
        new Wat().global(I64, 1, 0x42, 0, 0x0b).start(0x42, 0, 0x24, 1),
        "global 1 does not exist; there are 1");
  }

  @Test
  void noInstructionOfTheModuleReachesTheLocalsOfTheMeter() {
    refused(new Wat().start(0x20, 0, 0x1a), "local 0 does not exist; there are 0");
  }

  @Test
  void theCountersNameIsKept() {
    refused(
        new Wat().export("almoner:count", 2, 0),
        "export almoner:count takes a name that is kept for the meter; rename it");
  }

  @Test
  void declaredMemoryIsLoweredToTheCapAndOpenMemoryIsClosed() throws Exception {
    byte[] section = Wat.octets(5, 4, 1, 1, 1, 16);
    assertThat(latin(meter(new Wat().memory(1, 1, 1, 100)))).contains(latin(section));
    assertThat(latin(meter(new Wat().memory(1, 0, 1)))).contains(latin(section));
    assertThat(latin(meter(new Wat().memory(1, 1, 1, 7))))
        .contains(latin(Wat.octets(5, 4, 1, 1, 1, 7)));
  }

  @Test
  void moreMemoryThanAllottedIsRefusedAtTheDoor() {
    refused(
        new Wat().memory(1, 0, 17),
        "the module wants 17 pages of memory at the start, but the unit may have 16; ask for more"
            + " or build for less");
  }

  @Test
  void everyImportIsNamedWhenItIsNotInTheProfile() {
    Wat sockets = new Wat();
    int type = sockets.type(new int[] {I32, I32, I32}, new int[] {I32});
    refused(
        sockets.importFunction(WASI, "sock_accept", type),
        "import wasi_snapshot_preview1.sock_accept is not part of almoner-wasi/1; a unit has no"
            + " network");
    refused(
        new Wat().importFunction("env", "emscripten_get_now", 0),
        "import env.emscripten_get_now is not part of almoner-wasi/1; build for the target"
            + " wasm32-wasi (preview 1) and link every other function in");
    refused(
        new Wat().importFunction(WASI, "fd_close", 0),
        "import wasi_snapshot_preview1.fd_close has another signature than WASI preview 1 gives it");
    refused(
        new Wat().importOther("env", "memory", 2, 0, 1),
        "import env.memory is not a function; a unit has its own memory and table");
  }

  @Test
  void everyFunctionOfTheProfileCanBeImported() throws Exception {
    for (var entry : WasiProfile.signatures().entrySet()) {
      Wat wat = new Wat();
      String[] parts = entry.getValue().split(":", -1);
      int type = wat.type(codes(parts[0]), codes(parts[1]));
      assertThat(meter(wat.importFunction(WASI, entry.getKey(), type))).isNotEmpty();
    }
  }

  private static int[] codes(String letters) {
    return letters.chars().map(c -> c == 'i' ? I32 : I64).toArray();
  }

  @Test
  void proposalsThatCannotBeMeteredAreNamed() {
    refused(
        new Wat().start(0xfd, 0x0c),
        "vector instructions (SIMD) cannot be metered; build without -msimd128");
    refused(
        new Wat().start(0xfe, 0x03),
        "thread and atomic instructions cannot be metered; build without -pthread");
    refused(new Wat().start(0x12, 0), "tail calls cannot be metered; build without -mtail-call");
    refused(
        new Wat().start(0x08, 0),
        "exception handling cannot be metered; build without -fwasm-exceptions");
    refused(new Wat().start(0xfb, 0), "typed references and garbage collection cannot be metered");
    refused(new Wat().memory(1, 3, 1, 2), "shared and 64-bit memories cannot be metered");
    refused(new Wat().memory(2, 0, 1, 0, 1), "2 memories; at most 1 are accepted");
    refused(
        new Wat().function(0, 1, 1, 0x7b),
        "vector types (SIMD) cannot be metered; build without -msimd128");
    refused(new Wat().tail(13, 3, 1, 0, 0), "section 13 is not of WebAssembly 2.0");
  }

  @Test
  void aNameThatWouldBreakTheSentenceIsShownHarmless() {
    refused(
        new Wat().importFunction("a\nb", "c".repeat(100), 0),
        "import a?b."
            + "c".repeat(80)
            + "... is not part of almoner-wasi/1; build for the target wasm32-wasi (preview 1) and"
            + " link every other function in");
  }

  @Test
  void aLibraryIsNoUnit() {
    refused(
        new Wat().withoutStandardExports().export("memory", 2, 0),
        "the module exports no function _start without parameters; build a command, not a library");
    refused(
        new Wat().withoutStandardExports().export("_start", 0, 0),
        "the module exports no memory named memory; a unit could not be given anything");
  }

  @Test
  void codeThatDoesNotTypeIsRefused() {
    refused(new Wat().start(0x6a), "an instruction takes more values than there are");
    refused(
        new Wat().start(0x41, 0, 0x42, 0, 0x6a, 0x1a), "an instruction takes i32 but finds i64");
    refused(new Wat().start(0x41, 0), "a block ends with more values than its type gives");
    refused(new Wat().start(0x0c, 1), "label 1 does not exist; there are 1");
    refused(new Wat().start(0x10, 9), "function 9 does not exist; there are 1");
    refused(
        new Wat().function(0, 0).start(0xd2, 0, 0x1a),
        "function 0 is referred to but nowhere declared for it");
    refused(new Wat().start(0x05), "an else stands outside any if");
    refused(
        new Wat().start(0x41, 0, 0x28, 3, 0, 0x1a),
        "an alignment is wider than the access (or names a second memory)");
    refused(
        new Wat().start(0x41, 0, 0x28, 2, 0x80, 0x80, 0x80, 0x80, 0x08, 0x1a),
        "a memory access 2 GiB or more behind its address can only fail");
    refused(new Wat().start(0x27), "0x27 is no instruction of WebAssembly 2.0");
  }

  @Test
  void unreachableCodeMayFindAnyValue() throws Exception {
    // unreachable; i32.add; drop   and   br 0; f64.neg; drop
    assertThat(meter(new Wat().start(0x00, 0x6a, 0x1a))).isNotEmpty();
    assertThat(meter(new Wat().start(0x0c, 0, 0x9a, 0x1a))).isNotEmpty();
  }

  @Test
  void aTypeWhoseIndexLooksLikeTheCodeOfAValueTypeStandsASecondTimeForBlocks() throws Exception {
    Wat wat = new Wat();
    while (wat.type(new int[] {I32}, new int[] {I64}) < 0x7e) {}
    int own = wat.type(new int[] {I64}, new int[] {I32, I32});
    assertThat(own).isEqualTo(0x7f);
    byte[] metered = meter(wat.start(0x42, 0, 0x02, 0xff, 0x00, 0x00, 0x0b, 0x1a, 0x1a));
    assertThat(latin(metered)).contains(latin(Wat.octets(0x42, 0, 0x02, 0x80, 0x01, 0x00, 0x0b)));
  }

  @Test
  void theTypeOfABlockIsWrittenInAsFewOctetsAsThereCanBe() throws Exception {
    Wat wat = new Wat();
    int pair = wat.type(new int[0], new int[] {I32, I32});
    int one = wat.type(new int[0], new int[] {I32});
    byte[] metered =
        meter(
            wat.start(
                0x02,
                pair | 0x80,
                0x80,
                0x80,
                0x80,
                0x00,
                0x00,
                0x0b,
                0x1a,
                0x1a, // in five octets
                0x03,
                one | 0x80,
                0x00,
                0x00,
                0x0b,
                0x1a, // by an index, in two
                0x02,
                0x80,
                0x00,
                0x0b)); // a type without values
    assertThat(latin(metered))
        .contains(latin(Wat.octets(0x02, pair, 0x00)))
        .contains(latin(Wat.octets(0x03, I32)))
        .contains(latin(Wat.octets(0x02, 0x40, 0x0b)));
  }

  @Test
  void aBlockTypeThatIsNegativeInSeveralOctetsIsNamedByItsOffset() {
    String sentence =
        "a block type is negative in 2 octets; it is a type index, or one octet for a value type or"
            + " none";
    refused(new Wat().start(0x02, 0xc0, 0x7f, 0x0b), sentence); // -64, which is 0x40
    refused(new Wat().start(0x02, 0xff, 0x7f, 0x0b, 0x1a), sentence); // -1, which is 0x7f
    refused(new Wat().start(0x02, 0xbf, 0x7f, 0x0b), sentence); // -65
    refused(
        new Wat().start(0x02, 0xff, 0xff, 0xff, 0xff, 0x1f, 0x0b),
        "block type is no LEB128 number of 33 bits");
    refused(new Wat().start(0x02, 0xc0, 0x00, 0x0b), "type 64 does not exist; there are 1");
  }

  @Test
  void aFunctionOfSeveralResultsIsWrappedByATypeOfItsOwn() throws Exception {
    Wat wat = new Wat();
    int type = wat.type(new int[] {I32}, new int[] {I32, F64});
    wat.function(type, 0, 0x20, 0, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x0f);
    byte[] metered = meter(wat.start());
    // the added type: no parameters, i32 and f64
    assertThat(latin(metered)).contains(latin(Wat.octets(0x60, 0, 2, I32, F64)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|at offset 0: the module ends inside: the header",
        "00 61 73 6d|at offset 4: the module ends inside: the header",
        "7f 45 4c 46 01|at offset 1: this is no WebAssembly module of version 1 (components are not accepted)",
        "00 61 73 6d 0d 00 01 00|at offset 5: this is no WebAssembly module of version 1 (components are not accepted)",
        "00 61 73 6d 01 00 00 00|at offset 8: the module exports no function _start without parameters; build a command, not a library",
        "00 61 73 6d 01 00 00 00 01 7f|at offset 10: the type section should have 127 octets, but the module ends after 0",
        "00 61 73 6d 01 00 00 00 01 ff ff ff ff 0f|at offset 14: the type section should have 4294967295 octets, but the module ends after 0",
        "00 61 73 6d 01 00 00 00 00 f0 ff ff ff 0f 00 00|at offset 14: the custom section should have 4294967280 octets, but the module ends after 2",
        "00 61 73 6d 01 00 00 00 01 ff ff ff ff 1f|at offset 14: size of a section is no LEB128 number of 32 bits",
        "00 61 73 6d 01 00 00 00 01 ff ff ff ff ff ff|at offset 14: size of a section is no LEB128 number of 32 bits",
        "00 61 73 6d 01 00 00 00 01 01 05|at offset 11: the type section ends inside: type",
        "00 61 73 6d 01 00 00 00 01 02 00 00|at offset 11: the type section has 1 octets more than its content",
        "00 61 73 6d 01 00 00 00 01 01 00 01 01 00|at offset 13: the type section comes twice or in the wrong place",
        "00 61 73 6d 01 00 00 00 01 05 ff ff ff ff 0f|at offset 15: 4294967295 types; at most 100000 are accepted",
        "00 61 73 6d 01 00 00 00 01 05 01 60 01 79 00|at offset 14: 0x79 is no value type of WebAssembly 2.0",
        "00 61 73 6d 01 00 00 00 01 02 01 5f|at offset 12: only plain function types are accepted; structs, arrays and groups are not",
        "00 61 73 6d 01 00 00 00 00 03 02 c3 28|at offset 11: name of a custom section is not UTF-8",
        "00 61 73 6d 01 00 00 00 0a 02 01 7f|at offset 12: the body of function 0 should have 127 octets, but the code section ends after 0",
      })
  void garbageIsNamedByItsOffset(String hex, String sentence) {
    byte[] octets = hex == null ? new byte[0] : java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
    assertThatThrownBy(() -> WasmModule.admit(octets, LIMITS))
        .isInstanceOf(RefusedModule.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @EnumSource(Comparisons.class)
  void bySubtractionNoOrderedComparisonOfIntegersIsLeft(Comparisons comparisons) throws Exception {
    byte[] module =
        Files.readAllBytes(
            Path.of(System.getProperty("almoner.root"), "docs/examples/mersenne/mersenne.wasm"));
    byte[] metered =
        WasmModule.admit(module, LIMITS, new EngineForm(comparisons, EngineForm.WHOLE))
            .metered()
            .toArray();
    // The counter's name is taken in a metered module; another one is as good for taking it apart.
    byte[] other = latin(metered).replace("almoner:", "blmoner:").getBytes(ISO_8859_1);
    ModuleSections sections = ModuleSections.read(WasmReader.of(other), LIMITS);
    int ordered = 0;
    for (int i = 0; i < sections.bodies().size(); i++) {
      BodyReader body =
          new BodyReader(
              sections.bodies().get(i),
              sections,
              sections.functions().get(sections.importedFunctions() + i));
      body.readLocals(new WasmOutput());
      while (body.depth() > 0) {
        body.step();
        ordered += Subtraction.isOrdered(body.opcode()) ? 1 : 0;
      }
    }
    if (comparisons == Comparisons.AS_WRITTEN) {
      assertThat(ordered).isGreaterThan(50);
    } else {
      assertThat(ordered).isZero();
    }
  }

  @Test
  void deepNestingIsBounded() {
    byte[] body = new byte[1 + 2 * 20_000];
    for (int i = 1; i < body.length; i += 2) {
      body[i] = 0x02;
      body[i + 1] = 0x40;
    }
    refused(new Wat().body(0, body), "blocks are nested deeper than 10000");
  }

  @Test
  void aDeclarationOfBillionsOfLocalsCostsNothing() {
    refused(
        new Wat().body(0, Wat.octets(1, 0xff, 0xff, 0xff, 0xff, 0x0f, I32, 0x0b)),
        "4294967295 locals of a function; at most 50000 are accepted");
  }

  @Test
  void theLargestFunctionHasALimit() {
    refused(
        new Wat().body(0, new byte[1_500_000]),
        "1500000 octets of a function body; at most 1048576 are accepted");
  }

  @Test
  void whatTheCounterAddsHasALimit() {
    byte[] calls = new byte[1_000_002]; // no locals, then calls: two octets become some twenty
    for (int i = 1; i < calls.length - 1; i += 2) {
      calls[i] = 0x10;
    }
    calls[calls.length - 1] = 0x0b;
    Wat wat = new Wat();
    for (int i = 0; i < 6; i++) {
      wat.body(0, calls);
    }
    refused(wat, "with its counter the module would exceed 50331648 octets");
  }

  @Test
  void theLargestModuleHasALimit() {
    byte[] module = Arrays.copyOf(new Wat().build(), ModuleLimits.MODULE_OCTETS_MAX + 1);
    assertThatThrownBy(() -> WasmModule.admit(module, LIMITS))
        .hasMessage("the module has 16777217 octets; at most 16777216 are accepted");
  }

  private static byte[] meter(Wat wat) throws RefusedModule {
    return WasmModule.admit(wat.build(), LIMITS).metered().toArray();
  }

  private static void refused(Wat wat, String sentence) {
    byte[] module = wat.build();
    assertThatThrownBy(() -> WasmModule.admit(module, LIMITS))
        .isInstanceOf(RefusedModule.class)
        .hasMessageEndingWith(": " + sentence);
  }

  /** Octets as characters, so that text assertions can look for them. */
  private static String latin(byte[] octets) {
    return new String(octets, ISO_8859_1);
  }
}
