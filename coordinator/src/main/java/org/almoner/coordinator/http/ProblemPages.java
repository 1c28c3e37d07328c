package org.almoner.coordinator.http;

import java.nio.charset.StandardCharsets;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.problem.Problem;
import org.glassfish.grizzly.http.server.ErrorPageGenerator;
import org.glassfish.grizzly.http.server.Request;

/** What Grizzly shows when it refuses by itself: a problem, never its own name or a trace. */
final class ProblemPages implements ErrorPageGenerator {
  private final Problems problems;

  ProblemPages(Problems problems) {
    this.problems = problems;
  }

  @Override
  public String generate(
      Request request, int status, String reason, String description, Throwable failure) {
    Problem problem = failure == null ? problems.ofStatus(status) : problems.of(failure);
    PlainAnswer.headers(request.getResponse());
    request.getResponse().setContentType(Problem.MEDIA_TYPE);
    request.getResponse().setCharacterEncoding("UTF-8");
    return new String(CanonicalJson.encode(problem.toJson()), StandardCharsets.UTF_8);
  }
}
