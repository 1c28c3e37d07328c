package org.almoner.coordinator.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.almoner.coordinator.http.page.FrontPage;
import org.almoner.coordinator.http.page.Sheet;
import org.almoner.coordinator.http.route.PublicRoutes;

/** Paths of what anyone asks. */
@Path("/")
public final class PublicResource {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String ICON = "image/svg+xml";
  private static final String YAML = "application/yaml";
  private static final String ASK_AGAIN = "no-cache";
  private static final String ONE_HOUR = "public, max-age=3600";

  /** {@code docs/api/openapi.yaml}. */
  private static final String OPEN_API = openApiFile();

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
    return Response.ok(page.html())
        .header("Cache-Control", ASK_AGAIN)
        .header(HouseHeaders.POLICY, HouseHeaders.LIVE_POLICY)
        .build();
  }

  /** The pages' style. */
  @GET
  @Path("/style.css")
  @Produces(CSS)
  public Response style() {
    return kept(Sheet.STYLE);
  }

  /** The front page's script. */
  @GET
  @Path("/page.js")
  @Produces(SCRIPT)
  public Response script() {
    return kept(Sheet.SCRIPT);
  }

  /** The pages' icon. */
  @GET
  @Path("/icon.svg")
  @Produces(ICON)
  public Response icon() {
    return kept(Sheet.ICON);
  }

  /** This interface for programs, as OpenAPI. */
  @GET
  @Path("/openapi.yaml")
  @Produces(YAML)
  public Response openApi() {
    return kept(OPEN_API);
  }

  private static Response kept(String file) {
    return Response.ok(file).header("Cache-Control", ONE_HOUR).build();
  }

  private static String openApiFile() {
    try (InputStream in = PublicResource.class.getResourceAsStream("openapi.yaml")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
