package org.almoner.tax.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.issue.Issuer;
import org.almoner.tax.receipt.PageMark;
import org.jspecify.annotations.Nullable;

/** Paths for a donor, by their own token: who they are here, and their documents. */
@Path("/api/v1/me")
public final class DonorResource {
  private final FrontDoor door;
  private final DonorDirectory donors;
  private final Documents documents;
  private final Issuer issuer;
  private final InstantSource clock;
  private final Later later;

  /** Offers each donor their part of {@code documents}. */
  public DonorResource(
      FrontDoor door,
      DonorDirectory donors,
      Documents documents,
      Issuer issuer,
      InstantSource clock,
      java.util.concurrent.Executor executor) {
    this.door = door;
    this.donors = donors;
    this.documents = documents;
    this.issuer = issuer;
    this.clock = clock;
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

  /** The donor's years: those with documents, and the one that is running. */
  @GET
  @Path("/years")
  public void years(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Suspended AsyncResponse waiting) {
    DonorId donor = door.requireDonor(authorization);
    later.answer(
        waiting,
        () ->
            Later.json(
                JsonValue.Obj.of()
                    .put("running", runningYear(donor))
                    .put("years", documents.years(donor))
                    .build()));
  }

  /** What a year looks like so far: a PDF with a watermark, without number, seal or trace. */
  @GET
  @Path("/years/{year: [0-9]+}/preview")
  public void preview(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("year") int year,
      @Suspended AsyncResponse waiting) {
    DonorId donor = door.requireDonor(authorization);
    later.answer(
        waiting,
        () ->
            Documents.attached(
                issuer.preview(donor, year, PageMark.RUNNING).toArray(),
                "application/pdf",
                "running-" + year + ".pdf"));
  }

  private int runningYear(DonorId donor) throws java.io.IOException {
    return issuer.runningYear(donor, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  /**
   * One of the donor's sealed documents: {@code file} is {@code pdf}, {@code evidence}, {@code
   * csv}, {@code bundle}, all three, or {@code cover}, a sheet to lie before a paper copy.
   */
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
