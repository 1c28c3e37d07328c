package org.almoner.tax.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.Withdrawal;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies before and after each durable step of each verb, and another goes on: there is
 * the same number, what was stored is issued octet for octet, and nothing is there twice.
 */
class CrashTests {
  private static final DonorId ADA = SmallLog.donor(1);
  private static final DonorId BEA = SmallLog.donor(2);

  @TempDir Path temp;

  /** Something an operator asks for. */
  private interface Verb {
    void run(Issuer issuer) throws Exception;
  }

  @Test
  void issuingSurvivesADeathAtEachStep() throws Exception {
    dying(
        false,
        issuer -> issuer.issue(2026),
        (desk, register) ->
            assertThat(register.all())
                .extracting(Registered::number, Registered::donor, Registered::state)
                .containsExactly(
                    tuple("2026-000001", ADA, Registered.State.ISSUED),
                    tuple("2026-000002", BEA, Registered.State.ISSUED)));
  }

  @Test
  void replacingSurvivesADeathAtEachStep() throws Exception {
    dying(
        true,
        issuer -> {
          if (!issuer.stands("2026-000001")) {
            return; // replaced before the death; a second time would be refused
          }
          issuer.replace("2026-000001");
        },
        (desk, register) -> {
          assertThat(register.all())
              .extracting(
                  Registered::number,
                  Registered::state,
                  Registered::replaces,
                  Registered::replacedBy)
              .containsExactly(
                  tuple("2026-000001", Registered.State.REPLACED, "", "2026-000003"),
                  tuple("2026-000002", Registered.State.ISSUED, "", ""),
                  tuple("2026-000003", Registered.State.ISSUED, "2026-000001", ""));
          assertThat(withdrawals(desk))
              .filteredOn(Withdrawal::isReplaced)
              .containsExactly(
                  new Withdrawal(
                      register.find("2026-000001").orElseThrow().statement(),
                      register.find("2026-000003").orElseThrow().statement()));
        });
  }

  @Test
  void cancellingSurvivesADeathAtEachStep() throws Exception {
    dying(
        true,
        issuer -> {
          if (issuer.stands("2026-000002")) {
            issuer.cancel("2026-000002", "sent to somebody else");
          }
        },
        (desk, register) ->
            assertThat(register.all())
                .extracting(Registered::number, Registered::state, Registered::reason)
                .containsExactly(
                    tuple("2026-000001", Registered.State.ISSUED, ""),
                    tuple("2026-000002", Registered.State.CANCELLED, "sent to somebody else")));
  }

  private interface Claim {
    void holds(Desk desk, ReceiptRegister register) throws Exception;
  }

  private void dying(boolean issued, Verb verb, Claim claim) throws Exception {
    long steps = 1;
    for (long at = 1; at <= steps; at++) {
      Desk desk = desk("at" + at, issued);
      desk.dieAt(at);
      boolean died = false;
      try {
        verb.run(desk.issuer());
      } catch (Desk.Died e) {
        died = true;
      }
      steps = died ? at + 1 : at;
      long deadAt = at;
      Map<String, Hash> sealed = stored(desk);
      sealed.putAll(onDisk(desk));
      desk.dieAt(Long.MAX_VALUE);
      verb.run(desk.issuer());
      ReceiptRegister register = desk.register();
      claim.holds(desk, register);
      nothingTwice(desk, register);
      sealed.forEach(
          (number, digest) ->
              assertThat(register.find(number).orElseThrow().pdf())
                  .as("%s, dead before step %s", number, deadAt)
                  .isEqualTo(digest));
    }
    assertThat(steps).as("steps that were died at").isGreaterThan(4);
  }

  private Desk desk(String name, boolean issued) throws Exception {
    Desk desk = new Desk(Files.createDirectory(temp.resolve(name)));
    desk.gave(ADA, "Ada Example", 2);
    desk.gave(BEA, "Bea Example", 1);
    if (issued) {
      desk.issuer().issue(2026);
    }
    return desk;
  }

  /** Digests of files that the register knows as sealed. */
  private static Map<String, Hash> stored(Desk desk) throws Exception {
    Map<String, Hash> digests = new HashMap<>();
    for (Registered document : desk.register().all()) {
      if (!document.pdf().equals(Hash.ZERO)) {
        digests.put(document.number(), document.pdf());
      }
    }
    return digests;
  }

  /** Digests of all sealed files that are there whole, whether the register says so or not. */
  private static Map<String, Hash> onDisk(Desk desk) throws Exception {
    Map<String, Hash> digests = new HashMap<>();
    try (Stream<Path> all = Files.walk(desk.registerFolder())) {
      for (Path file : all.filter(each -> each.toString().endsWith(".pdf")).toList()) {
        String name = file.getFileName().toString();
        digests.put(
            name.substring(0, name.length() - ".pdf".length()),
            Hash.sha256(Files.readAllBytes(file)));
      }
    }
    return digests;
  }

  private static SortedMap<Long, Entry> entries(Desk desk, Kind kind) throws Exception {
    long size = desk.log.checkpoint().checkpoint().size();
    SortedMap<Long, Entry> found = new TreeMap<>();
    for (long leaf = 0; leaf < size; ) {
      for (Bytes octets : desk.log.reader().entriesFrom(leaf, size)) {
        Entry entry = Entry.parse(octets);
        if (entry.kind() == kind) {
          found.put(leaf, entry);
        }
        leaf++;
      }
    }
    return found;
  }

  private static List<Withdrawal> withdrawals(Desk desk) throws Exception {
    List<Withdrawal> found = new ArrayList<>();
    for (Entry entry : entries(desk, Kind.WITHDRAWAL).values()) {
      found.add(Withdrawal.parse(entry));
    }
    return found;
  }

  /**
   * Each receipt in the log is one of the register's, and the other way round; of the statements
   * each is in one document, which stands unless the register says otherwise, or it is withdrawn.
   */
  private static void nothingTwice(Desk desk, ReceiptRegister register) throws Exception {
    Set<Long> carried = new TreeSet<>();
    for (Registered document : register.all()) {
      assertThat(register.pdf(document)).isNotEmpty();
      assertThat(carried.add(document.statement())).isTrue();
    }
    assertThat(entries(desk, Kind.RECEIPT))
        .hasSize((int) register.all().stream().filter(d -> d.receipt().isLogged()).count());
    List<Long> withdrawn = withdrawals(desk).stream().map(Withdrawal::statement).toList();
    assertThat(withdrawn).doesNotHaveDuplicates();
    Set<Long> count = new TreeSet<>(entries(desk, Kind.STATEMENT).keySet());
    withdrawn.forEach(count::remove);
    assertThat(count)
        .containsExactlyInAnyOrderElementsOf(
            register.all().stream()
                .filter(document -> !document.isWithdrawn())
                .map(Registered::statement)
                .toList());
  }
}
