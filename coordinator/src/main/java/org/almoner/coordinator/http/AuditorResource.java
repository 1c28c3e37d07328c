package org.almoner.coordinator.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.almoner.coordinator.http.route.AuditorRoutes;
import org.jspecify.annotations.Nullable;

/** Paths of what an appointed auditor reads. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditorResource {
  private final AuditorRoutes routes;
  private final SlowReads reads;

  AuditorResource(AuditorRoutes routes, SlowReads reads) {
    this.routes = routes;
    this.reads = reads;
  }

  /** One line of the log, opened. */
  @GET
  @Path("/leaves/{leaf}")
  public void leaf(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("leaf") String leaf,
      @Suspended AsyncResponse waiting) {
    String auditor = routes.require(authorization);
    reads.answer(waiting, () -> Answers.json(routes.leaf(auditor, leaf)));
  }

  /** Lines that nobody can open any more. */
  @GET
  @Path("/erased")
  public void erased(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Suspended AsyncResponse waiting) {
    String auditor = routes.require(authorization);
    reads.answer(waiting, () -> Answers.json(routes.erased(auditor)));
  }

  /** A batch and its release, as signed. */
  @GET
  @Path("/batches/{batch}")
  public void batch(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("batch") String batch,
      @Suspended AsyncResponse waiting) {
    String auditor = routes.require(authorization);
    reads.answer(waiting, () -> Answers.json(routes.batch(auditor, batch)));
  }
}
