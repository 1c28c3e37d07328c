package org.almoner.coordinator.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import org.almoner.coordinator.http.route.AgentRoutes;
import org.almoner.protocol.json.MalformedJson;

/** Paths of what agents ask. */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class AgentResource {
  private final AgentRoutes routes;
  private final Answers answers;

  AgentResource(AgentRoutes routes, Answers answers) {
    this.routes = routes;
    this.answers = answers;
  }

  /** An agent presents its key. */
  @POST
  @Path("/enrolments")
  public void enrol(byte[] body, @Suspended AsyncResponse waiting) throws MalformedJson {
    answers.later(waiting, () -> routes.enrol(body));
  }

  /** An agent names or leaves its donor. */
  @POST
  @Path("/links")
  public void link(byte[] body, @Suspended AsyncResponse waiting) throws MalformedJson {
    answers.later(waiting, () -> routes.link(body));
  }

  /** An agent asks for work. */
  @POST
  @Path("/leases")
  public void lease(byte[] body, @Suspended AsyncResponse waiting) throws MalformedJson {
    answers.later(waiting, () -> routes.lease(body));
  }

  /** An agent says how far its leases have come. */
  @POST
  @Path("/renewals")
  public void renew(byte[] body, @Suspended AsyncResponse waiting) throws MalformedJson {
    answers.later(waiting, () -> routes.renew(body));
  }

  /** An agent reports finished leases. */
  @POST
  @Path("/reports")
  public void report(byte[] body, @Suspended AsyncResponse waiting) throws MalformedJson {
    answers.later(waiting, () -> routes.report(body));
  }
}
