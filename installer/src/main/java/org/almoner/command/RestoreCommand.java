package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.almoner.coordinator.Stores;
import org.almoner.coordinator.backup.StoreRestore;
import org.almoner.coordinator.ignite.IgniteStores;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.tax.register.DurableFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a data folder of a copy again. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "For the operator: makes a new data folder of a copy that 'almoner backup' made.",
      "A log that goes on from an older copy would sign two histories. So say what happened since:",
      "nothing, or show the newest checkpoint that anybody has, or take it as lost.",
    })
final class RestoreCommand implements Runnable {
  @Parameters(paramLabel = "DIR", description = "The copy.")
  private Path source = Path.of(".");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "NEW",
      description = "The data folder to make.")
  private Path data = Path.of(".");

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description = "Folder with the keys, when they are not in the copy.")
  private @Nullable Path keys;

  @ArgGroup(multiplicity = "0..1")
  private @Nullable Since since;

  /** What happened after the copy was made. */
  static final class Since {
    @Option(
        names = "--nothing-was-lost",
        description =
            "The coordinator acknowledged nothing after the copy was made, as when it was stopped"
                + " for it. You vouch for that.")
    private boolean nothing;

    @Option(
        names = "--newest",
        paramLabel = "WHERE",
        description =
            "The newest checkpoints anybody has, all you can get: a log's address, a mirror's"
                + " folder, or a file from a witness or an agent. Repeat for more.")
    private List<String> newest = List.of();

    @Option(
        names = "--as-of-loss",
        description =
            "Lines were lost, or it is not known: the folder serves no log again, only as what"
                + " 'almoner keys succeed' makes the next one of.")
    private boolean lost;
  }

  @Override
  public void run() {
    Since said = since;
    if (said == null) {
      throw Failure.wrongUse(
          "what was acknowledged after the copy was made? A log that goes on without it would sign"
              + " two histories. Give --newest WHERE for the newest checkpoints that mirrors,"
              + " witnesses or agents have, --nothing-was-lost when you know, or --as-of-loss");
    }
    BackupFolder from = new BackupFolder(source.toAbsolutePath().normalize());
    Path made = data.toAbsolutePath().normalize();
    try {
      BackupFolder.Contents contents = from.contents();
      SignedCheckpoint checkpoint = from.checkpoint(contents.moment(), contents.origin());
      BackupFolder.requireEmpty(made);
      Path folderOfKeys = keys(from);
      from.requireLog(checkpoint);
      from.held(contents.moment());
      Optional<String> behind = behind(said, from, checkpoint);
      Path unfinished = made.resolveSibling(made.getFileName() + ".unfinished");
      BackupFolder.requireEmpty(unfinished);
      long rows = fill(from, contents, checkpoint, unfinished, folderOfKeys, behind);
      Files.deleteIfExists(made);
      Files.move(unfinished, made, StandardCopyOption.ATOMIC_MOVE);
      System.out.printf(
          Locale.ROOT,
          "ok  %s: %,d entries of the log, hashed again; %,d rows%n",
          made,
          contents.moment().size(),
          rows);
      tell(made, behind);
    } catch (IOException e) {
      throw Failure.failed("nothing was restored: " + e.getMessage());
    }
  }

  private static void tell(Path made, Optional<String> behind) {
    if (behind.isPresent()) {
      throw Failure.failed(
          behind.get()
              + "; 'almoner serve' refuses "
              + made
              + ": begin a new log with 'almoner keys succeed --data "
              + made
              + " --reason lost --checkpoint FILE', with the newest checkpoint there is");
    }
    System.out.println("Start it with almoner serve --data " + made);
    System.out.println(
        "Leases that were granted after the copy are not known here: what comes back for them is"
            + " refused, and their units are granted again.");
  }

  private Path keys(BackupFolder from) throws IOException {
    Path inCopy = from.part(BackupFolder.KEYS);
    if (keys != null) {
      return keys;
    }
    if (Files.isDirectory(inCopy)) {
      return inCopy;
    }
    throw Failure.wrongUse(
        "the keys are not in the copy; name the folder where you keep log.seed, coordinator.seed,"
            + " seal.p12 and the newest openings.keys with --keys");
  }

  /** Why the copy is not the whole log; empty when it is. */
  private static Optional<String> behind(Since said, BackupFolder from, SignedCheckpoint checkpoint)
      throws IOException {
    long size = checkpoint.checkpoint().size();
    if (said.lost) {
      return Optional.of(
          "the copy has " + size + " entries of the log, and more may have been acknowledged");
    }
    if (said.nothing) {
      return Optional.empty();
    }
    Optional<String> behind = Optional.empty();
    for (String where : said.newest) {
      SignedCheckpoint known = KnownCheckpoint.open(where, checkpoint, from.logKeys());
      if (known.checkpoint().size() > size) {
        behind =
            Optional.of(
                "the copy has "
                    + size
                    + " entries of the log, and "
                    + where
                    + " shows that it had "
                    + known.checkpoint().size());
      } else {
        KnownCheckpoint.requireBeginning(from.log(), known, checkpoint, where);
      }
    }
    return behind;
  }

  private static long fill(
      BackupFolder from,
      BackupFolder.Contents contents,
      SignedCheckpoint checkpoint,
      Path folder,
      Path keys,
      Optional<String> behind)
      throws IOException {
    DurableFile.privateFolder(folder);
    long rows;
    try (DataFolder made = DataFolder.open(folder);
        IgniteStores store = IgniteStores.open(made.store())) {
      Stores stores = store.stores();
      rows = new StoreRestore(from.part(BackupFolder.STORE)).into(stores, contents.moment());
      List<Finding> findings = LogCheck.run(stores.log(), checkpoint);
      if (!findings.isEmpty()) {
        throw new IOException("the restored log does not hold: " + findings.get(0));
      }
      BlobTree.copy(from.part(BackupFolder.BLOBS), made.modulesAndInputs(), () -> {});
      BlobTree.copy(from.part(BackupFolder.OUTPUTS), made.outputs(), () -> {});
      FileTree.copy(from.part(BackupFolder.ARCHIVE), made.archives());
      FileTree.copy(from.part(BackupFolder.PRIVATE), made.privateFiles());
      FileTree.copy(keys, made.keys());
      for (String name : BackupFolder.FILES) {
        if (Files.exists(from.part(name))) {
          FileTree.copyFile(from.part(name), folder.resolve(name));
        }
      }
      if (behind.isPresent()) {
        made.restoredBehind(behind.get());
      }
    }
    return rows;
  }
}
