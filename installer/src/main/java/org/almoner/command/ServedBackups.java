package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.almoner.coordinator.backup.Backups;
import org.almoner.coordinator.backup.StoreCopy;
import org.almoner.coordinator.backup.StoreTap;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.tax.issue.Issuer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what only the running process can copy whole: the store, and the names and documents of
 * the same moment. Documents wait while that moment is chosen and their files are copied, as do
 * changes of benefits and names; the writer and everybody else do not.
 */
final class ServedBackups implements Backups {
  private static final Logger LOG = LoggerFactory.getLogger(ServedBackups.class);

  private final StoreTap tap;
  private final DataFolder data;
  private final Issuer issuer;
  private final ExecutorService desk;
  private volatile Progress progress = Progress.NONE;
  private volatile boolean running;

  ServedBackups(StoreTap tap, DataFolder data, Issuer issuer, ExecutorService desk) {
    this.tap = tap;
    this.data = data;
    this.issuer = issuer;
    this.desk = desk;
  }

  @Override
  public synchronized void begin(Path folder, String ticket) throws IOException {
    if (running) {
      throw new Refusal(
          409, "backup-running", "A copy is being made", "wait for its end, then begin another");
    }
    Path file = folder.resolve(TICKET);
    if (!Files.isRegularFile(file)
        || !Files.readString(file, StandardCharsets.UTF_8).strip().equals(ticket)) {
      throw new Refusal(
          403,
          "backup-ticket",
          "The folder holds no ticket",
          "the folder to copy to must hold the file "
              + TICKET
              + " with the ticket that is sent; 'almoner backup' makes both");
    }
    running = true;
    progress = new Progress("rows", 0, 0, 0, 0, "");
    new Thread(() -> run(folder), "backup").start();
  }

  @Override
  public Progress progress() {
    return progress;
  }

  private void run(Path folder) {
    try (StoreCopy copy = new StoreCopy(tap, folder.resolve(BackupFolder.STORE))) {
      Runnable told = () -> tell(copy, "rows", 0);
      copy.copyRows(told);
      tell(copy, "documents", 0);
      StoreCopy.Moment moment =
          desk.submit(
                  () ->
                      issuer.exclusively(
                          () -> {
                            StoreCopy.Moment chosen = copy.choose();
                            FileTree.copy(
                                data.privateFiles(), folder.resolve(BackupFolder.PRIVATE));
                            return chosen;
                          }))
              .get();
      copy.copyLog(moment, () -> tell(copy, "log", moment.epoch()));
      tell(copy, "done", moment.epoch());
      LOG.atInfo()
          .addKeyValue("event", "backup")
          .addKeyValue("entries", moment.size())
          .addKeyValue("rows", copy.rows())
          .log("A copy of the store was made");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed("it was interrupted");
    } catch (ExecutionException | IOException | RuntimeException e) {
      Throwable why = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      failed(why.getMessage() == null ? why.toString() : why.getMessage());
    } finally {
      running = false;
    }
  }

  private void tell(StoreCopy copy, String state, long epoch) {
    progress =
        new Progress(state, copy.rows(), copy.entries(), Math.max(0, copy.size()), epoch, "");
  }

  private void failed(String why) {
    progress = new Progress("failed", 0, 0, 0, 0, why);
    LOG.atError()
        .addKeyValue("event", "backup-failed")
        .addKeyValue("why", why)
        .log("No copy was made");
  }
}
