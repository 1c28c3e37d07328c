package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almoner.agent.durable.FolderTree;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.result.MalformedBundle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches what was agreed, and checks what was fetched. */
@Command(
    name = "results",
    mixinStandardHelpOptions = true,
    description = {
      "Fetches the accepted outputs of a batch, or checks what was fetched.",
      "With --to, a folder for each unit, each checked by the digest that was agreed "
          + "on, and a manifest. Asked again, it fetches what is new, goes on in the middle of "
          + "a file, and names what was changed meanwhile.",
      "With --check it compares a folder with its manifest and needs no coordinator."
    })
final class WorkloadResultsCommand implements Callable<Integer> {
  private static final String INCOMING = ".incoming";

  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
  @Mixin private Printed printed = new Printed();

  @Parameters(arity = "0..1", paramLabel = "BATCH", description = "The batch's id, for --to.")
  private @Nullable String batch;

  @ArgGroup(multiplicity = "1")
  private What what = new What();

  /** Fetch or check. */
  static final class What {
    @Option(
        names = {"--to", "--out"},
        paramLabel = "DIR",
        description = "Where to save.")
    private @Nullable Path to;

    @Option(names = "--check", paramLabel = "DIR", description = "What to check, offline.")
    private @Nullable Path check;
  }

  @Override
  public Integer call() throws IOException {
    boolean json = printed.json();
    if (what.check != null) {
      return check(ResultsManifest.read(what.check), what.check, json);
    }
    Path to = Optional.ofNullable(what.to).orElseThrow();
    if (batch == null) {
      throw Failure.wrongUse("which batch? add its id: 'almoner workload list' names them");
    }
    return fetch(coordinator.client(), batch, to, json);
  }

  private static int fetch(OperatorClient client, String batch, Path to, boolean json)
      throws IOException {
    List<Results.Result> results = Results.list(client, batch, 0);
    ResultsManifest manifest = ResultsManifest.openOrBegin(to, batch);
    List<String> changed = new ArrayList<>();
    int fetched = 0;
    for (Results.Result result : results) {
      Optional<ResultsManifest.Entry> known = manifest.find(result.unit());
      List<String> ofThis = known.isEmpty() ? List.of() : manifest.changed(known.get());
      changed.addAll(ofThis);
      if (ofThis.isEmpty() && (known.isEmpty() || manifest.lacksAFile(known.get()))) {
        manifest.add(fetch(client, batch, to, manifest, result));
        fetched++;
      }
    }
    FolderTree.remove(to.resolve(INCOMING));
    if (json) {
      System.out.println(
          Printed.line(
              JsonValue.Obj.of()
                  .put("results", results.size())
                  .put("fetched", fetched)
                  .putTexts("changed", changed)
                  .build()));
    } else {
      changed.forEach(System.out::println);
      System.out.println(results.size() + " results in " + to);
    }
    if (!changed.isEmpty()) {
      throw Failure.failed(
          changed.size()
              + " files are not as they were fetched and were left alone; move them away and fetch"
              + " again");
    }
    return 0;
  }

  /** The files come under their names only when all of them are there and right. */
  private static ResultsManifest.Entry fetch(
      OperatorClient client, String batch, Path to, ResultsManifest manifest, Results.Result result)
      throws IOException {
    Path incoming = Files.createDirectories(to.resolve(INCOMING));
    Path bundle = incoming.resolve(result.output().toHex());
    Path files = incoming.resolve("files");
    boolean begun = Files.exists(bundle);
    Optional<Unpacked> unpacked = fetch(client, batch, result, bundle, files);
    if (unpacked.isEmpty() && begun) {
      unpacked = fetch(client, batch, result, bundle, files); // What was there was no good.
    }
    Unpacked good =
        unpacked.orElseThrow(
            () ->
                Failure.failed(
                    "the output of unit " + result.unit() + " is not the one that was agreed on"));
    Path folder = manifest.folderOf(result.unit());
    FolderTree.remove(folder);
    Files.move(files, folder);
    Files.delete(bundle);
    return new ResultsManifest.Entry(result.unit(), result.output(), result.count(), good.files());
  }

  /** What came, unpacked; nothing is left when it is not the output that was agreed on. */
  private static Optional<Unpacked> fetch(
      OperatorClient client, String batch, Results.Result result, Path bundle, Path files)
      throws IOException {
    client.download(Results.address(batch, result), bundle);
    FolderTree.remove(files);
    try {
      Unpacked unpacked = Unpacked.into(files, bundle);
      if (unpacked.output().equals(result.output())) {
        return Optional.of(unpacked);
      }
    } catch (MalformedBundle e) {
      // Said below, and the same whatever is wrong with it.
    }
    FolderTree.remove(files);
    Files.delete(bundle);
    return Optional.empty();
  }

  private static int check(ResultsManifest manifest, Path folder, boolean json) throws IOException {
    List<String> faults = new ArrayList<>();
    long files = 0;
    for (ResultsManifest.Entry entry : manifest.entries()) {
      faults.addAll(manifest.faults(entry));
      files += entry.files().size();
    }
    if (json) {
      System.out.println(
          Printed.line(
              JsonValue.Obj.of()
                  .put("batch", manifest.batch())
                  .put("results", manifest.entries().size())
                  .put("files", files)
                  .putTexts("faults", faults)
                  .build()));
    } else {
      faults.forEach(System.out::println);
    }
    if (!faults.isEmpty()) {
      throw Failure.failed(
          folder + " is not as it was fetched: " + faults.size() + " files are not right");
    }
    if (!json) {
      System.out.println(
          "ok  batch "
              + manifest.batch()
              + ": "
              + manifest.entries().size()
              + " results, "
              + files
              + " files, as they were fetched");
    }
    return 0;
  }
}
