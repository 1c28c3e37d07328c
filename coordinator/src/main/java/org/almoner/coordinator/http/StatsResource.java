package org.almoner.coordinator.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.almoner.coordinator.http.route.StatsRoutes;
import org.almoner.protocol.json.CanonicalJson;

/** Paths of open statistics. */
@Path("/stats")
public final class StatsResource {
  private static final String CSV = "text/csv; charset=utf-8; header=present";
  private static final String TEN_MINUTES = "public, max-age=600";

  private final StatsRoutes routes;

  StatsResource(StatsRoutes routes) {
    this.routes = routes;
  }

  /** Totals of projects, as a table. */
  @GET
  @Path("/projects.csv")
  @Produces(CSV)
  public Response table() {
    return Response.ok(routes.csv(), CSV).header("Cache-Control", TEN_MINUTES).build();
  }

  /** Totals of projects, as JSON. */
  @GET
  @Path("/projects.json")
  @Produces(MediaType.APPLICATION_JSON)
  public Response json() {
    return Response.ok(CanonicalJson.encode(routes.json()), MediaType.APPLICATION_JSON)
        .header("Cache-Control", TEN_MINUTES)
        .build();
  }
}
