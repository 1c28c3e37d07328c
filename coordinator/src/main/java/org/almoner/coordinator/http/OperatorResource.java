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
import org.almoner.coordinator.http.route.OperatorRoutes;
import org.almoner.protocol.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** Paths of what the operator asks. */
@Path("/api/v1/operator")
@Produces(MediaType.APPLICATION_JSON)
public final class OperatorResource {
  private final OperatorRoutes routes;
  private final LineRoutes lines;
  private final Answers answers;

  OperatorResource(OperatorRoutes routes, LineRoutes lines, Answers answers) {
    this.routes = routes;
    this.lines = lines;
    this.answers = answers;
  }

  /** Opens a donor's account. */
  @POST
  @Path("/accounts")
  @Consumes(MediaType.APPLICATION_JSON)
  public void openAccount(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.openAccount(authorization, body));
  }

  /** Draws a one-time code for a donor. */
  @POST
  @Path("/accounts/{donor}/codes")
  @Consumes(MediaType.APPLICATION_JSON)
  public void drawCode(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("donor") String donor,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.drawCode(authorization, donor, body));
  }

  /** Approves an owner's key. */
  @POST
  @Path("/owners")
  @Consumes(MediaType.APPLICATION_JSON)
  public void approveOwner(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.approveOwner(authorization, body));
  }

  /** Appoints an auditor. */
  @POST
  @Path("/auditors")
  @Consumes(MediaType.APPLICATION_JSON)
  public void appointAuditor(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.appointAuditor(authorization, body));
  }

  /** Takes an auditor's token back. */
  @POST
  @Path("/auditors/dismiss")
  @Consumes(MediaType.APPLICATION_JSON)
  public void dismissAuditor(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.dismissAuditor(authorization, body));
  }

  /** Settles what has matured. */
  @POST
  @Path("/settle")
  @Consumes(MediaType.APPLICATION_JSON)
  public void settle(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.settle(authorization, body));
  }

  /** Takes an agent's key out of use. */
  @POST
  @Path("/revocations")
  @Consumes(MediaType.APPLICATION_JSON)
  public void revoke(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> routes.revoke(authorization, body));
  }

  /** Objections whose line is not settled. */
  @GET
  @Path("/objections")
  public Response objections(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return Answers.json(lines.objections(authorization));
  }

  /** The operator rules. */
  @POST
  @Path("/objections/{leaf}")
  @Consumes(MediaType.APPLICATION_JSON)
  public void rule(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("leaf") String leaf,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> lines.rule(authorization, leaf, body));
  }

  /** The operator has settled lines voided or reinstated. */
  @POST
  @Path("/corrections")
  @Consumes(MediaType.APPLICATION_JSON)
  public void correct(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting)
      throws MalformedJson {
    answers.later(waiting, () -> lines.correct(authorization, body));
  }

  /** All donors' pseudonyms. */
  @GET
  @Path("/donors")
  public Response donors(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return Answers.json(routes.donors(authorization));
  }
}
