package org.almoner.coordinator.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.almoner.coordinator.http.page.FrontPage;
import org.almoner.coordinator.http.route.PublicRoutes;

/** Paths of what anyone asks. */
@Path("/")
public final class PublicResource {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String ONE_MINUTE = "public, max-age=60";
  private static final String ONE_HOUR = "public, max-age=3600";

  private final PublicRoutes routes;
  private final FrontPage page;

  PublicResource(PublicRoutes routes, FrontPage page) {
    this.routes = routes;
    this.page = page;
  }

  /** The page for people. */
  @GET
  @Produces(HTML)
  public Response page() {
    return Response.ok(page.html()).header("Cache-Control", ONE_MINUTE).build();
  }

  /** The page's style. */
  @GET
  @Path("/style.css")
  @Produces(CSS)
  public Response style() {
    return Response.ok(FrontPage.STYLE).header("Cache-Control", ONE_HOUR).build();
  }

  /** Whether the process is alive. */
  @GET
  @Path("/livez")
  @Produces(TEXT)
  public String alive() {
    return "alive\n";
  }

  /** Whether work is accepted and the log can be read. */
  @GET
  @Path("/readyz")
  @Produces(TEXT)
  public String ready() {
    routes.requireReady();
    return "ready\n";
  }
}
