package org.almoner.tax.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.jspecify.annotations.Nullable;

/** Paths for a donor, by their own token: who they are here, and their documents. */
@Path("/api/v1/me")
public final class DonorResource {
  private final FrontDoor door;
  private final DonorDirectory donors;
  private final Documents documents;
  private final Later later;

  /** Offers each donor their part of {@code documents}. */
  public DonorResource(
      FrontDoor door,
      DonorDirectory donors,
      Documents documents,
      java.util.concurrent.Executor executor) {
    this.door = door;
    this.donors = donors;
    this.documents = documents;
    this.later = new Later(executor);
  }

  /** The donor's pseudonym, name and documents. */
  @GET
  public void me(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Suspended AsyncResponse waiting) {
    DonorId donor = door.requireDonor(authorization);
    later.answer(
        waiting,
        () ->
            Later.json(
                JsonValue.Obj.of()
                    .put("donor", donor.toHex())
                    .put("name", donors.find(donor).map(Donor::name).orElse(""))
                    .put("documents", documents.of(donor))
                    .build()));
  }

  /** One of the donor's sealed documents: {@code file} is {@code pdf} or {@code evidence}. */
  @GET
  @Path("/documents/{number}/{file}")
  public void document(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("number") String number,
      @PathParam("file") String file,
      @Suspended AsyncResponse waiting) {
    DonorId donor = door.requireDonor(authorization);
    later.answer(waiting, () -> documents.fileOf(donor, number, file));
  }
}
