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
import org.almoner.coordinator.http.route.LineRoutes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** Paths of objections and corrections. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class LineResource {
  private final LineRoutes routes;
  private final Answers answers;
  private final SlowReads reads;

  LineResource(LineRoutes routes, Answers answers, SlowReads reads) {
    this.routes = routes;
    this.answers = answers;
    this.reads = reads;
  }

  /** A donor objects to what became of a line. */
  @POST
  @Path("/me/objections")
  @Consumes(MediaType.APPLICATION_JSON)
  public void object(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    DonorId donor = routes.requireDonor(authorization);
    reads.answer(waiting, () -> Answers.json(routes.object(donor, body)));
  }

  /** Objections whose line is not settled. */
  @GET
  @Path("/operator/objections")
  public Response objections(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return Answers.json(routes.objections(authorization));
  }

  /** The operator rules. */
  @POST
  @Path("/operator/objections/{leaf}")
  @Consumes(MediaType.APPLICATION_JSON)
  public void rule(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("leaf") String leaf,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.rule(authorization, leaf, body));
  }

  /** The operator has settled lines voided or reinstated. */
  @POST
  @Path("/operator/corrections")
  @Consumes(MediaType.APPLICATION_JSON)
  public void correct(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.correct(authorization, body));
  }
}
