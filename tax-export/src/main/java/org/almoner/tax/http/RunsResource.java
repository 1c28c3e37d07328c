package org.almoner.tax.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.issue.Deadlines;
import org.almoner.tax.issue.IssueRuns;
import org.almoner.tax.issue.RunStatus;
import org.jspecify.annotations.Nullable;

/** Paths for the operator: a run over all donors, how far it has come, and what became of each. */
@Path("/api/v1/register/runs")
public final class RunsResource {
  private final FrontDoor door;
  private final IssueRuns runs;
  private final Deadlines deadlines;
  private final Later later;

  /** Offers {@code runs}, and what is due; answers are made on {@code executor}, which may wait. */
  public RunsResource(FrontDoor door, IssueRuns runs, Deadlines deadlines, Executor executor) {
    this.door = door;
    this.runs = runs;
    this.deadlines = deadlines;
    this.later = new Later(executor);
  }

  /** Begins a run: {@code year}, and {@code donors} unless it is for all. */
  @POST
  public void start(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(
        waiting,
        () -> {
          JsonFields fields = JsonFields.of(JsonParser.parseObject(body));
          int year =
              fields.smallInteger("year", RegisterResource.YEAR_MIN, RegisterResource.YEAR_MAX);
          List<DonorId> donors = new ArrayList<>();
          if (fields.has("donors")) {
            for (String donor : fields.texts("donors", 1, IssueRuns.DONORS_MAX, 2 * DonorId.SIZE)) {
              donors.add(donor(donor));
            }
          }
          fields.end();
          for (DonorId donor : donors) {
            if (!door.knows(donor)) {
              return Later.problem(
                  404,
                  "unknown-donor",
                  "Unknown donor",
                  "no account is of " + donor + "; 'almoner donors list' shows all there are");
            }
          }
          return Later.json(json(runs.start(year, donors)));
        });
  }

  /** How far the newest run has come. */
  @GET
  public void status(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    waiting.resume(Later.json(json(runs.status())));
  }

  /** Donors without a document who need one soon, or needed it, as it was looked up last. */
  @GET
  @Path("/due")
  public void due(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Suspended AsyncResponse waiting) {
    String unused = door.requireSomeOperator(authorization);
    waiting.resume(
        Later.json(
            new JsonValue.Array(deadlines.due().stream().<JsonValue>map(this::json).toList())));
  }

  private JsonValue json(Deadlines.Due due) {
    return JsonValue.Obj.of()
        .put("profile", due.profile())
        .put("year", due.year())
        .put("by", due.by().toString())
        .put("donors", due.without())
        .put("sentence", due.sentence(deadlines.today()))
        .build();
  }

  /** What became of each donor in the newest run of a year that ended, as CSV. */
  @GET
  @Path("/{year: [0-9]+}/summary")
  public void summary(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("year") int year,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(
        waiting,
        () -> {
          Optional<byte[]> csv = runs.summary(year);
          return csv.isPresent()
              ? Documents.attached(csv.get(), "text/csv", "summary-" + year + ".csv")
              : none(year);
        });
  }

  private static DonorId donor(String text) {
    try {
      return DonorId.parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a donor is 32 lowercase hexadecimal digits, as 'almoner donors list' prints them, got "
              + text,
          e);
    }
  }

  private static Response none(int year) {
    return Later.problem(
        404,
        "run-unknown",
        "No such run",
        "no run of "
            + year
            + " has ended here; 'almoner receipts issue --year "
            + year
            + "' does one");
  }

  private static JsonValue json(RunStatus status) {
    return JsonValue.Obj.of()
        .put("year", status.year())
        .put("state", status.state().text())
        .put("donors", status.donors())
        .put("done", status.done())
        .put("issued", status.issued())
        .put("stood", status.stood())
        .put("skipped", status.skipped())
        .put("remainingSeconds", status.remainingSeconds())
        .put("failure", status.failure())
        .build();
  }
}
