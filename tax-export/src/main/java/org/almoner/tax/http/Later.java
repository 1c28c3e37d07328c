package org.almoner.tax.http;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.Executor;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.problem.Problem;
import org.almoner.tax.issue.DrawingFailed;
import org.almoner.tax.seal.SealRefused;

/**
 * Runs what may wait for the disk or the log on a thread of its own and answers when it is done.
 */
final class Later {
  /** Work that ends in an answer. */
  @FunctionalInterface
  interface Work {
    Response run() throws Exception;
  }

  private final Executor executor;

  Later(Executor executor) {
    this.executor = executor;
  }

  void answer(AsyncResponse waiting, Work work) {
    executor.execute(() -> answerNow(waiting, work));
  }

  private static void answerNow(AsyncResponse waiting, Work work) {
    try {
      waiting.resume(work.run());
    } catch (MalformedJson | IllegalArgumentException e) {
      waiting.resume(
          problem(400, "malformed", "The body is not what this address takes", message(e)));
    } catch (DrawingFailed e) {
      waiting.resume(
          problem(409, "statement-not-possible", "No statement can be drawn up", message(e)));
    } catch (SealRefused e) {
      waiting.resume(problem(409, "not-sealed", "Nothing can be sealed now", message(e)));
    } catch (Exception e) {
      waiting.resume(e); // the server's own mapper knows refusals, and hides everything else
    }
  }

  static Response json(JsonValue value) {
    return Response.ok(CanonicalJson.encode(value), "application/json").build();
  }

  static Response problem(int status, String slug, String title, String detail) {
    Problem problem = new Problem(status, slug, title, detail);
    return Response.status(status)
        .entity(CanonicalJson.encode(problem.toJson()))
        .type(Problem.MEDIA_TYPE)
        .build();
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
