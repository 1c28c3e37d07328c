package org.almoner.coordinator.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.almoner.coordinator.http.route.ReleaseRoutes;
import org.almoner.protocol.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** Paths of releases. */
@Path("/api/v1/releases")
@Produces(MediaType.APPLICATION_JSON)
public final class ReleaseResource {
  private final ReleaseRoutes routes;
  private final Answers answers;

  ReleaseResource(ReleaseRoutes routes, Answers answers) {
    this.routes = routes;
    this.answers = answers;
  }

  /** The newest releases. */
  @GET
  public Response releases() {
    return Answers.json(routes.releases());
  }

  /** One release, as each owner signed it. */
  @GET
  @Path("/{release}")
  public Response release(@PathParam("release") String release) {
    return Answers.json(routes.release(release));
  }

  /** Leases nothing more of a release, for good. */
  @POST
  @Path("/{release}/recall")
  @Consumes(MediaType.APPLICATION_JSON)
  public void recall(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("release") String release,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.recall(authorization, release, body));
  }

  /** Keeps what came of building a release again. */
  @POST
  @Path("/{release}/rebuilds")
  @Consumes(MediaType.APPLICATION_JSON)
  public void rebuilt(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("release") String release,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.rebuilt(authorization, release, body));
  }
}
