package org.almoner.coordinator.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.almoner.coordinator.http.route.DonorRoutes;
import org.almoner.protocol.identity.DonorId;
import org.jspecify.annotations.Nullable;

/** Path of how a donor's lines stand, beside the donor's documents. */
@Path("/api/v1/me/standing")
@Produces(MediaType.APPLICATION_JSON)
public final class StandingResource {
  private final DonorRoutes routes;
  private final SlowReads reads;

  StandingResource(DonorRoutes routes, SlowReads reads) {
    this.routes = routes;
    this.reads = reads;
  }

  /** How the lines of the token's donor stand. */
  @GET
  public void standing(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Suspended AsyncResponse waiting) {
    DonorId donor = routes.require(authorization);
    reads.answer(waiting, () -> Answers.json(routes.standing(donor)));
  }
}
