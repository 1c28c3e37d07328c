package org.almoner.coordinator.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.almoner.coordinator.http.route.PublicRoutes;

/**
 * Path of what this coordinator says of itself. Alone in its class: JAX-RS chooses a class by the
 * longest path first and never looks into another one.
 */
@Path("/api/v1/origin")
@Produces(MediaType.APPLICATION_JSON)
public final class OriginResource {
  private final PublicRoutes routes;

  OriginResource(PublicRoutes routes) {
    this.routes = routes;
  }

  /** Who this coordinator is. */
  @GET
  public Response origin() {
    return Answers.json(routes.origin());
  }
}
