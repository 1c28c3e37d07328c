package org.almoner.coordinator.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.almoner.coordinator.http.route.LineRoutes;
import org.almoner.protocol.identity.DonorId;
import org.jspecify.annotations.Nullable;

/** Path of what a donor objects to. */
@Path("/api/v1/me/objections")
@Produces(MediaType.APPLICATION_JSON)
public final class ObjectionResource {
  private final LineRoutes routes;
  private final SlowReads reads;

  ObjectionResource(LineRoutes routes, SlowReads reads) {
    this.routes = routes;
    this.reads = reads;
  }

  /** A donor objects to what became of a line. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public void object(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    DonorId donor = routes.requireDonor(authorization);
    reads.answer(waiting, () -> Answers.json(routes.object(donor, body)));
  }
}
