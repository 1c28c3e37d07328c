package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almoner.coordinator.Config;
import org.almoner.coordinator.http.Listen;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.register.LogPlace;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start of a coordinator whose donors were erased, on a real data folder. */
class UnfinishedErasuresTests {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2026, 12, 31);

  @TempDir Path temp;

  /** Something done while the coordinator runs. */
  @FunctionalInterface
  private interface Meanwhile {
    void run(Serving serving) throws Exception;
  }

  private void serve(Meanwhile meanwhile) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (DataFolder folder = DataFolder.open(temp.resolve("data"))) {
      Config config =
          Config.of(folder.origin("log.example/erased", new SecureRandom()), "almoner", "m");
      Listen here = Listen.plain(new InetSocketAddress("127.0.0.1", port));
      Charity charity = new Charity("Example", List.of(), "", "");
      try (Serving serving = Serving.start(folder, config, charity, here, Optional.empty())) {
        meanwhile.run(serving);
      }
    }
  }

  private DonorDirectory names() throws Exception {
    return DonorDirectory.open(
        temp.resolve("data/private/donors"), new java.security.SecureRandom());
  }

  private ReceiptRegister register() throws Exception {
    return ReceiptRegister.open(temp.resolve("data/private/register"));
  }

  @Test
  void whatACrashOrARestoredCopyLeftOfErasedDonorsIsErasedAtTheNextStart() throws Exception {
    List<DonorId> ids = new ArrayList<>();
    serve(
        serving -> {
          for (int i = 0; i < 3; i++) {
            ids.add(serving.coordinator().openAccount().join().donor());
          }
          // As when the process dies before it comes to names and documents.
          serving.coordinator().erase(ids.get(0), "asked", true).join();
          serving.coordinator().erase(ids.get(1), "asked", false).join();
        });
    for (DonorId id : ids) {
      names().put(Donor.named(id, "Ada Example", List.of()));
      ReceiptRegister register = register();
      Registered reserved = register.reserve(id, FIRST, LAST, LAST);
      Registered sealed = register.store(reserved, new byte[] {1}, new byte[] {2});
      register.issue(List.of(new ReceiptRegister.Receipted(sealed, LogPlace.NONE)), LAST);
    }

    serve(serving -> {});

    assertThat(names().find(ids.get(0))).isEmpty();
    assertThat(names().find(ids.get(1))).isEmpty();
    assertThat(names().find(ids.get(2))).as("nobody erased").isPresent();
    assertThat(register().all())
        .extracting(Registered::state)
        .containsExactly(Registered.State.KEPT, Registered.State.ERASED, Registered.State.ISSUED);
    try (Stream<Path> files = Files.walk(temp.resolve("data/private/register"))) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "register.jsonl", "2026-000001.pdf", "2026-000003.pdf", "2026-000003.evidence.zip");
    }
    for (String part : List.of("", "store", "keys", "blobs", "outputs", "private")) {
      Path folder = temp.resolve("data").resolve(part);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .as(folder.toString())
          .isEqualTo("rwx------");
    }
  }
}
