package org.almoner.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A year's documents in one file, one after the other: memory does not grow with their number. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Saves a year's documents in one zip file, and the register of that year as a table.",
      "Evidence stays out: it tells on which days a donor's computers worked.",
    })
final class ReceiptsExportCommand implements Runnable {
  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();

  @Option(names = "--year", required = true, paramLabel = "Y", description = "Such as 2026.")
  private int year;

  @Option(names = "--zip", paramLabel = "FILE", description = "Where to save the documents.")
  private @Nullable Path zip;

  @Option(names = "--csv", paramLabel = "FILE", description = "Where to save the table.")
  private @Nullable Path csv;

  @Override
  public void run() {
    if (zip == null && csv == null) {
      throw Failure.wrongUse("nothing to save: add --zip FILE, --csv FILE or both");
    }
    OperatorClient client = coordinator.client();
    List<ReceiptsCommand.Listed> documents =
        ReceiptsCommand.listed(client).stream()
            .filter(each -> each.to().startsWith(Integer.toString(year)))
            .toList();
    try {
      if (csv != null) {
        table(documents, csv);
      }
      if (zip != null) {
        files(client, documents, zip);
      }
    } catch (IOException e) {
      throw Failure.failed("it cannot be saved: " + e.getMessage());
    }
  }

  private static void table(List<ReceiptsCommand.Listed> documents, Path file) throws IOException {
    StringBuilder rows =
        new StringBuilder(
            "number,donor,from,to,state,issued,sha256,replaces,replacedBy,reason\r\n");
    for (ReceiptsCommand.Listed each : documents) {
      rows.append(
          String.join(
              ",",
              each.number(),
              each.donor(),
              each.from(),
              each.to(),
              each.state(),
              each.issuedOn(),
              each.sha256(),
              each.replaces(),
              each.replacedBy(),
              "\"" + each.reason().replace("\"", "\"\"") + "\"\r\n"));
    }
    ReceiptsChanges.write(file, rows.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void files(
      OperatorClient client, List<ReceiptsCommand.Listed> documents, Path file) throws IOException {
    Terminal terminal = new Terminal(System.out);
    long done = 0;
    try (ZipOutputStream out =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (ReceiptsCommand.Listed each : documents) {
        if (each.hasFile()) {
          out.putNextEntry(new ZipEntry(each.number().replace('/', '_') + ".pdf"));
          out.write(client.download("/api/v1/register/documents/" + each.number() + "/pdf"));
          out.closeEntry();
        }
        done++;
        terminal.progress(done + " of " + documents.size(), 10 * done / documents.size());
      }
    }
    terminal.line(file.toString());
  }
}
