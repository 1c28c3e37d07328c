package org.almoner.coordinator.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.ObjectionView;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.page.DonorPage;
import org.almoner.coordinator.http.page.IssuedDocuments;
import org.almoner.coordinator.http.page.RefusedForm;
import org.almoner.coordinator.http.rate.ClientNet;
import org.almoner.coordinator.http.route.Attempts;
import org.almoner.coordinator.http.route.FormToken;
import org.almoner.coordinator.http.route.LineRoutes;
import org.almoner.coordinator.http.route.ObjectionForm;
import org.almoner.coordinator.http.route.Refusals;
import org.almoner.coordinator.http.route.SameSite;
import org.almoner.coordinator.http.route.Sessions;
import org.almoner.coordinator.http.route.Tokens;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.glassfish.grizzly.http.server.Request;
import org.jspecify.annotations.Nullable;

/** Paths of a donor's own page: signing in with the token of the account, and out again. */
@Path("/me")
public final class MeResource {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String FETCH_SITE = "Sec-Fetch-Site";
  private static final URI ME = URI.create("/me");

  private final Desk desk;
  private final IssuedDocuments documents;
  private final DonorPage page;
  private final Sessions sessions;
  private final Attempts attempts;
  private final SlowReads reads;

  MeResource(
      Desk desk,
      IssuedDocuments documents,
      DonorPage page,
      Sessions sessions,
      Attempts attempts,
      SlowReads reads) {
    this.desk = desk;
    this.documents = documents;
    this.page = page;
    this.sessions = sessions;
    this.attempts = attempts;
    this.reads = reads;
  }

  /** The donor's page, or the form to sign in. */
  @GET
  public void me(
      @HeaderParam(HttpHeaders.COOKIE) @Nullable String cookies, @Suspended AsyncResponse waiting) {
    Optional<DonorId> donor = donor(cookies);
    if (donor.isEmpty()) {
      waiting.resume(html(200, page.signIn("")).build());
      return;
    }
    reads.answer(waiting, () -> mine(200, donor.get(), RefusedForm.NONE));
  }

  private Response mine(int status, DonorId donor, RefusedForm refused) throws IOException {
    return html(
            status,
            page.html(donor, desk.standing(donor), documents.of(donor), objections(donor), refused))
        .build();
  }

  private List<ObjectionView> objections(DonorId donor) {
    return desk.lines().objections().stream().filter(o -> o.donor().equals(donor)).toList();
  }

  /** Objects to what became of a line. */
  @POST
  @Path("/objections")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public void object(
      @HeaderParam(FETCH_SITE) @Nullable String site,
      @HeaderParam(HttpHeaders.COOKIE) @Nullable String cookies,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    SameSite.require(site);
    Optional<DonorId> donor = donor(cookies);
    if (donor.isEmpty()) {
      waiting.resume(Response.seeOther(ME).build());
      return;
    }
    ObjectionForm form = ObjectionForm.read(body);
    reads.answer(
        waiting,
        () -> {
          try {
            var unused = LineRoutes.objecting(desk, donor.get(), form.leaf(), form.words());
            return Response.seeOther(ME).build();
          } catch (Refusal no) {
            String sentence = "This was not taken: " + no.problem().detail() + ".";
            return mine(
                no.problem().status(),
                donor.get(),
                new RefusedForm(sentence, Long.toString(form.leaf()), form.words()));
          }
        });
  }

  /** Signs in. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response signIn(
      @HeaderParam(FETCH_SITE) @Nullable String site,
      byte[] body,
      @Context Request request,
      @Context UriInfo uri) {
    SameSite.require(site);
    String token = FormToken.read(body);
    String address =
        Exchange.of(request.getContext().getConnection())
            .client()
            .map(ClientNet::toString)
            .orElse("");
    if (!attempts.mayTry(address)) {
      return html(
              429,
              page.signIn(
                  "Too many wrong tokens came from your address. Wait a minute and try again."))
          .header(HttpHeaders.RETRY_AFTER, Attempts.WINDOW.toSeconds())
          .build();
    }
    Optional<DonorId> donor =
        token.length() > Tokens.TOKEN_MAX ? Optional.empty() : desk.donorOf(token);
    if (donor.isEmpty()) {
      attempts.wrong(address);
      return html(
              403,
              page.signIn(
                  "This token opens no account here. Check that it was copied whole, or ask the"
                      + " operator for a new one."))
          .build();
    }
    return Response.seeOther(ME)
        .header(HttpHeaders.SET_COOKIE, SessionCookie.set(sessions.open(donor.get()), secure(uri)))
        .build();
  }

  /** Signs out. */
  @POST
  @Path("/sign-out")
  public Response signOut(
      @HeaderParam(FETCH_SITE) @Nullable String site,
      @HeaderParam(HttpHeaders.COOKIE) @Nullable String cookies,
      @Context UriInfo uri) {
    SameSite.require(site);
    SessionCookie.read(cookies).ifPresent(sessions::close);
    return Response.seeOther(ME)
        .header(HttpHeaders.SET_COOKIE, SessionCookie.clear(secure(uri)))
        .build();
  }

  /** One of the donor's documents: {@code file} is {@code pdf} or {@code evidence}. */
  @GET
  @Path("/documents/{number}/{file}")
  public void document(
      @HeaderParam(HttpHeaders.COOKIE) @Nullable String cookies,
      @PathParam("number") String number,
      @PathParam("file") String file,
      @Suspended AsyncResponse waiting) {
    Optional<DonorId> donor = donor(cookies);
    if (donor.isEmpty()) {
      waiting.resume(Response.seeOther(ME).build());
      return;
    }
    reads.answer(waiting, () -> file(donor.get(), number, file));
  }

  private Response file(DonorId donor, String number, String file) throws IOException {
    Optional<IssuedDocuments.Part> part = IssuedDocuments.Part.of(file);
    Optional<Bytes> octets =
        part.isEmpty() ? Optional.empty() : documents.file(donor, number, part.get());
    if (part.isEmpty() || octets.isEmpty()) {
      throw Refusals.notFound("no such document was issued to you; the page /me lists yours");
    }
    String name = part.get().fileName(number);
    return Response.ok(octets.get().toArray(), part.get().type())
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .build();
  }

  private Optional<DonorId> donor(@Nullable String cookies) {
    // Who was erased while signed in is signed out.
    return SessionCookie.read(cookies)
        .flatMap(sessions::donorOf)
        .filter(donor -> !desk.isErased(donor));
  }

  private static Response.ResponseBuilder html(int status, String html) {
    return Response.status(status)
        .entity(html)
        .type(HTML)
        .header(HouseHeaders.POLICY, HouseHeaders.FORM_POLICY);
  }

  /**
   * Whether the browser may send the cookie over TLS alone. A proxy that speaks TLS for us is not
   * seen from here, so only who came by a name of this computer itself is spared it.
   */
  private static boolean secure(UriInfo uri) {
    URI base = uri.getBaseUri();
    return "https".equals(base.getScheme()) || !isLoopback(base.getHost());
  }

  private static boolean isLoopback(@Nullable String host) {
    if (host == null) {
      return false;
    }
    if (host.equals("localhost")) {
      return true;
    }
    boolean isAddress = host.startsWith("[") || host.matches("[0-9.]+");
    try {
      return isAddress && InetAddress.getByName(host).isLoopbackAddress();
    } catch (java.net.UnknownHostException e) {
      return false;
    }
  }
}
