package org.almoner.protocol.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.access.TokenRequest;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.Built;
import org.almoner.protocol.lease.Platform;
import org.almoner.protocol.lease.PlatformFiles;
import org.almoner.protocol.lease.Program;

/** Whatever an owner's record is changed to, it is read or refused, and what is read is kept. */
class OwnersRecordsProperties {
  private interface Reader {
    JsonValue.Obj again(JsonFields fields) throws MalformedJson;
  }

  private static final List<JsonValue.Obj> RECORDS =
      List.of(
          new Release(
                  "mersenne",
                  "1.0",
                  "MIT",
                  "https://example.org/m",
                  "ab".repeat(20),
                  "clang",
                  new Program.Wasm(
                      new BlobRef("m.wasm", Hash.ZERO, 8),
                      List.of(
                          new Built(
                              new Platform("linux-x86_64"),
                              "kit 1",
                              new BlobRef("m.elf", Hash.ZERO, 8)))),
                  List.of("{first}"),
                  new Build(".", List.of("clang=1"), List.of("make"), "m.wasm"),
                  new Allotment(1, 1 << 20, 0, 1_000))
              .toJson(),
          new Release(
                  "dock",
                  "1.0",
                  "MIT",
                  "https://example.org/m",
                  "ab".repeat(20),
                  "clang",
                  new Program.Native(
                      List.of(
                          new PlatformFiles(
                              new Platform("linux-aarch64"),
                              List.of(new BlobRef("dock", Hash.ZERO, 8))))),
                  List.of("{first}"),
                  Build.UNSTATED,
                  Release.UNBOUNDED)
              .toJson(),
          new Recall("log.example/2026", Hash.ZERO, "It is wrong.").toJson(),
          new TokenRequest.Create("log.example/2026", 7, "ci", Set.of(Scope.READ), 9, Hash.ZERO)
              .toJson());

  private static final List<Reader> READERS =
      List.of(
          fields -> Release.parse(fields).toJson(),
          fields -> Release.parse(fields).toJson(),
          fields -> Recall.parse(fields).toJson(),
          fields -> TokenRequest.parse(fields).toJson());

  @Property(tries = 3000)
  void aChangedRecordIsReadOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    int which = random.nextInt(RECORDS.size());
    byte[] octets = CanonicalJson.encode(RECORDS.get(which));
    for (int i = random.nextInt(4); i >= 0; i--) {
      octets[random.nextInt(octets.length)] =
          (byte) "\"{}[]:,.-/ =0a9\n\\".charAt(random.nextInt(17));
    }
    try {
      JsonValue.Obj changed = CanonicalJson.parse(octets);
      JsonValue.Obj again = READERS.get(which).again(JsonFields.of(changed));
      assertThat(CanonicalJson.encode(again)).isEqualTo(octets);
    } catch (MalformedJson refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
