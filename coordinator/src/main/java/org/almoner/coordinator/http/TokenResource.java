package org.almoner.coordinator.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import org.almoner.coordinator.http.route.TokenRoutes;
import org.almoner.protocol.json.MalformedJson;

/** Path of what owners ask about their tokens. */
@Path("/api/v1/owners/tokens")
@Produces(MediaType.APPLICATION_JSON)
public final class TokenResource {
  private final TokenRoutes routes;
  private final Answers answers;

  TokenResource(TokenRoutes routes, Answers answers) {
    this.routes = routes;
    this.answers = answers;
  }

  /** Makes, lists or revokes tokens. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public void tokens(byte[] body, @Suspended AsyncResponse waiting) throws MalformedJson {
    answers.later(waiting, () -> routes.tokens(body));
  }
}
