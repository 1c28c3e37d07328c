package org.almoner.coordinator.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.blob.Blobs;
import org.almoner.coordinator.blob.RefusedBlob;
import org.almoner.coordinator.desk.AuditedOutput;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.route.AuditorRoutes;
import org.almoner.coordinator.http.route.OutputRoute;
import org.almoner.coordinator.http.route.Refusals;
import org.almoner.coordinator.http.route.Tokens;
import org.almoner.coordinator.http.route.UploadRoute;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonValue;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * Blobs and outputs by digest. Beside Jersey because these bodies are large: they are read and
 * written as the network has room, and no thread waits for it.
 */
final class BlobHandler {
  private static final String BLOBS = "/api/v1/blobs/";
  private static final String OUTPUTS = "/api/v1/outputs/";
  private static final String UPLOADS = "/api/v1/uploads/";

  /** What is answered here, method and path. */
  static final List<String> ROUTES =
      List.of(
          "GET " + BLOBS + "{sha256}",
          "HEAD " + BLOBS + "{sha256}",
          "PUT " + BLOBS + "{sha256}",
          "GET " + OUTPUTS + "{sha256}",
          "HEAD " + OUTPUTS + "{sha256}",
          "GET " + UPLOADS + "{sha256}");

  private static final String OCTETS = "application/octet-stream";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String FOR_OWNER = "private, max-age=31536000, immutable";

  private final Desk desk;
  private final OutputRoute outputRoute;
  private final AuditorRoutes audits;
  private final UploadRoute uploads;
  private final Blobs inputs;
  private final Blobs outputs;
  private final HttpLimits limits;
  private final Problems problems;
  private final Places inputPlaces;
  private final Places outputPlaces;

  BlobHandler(
      Desk desk, Tokens tokens, Blobs inputs, Blobs outputs, HttpLimits limits, Problems problems) {
    this.desk = desk;
    this.outputRoute = new OutputRoute(desk, tokens);
    this.audits = new AuditorRoutes(desk, tokens);
    this.uploads = new UploadRoute(desk, tokens, inputs, outputs);
    this.inputs = inputs;
    this.outputs = outputs;
    this.limits = limits;
    this.problems = problems;
    this.inputPlaces = new Places(limits.uploads(), HttpLimits.UPLOADS_OF_OWNER_MAX);
    this.outputPlaces = new Places(limits.uploads(), HttpLimits.UPLOADS_OF_AGENT_MAX);
  }

  /** Whether requests to {@code path} come here. */
  static boolean owns(String path) {
    return path.startsWith(BLOBS) || path.startsWith(OUTPUTS) || path.startsWith(UPLOADS);
  }

  /** Whether the body of {@code request} is read here, piece by piece. */
  static boolean takes(HttpRequestPacket request) {
    return request.getMethod() == Method.PUT && request.getRequestURI().startsWith(BLOBS);
  }

  void service(Request request, Response response, Exchange exchange) {
    PlainAnswer.headers(response);
    try {
      route(request, response, exchange);
    } catch (IOException | RuntimeException e) {
      refuse(response, e);
    }
  }

  private void route(Request request, Response response, Exchange exchange) throws IOException {
    String path = request.getRequestURI();
    if (path.startsWith(UPLOADS)) {
      tellReceived(request, response, digest(path.substring(UPLOADS.length())));
      return;
    }
    boolean isBlob = path.startsWith(BLOBS);
    Hash digest = digest(path.substring(isBlob ? BLOBS.length() : OUTPUTS.length()));
    Method method = request.getMethod();
    if (method == Method.GET || method == Method.HEAD) {
      if (isBlob) {
        send(request, response, exchange, inputs, digest, FOR_EVER);
      } else {
        sendOutput(request, response, exchange, digest);
      }
    } else if (method == Method.PUT && isBlob) {
      receive(request, exchange, digest);
    } else {
      response.setHeader("Allow", isBlob ? "GET, HEAD, PUT" : "GET, HEAD");
      throw new Refusal(Problems.methodNotAllowed());
    }
  }

  /** How far an owner's upload that broke off has come. */
  private void tellReceived(Request request, Response response, Hash digest) throws IOException {
    if (request.getMethod() != Method.GET) {
      response.setHeader("Allow", "GET");
      throw new Refusal(Problems.methodNotAllowed());
    }
    long received = uploads.received(request.getHeader("Authorization"), digest);
    PlainAnswer.json(response, 200, JsonValue.Obj.of().put("received", received).build());
  }

  private void sendOutput(Request request, Response response, Exchange exchange, Hash digest)
      throws IOException {
    String leaf = request.getParameter("leaf");
    if (leaf != null) {
      sendAudited(request, response, exchange, leaf, digest);
      return;
    }
    outputRoute.require(
        request.getHeader("Authorization"),
        request.getParameter("batch"),
        request.getParameter("unit"),
        digest);
    Optional<Bytes> inline = desk.output(digest);
    if (inline.isPresent()) {
      response.setHeader("Cache-Control", FOR_OWNER);
      PlainAnswer.octets(response, 200, OCTETS, inline.get());
    } else if (desk.agreedOutput(digest)) {
      send(request, response, exchange, outputs, digest, FOR_OWNER);
    } else {
      throw absent(digest);
    }
  }

  private void sendAudited(
      Request request, Response response, Exchange exchange, String leaf, Hash digest)
      throws IOException {
    AuditedOutput found = audits.output(request.getHeader("Authorization"), leaf, digest);
    if (found instanceof AuditedOutput.Inline inline) {
      response.setHeader("Cache-Control", FOR_OWNER);
      PlainAnswer.octets(response, 200, OCTETS, inline.bundle());
    } else {
      send(request, response, exchange, outputs, digest, FOR_OWNER);
    }
  }

  private void send(
      Request request,
      Response response,
      Exchange exchange,
      Blobs store,
      Hash digest,
      String caching)
      throws IOException {
    FileChannel file = store.read(digest).orElseThrow(() -> absent(digest));
    boolean handedOver = false;
    try {
      long size = file.size();
      String tag = "\"" + digest.toHex() + "\"";
      response.setHeader("ETag", tag);
      response.setHeader("Accept-Ranges", "bytes");
      if (tag.equals(request.getHeader("If-None-Match"))) {
        response.setHeader("Cache-Control", caching);
        response.setStatus(HttpStatus.NOT_MODIFIED_304);
        return;
      }
      Optional<ByteRange> range = range(request, response, size, tag);
      ByteRange part = range.orElse(new ByteRange(0, size - 1));
      if (range.isPresent()) {
        response.setStatus(HttpStatus.PARTIAL_CONTENT_206);
        response.setHeader("Content-Range", "bytes " + part.from() + "-" + part.to() + "/" + size);
      }
      response.setHeader("Cache-Control", caching);
      response.setContentType(OCTETS);
      response.setContentLengthLong(part.length());
      if (request.getMethod() == Method.GET && part.length() > 0) {
        exchange.travel(limits);
        handedOver = true;
        new Download(file, part, response, sent -> exchange.travelled(sent, limits)).start();
      }
    } finally {
      if (!handedOver) {
        file.close();
      }
    }
  }

  private static Optional<ByteRange> range(
      Request request, Response response, long size, String tag) {
    String condition = request.getHeader("If-Range");
    if (condition != null && !condition.equals(tag)) {
      return Optional.empty();
    }
    try {
      return ByteRange.parse(request.getHeader("Range"), size);
    } catch (ByteRange.Unsatisfiable e) {
      response.setHeader("Content-Range", "bytes */" + size);
      throw new Refusal(
          416,
          "range-not-satisfiable",
          "The range lies beyond the end",
          "the blob has " + size + " octets; ask for a range inside it");
    }
  }

  private void receive(Request request, Exchange exchange, Hash digest) throws IOException {
    UploadRoute.Permit permit =
        uploads.permit(
            request.getHeader("Authorization"), request.getHeader(UploadRoute.HEADER), digest);
    ContentRange rest =
        ContentRange.parse(request.getHeader("Content-Range"), request.getContentLengthLong());
    if (rest.total() > permit.bytesMax()) {
      throw Refusals.tooLarge(
          "at most "
              + permit.bytesMax()
              + " octets are taken here and "
              + rest.total()
              + " were announced; send what was announced");
    }
    Places places = permit.isOutput() ? outputPlaces : inputPlaces;
    Optional<String> none = places.take(permit.sender());
    if (none.isPresent()) {
      throw Refusals.busy(none.get());
    }
    long bytesMax = rest.total() < 0 ? permit.bytesMax() : rest.total();
    boolean handedOver = false;
    try {
      exchange.travel(limits);
      Receiving receiving =
          new Receiving(
              permit.opening().open(rest.from(), bytesMax),
              permit.keeping(),
              request,
              this,
              received -> exchange.travelled(received, limits),
              () -> places.leave(permit.sender()));
      handedOver = true;
      receiving.start();
    } catch (RefusedBlob e) {
      throw refusal(e);
    } finally {
      if (!handedOver) {
        places.leave(permit.sender());
      }
    }
  }

  /** Refuses; the connection ends when octets of the body may still be coming. */
  void refuse(Response response, Throwable failure) {
    HttpRequestPacket request = response.getRequest().getRequest();
    if (takes(request)) {
      response.setHeader("Connection", "close");
      if (request.requiresAcknowledgement()) {
        request.setExpectContent(false); // The sender waits to be told to go on, and will not be.
      }
      Exchange.of(request.getConnection()).giveUp(limits.request());
    }
    Throwable told = failure instanceof RefusedBlob refused ? refusal(refused) : failure;
    PlainAnswer.problem(response, problems, told);
  }

  private static Refusal refusal(RefusedBlob refused) {
    String sentence = String.valueOf(refused.getMessage());
    return switch (refused.reason()) {
      case TOO_LARGE -> Refusals.tooLarge(sentence);
      case OTHER_DIGEST -> Refusals.otherDigest(sentence);
      case OTHER_OFFSET -> Refusals.otherOffset(sentence);
      case NO_SPACE -> Refusals.noSpace(sentence);
    };
  }

  private static Hash digest(String hex) {
    try {
      return Hash.parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw Refusals.notFound("blobs are named by their SHA-256: " + e.getMessage());
    }
  }

  private static Refusal absent(Hash digest) {
    return Refusals.notFound("no blob " + digest + " is here; check the digest, or send it first");
  }
}
