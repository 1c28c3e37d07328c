package org.almoner.coordinator.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.almoner.coordinator.http.route.OwnerRoutes;
import org.almoner.protocol.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** Paths of what project owners ask. */
@Path("/api/v1/batches")
@Produces(MediaType.APPLICATION_JSON)
public final class OwnerResource {
  private final OwnerRoutes routes;
  private final Answers answers;

  OwnerResource(OwnerRoutes routes, Answers answers) {
    this.routes = routes;
    this.answers = answers;
  }

  /** An owner submits units of a release. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public void submit(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.submit(authorization, body));
  }

  /** Says how a batch would be taken; changes nothing. */
  @POST
  @Path("/check")
  @Consumes(MediaType.APPLICATION_JSON)
  public void check(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.check(authorization, body));
  }

  /** Leases no more of a batch. */
  @POST
  @Path("/{batch}/cancel")
  @Consumes(MediaType.APPLICATION_JSON)
  public void cancel(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("batch") String batch,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.cancel(authorization, batch, body));
  }

  /** Units of one batch with what came of each lease. */
  @GET
  @Path("/{batch}/units")
  public Response units(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("batch") String batch,
      @QueryParam("from") @DefaultValue("0") String from,
      @QueryParam("limit") @DefaultValue("100") String limit,
      @QueryParam("state") @DefaultValue("") String state) {
    return Answers.json(routes.units(authorization, batch, from, limit, state));
  }

  /** The newest batches. */
  @GET
  public Response batches() {
    return Answers.json(routes.batches());
  }

  /** One batch. */
  @GET
  @Path("/{batch}")
  public Response batch(@PathParam("batch") String batch) {
    return Answers.json(routes.batch(batch));
  }

  /** Agreed results of one batch. */
  @GET
  @Path("/{batch}/results")
  public Response results(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("batch") String batch,
      @QueryParam("from") @DefaultValue("0") String from,
      @QueryParam("limit") @DefaultValue("100") String limit) {
    return Answers.json(routes.results(authorization, batch, from, limit));
  }
}
