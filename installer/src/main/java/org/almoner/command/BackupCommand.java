package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import org.almoner.coordinator.backup.Backups;
import org.almoner.coordinator.backup.StoreCopy;
import org.almoner.coordinator.backup.StoreRestore;
import org.almoner.coordinator.opening.FileKeyShelf;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.register.DurableFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a running coordinator. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "For the operator: copies a running coordinator to a new folder, and checks the copy.",
      "The coordinator goes on meanwhile. The keys are not in it unless --with-keys is given:",
      "keep them apart, nothing can be restored without them.",
    })
final class BackupCommand implements Runnable {
  private static final int TICKET_BYTES = 16;
  private static final long POLL_MS = 300;
  private static final int WHY_MAX = 2_000;
  private static final int STATE_MAX = 20;

  @Parameters(paramLabel = "DIR", description = "The folder to make, on another disk.")
  private Path target = Path.of(".");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The data folder of the coordinator, which runs.")
  private Path data = Path.of(".");

  @Option(
      names = "--with-keys",
      description =
          "Copies the keys too. Whoever gets that copy can sign as you; and it opens the lines of"
              + " donors who are erased later, so destroy it within 30 days.")
  private boolean withKeys;

  private final Terminal terminal = new Terminal(System.out);
  private long files;

  @Override
  public void run() {
    Path from = data.toAbsolutePath().normalize();
    BackupFolder to = new BackupFolder(target.toAbsolutePath().normalize());
    OperatorClient client = OperatorClient.ofData(from);
    try {
      BackupFolder.requireEmpty(to.path());
      long now = Clock.systemUTC().millis();
      DurableFile.privateFolder(to.path());
      String ticket = ticket();
      DurableFile.write(to.part(Backups.TICKET), BackupFolder.line(ticket));
      long epoch = copyStore(client, to, ticket);
      String checkpoint = Files.readString(to.part(BackupFolder.STORE).resolve("checkpoint"));
      copyFiles(from, to);
      String origin = Files.readString(to.part("origin")).strip();
      long size = new NotedSize(checkpoint).size();
      StoreCopy.Moment moment = new StoreCopy.Moment(epoch, checkpoint, size);
      terminal.progress("checking the copy", 0);
      SignedCheckpoint signed = to.checkpoint(moment, origin);
      to.requireLog(signed);
      StoreRestore.Held held = to.held(moment);
      Hash root = signed.checkpoint().root();
      to.finish(
          new BackupFolder.Contents(
              origin,
              Software.title(),
              now,
              moment,
              root,
              held.rows(),
              held.batches(),
              files,
              withKeys));
      terminal.clear();
      tell(to, moment, held);
    } catch (IOException e) {
      throw Failure.failed(
          "no copy was made: " + e.getMessage() + "; delete " + to.path() + " and try again");
    }
  }

  private static String ticket() {
    byte[] drawn = new byte[TICKET_BYTES];
    new SecureRandom().nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  /** Has the coordinator copy its store; the number of the last batch in the copy. */
  private long copyStore(OperatorClient client, BackupFolder to, String ticket) throws IOException {
    String route = "/api/v1/operator/backups";
    JsonValue.Obj body =
        JsonValue.Obj.of().put("folder", to.path().toString()).put("ticket", ticket).build();
    Backups.Progress said = Answer.read(client.post(route, body), BackupCommand::progress);
    while (!said.state().equals("done")) {
      if (said.state().equals("failed")) {
        throw new IOException(said.why());
      }
      terminal.progress(
          String.format(
              Locale.ROOT,
              "%s: %,d rows, %,d of %,d entries",
              said.state(),
              said.rows(),
              said.entries(),
              said.size()),
          said.state().hashCode());
      pause();
      said = Answer.read(client.get(route), BackupCommand::progress);
    }
    return said.epoch();
  }

  private static Backups.Progress progress(JsonFields said) throws MalformedJson {
    return new Backups.Progress(
        said.text("state", STATE_MAX),
        said.integer("rows", 0, JsonValue.INTEGER_MAX),
        said.integer("entries", 0, JsonValue.INTEGER_MAX),
        said.integer("size", 0, JsonValue.INTEGER_MAX),
        said.integer("epoch", 0, JsonValue.INTEGER_MAX),
        said.freeText("why", WHY_MAX));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** What never changes once the store knows it, and small files that are replaced whole. */
  private void copyFiles(Path from, BackupFolder to) throws IOException {
    for (String part : new String[] {BackupFolder.BLOBS, BackupFolder.OUTPUTS}) {
      BlobTree.copy(
          from.resolve(part),
          to.part(part),
          () -> {
            files++;
            terminal.progress(
                String.format(Locale.ROOT, "%s: %,d files", part, files), files / 1000);
          });
    }
    FileTree.copyNamed(
        from.resolve(BackupFolder.ARCHIVE), ".archive", to.part(BackupFolder.ARCHIVE));
    for (String name : BackupFolder.FILES) {
      if (Files.exists(from.resolve(name))
          && (withKeys || !SettingFiles.holdsSecret(from.resolve(name)))) {
        FileTree.copyFile(from.resolve(name), to.part(name));
      }
    }
    if (withKeys) {
      FileTree.copy(from.resolve("keys"), to.part(BackupFolder.KEYS));
    }
  }

  private void tell(BackupFolder to, StoreCopy.Moment moment, StoreRestore.Held held) {
    System.out.printf(
        Locale.ROOT,
        "ok  %s: %,d entries of the log, hashed again; %,d rows, %,d batches, %,d files%n",
        to.path(),
        moment.size(),
        held.rows(),
        held.batches(),
        files);
    if (withKeys) {
      System.out.println(
          "THE KEYS ARE IN IT: whoever reads it can sign as you, and it opens the lines of donors"
              + " who are erased later. Keep it where you keep money, destroy it within 30 days.");
    } else {
      System.out.println(
          "The keys are NOT in it. Keep log.seed, coordinator.seed and seal.p12 apart, and copy "
              + FileKeyShelf.FILE
              + " daily with 'almoner donors keys-backup': without them nothing is restored.");
    }
  }
}
