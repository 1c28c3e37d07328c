package org.almoner.coordinator.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.problem.Problem;

/** Answers every failure inside Jersey with a problem. */
final class ProblemMapper implements ExceptionMapper<Throwable> {
  private final Problems problems;

  ProblemMapper(Problems problems) {
    this.problems = problems;
  }

  @Override
  public Response toResponse(Throwable failure) {
    Problem problem = problems.of(failure);
    Response.ResponseBuilder answer =
        Response.status(problem.status())
            .type(Problem.MEDIA_TYPE)
            .entity(CanonicalJson.encode(problem.toJson()));
    if (problem.status() == 401) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    int retryAfter = problems.retryAfterSeconds(problem);
    if (retryAfter > 0) {
      answer.header(HttpHeaders.RETRY_AFTER, retryAfter);
    }
    if (failure instanceof WebApplicationException refused) {
      String allow = refused.getResponse().getHeaderString(HttpHeaders.ALLOW);
      if (allow != null) {
        answer.header(HttpHeaders.ALLOW, allow);
      }
    }
    return answer.build();
  }
}
