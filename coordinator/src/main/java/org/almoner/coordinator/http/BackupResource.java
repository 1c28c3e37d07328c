package org.almoner.coordinator.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.almoner.coordinator.http.route.BackupRoutes;
import org.almoner.protocol.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** Paths of copies that the operator has made. */
@Path(BackupResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public final class BackupResource {
  static final String PATH = "/api/v1/operator/backups";

  private final BackupRoutes routes;

  /** Answers with what {@code routes} say. */
  public BackupResource(BackupRoutes routes) {
    this.routes = routes;
  }

  /** Begins a copy. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response begin(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, byte[] body)
      throws MalformedJson, IOException {
    return Answers.json(routes.begin(authorization, body));
  }

  /** How far it has come. */
  @GET
  public Response progress(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
    return Answers.json(routes.progress(authorization));
  }
}
