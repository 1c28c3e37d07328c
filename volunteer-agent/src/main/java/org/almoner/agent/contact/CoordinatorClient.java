package org.almoner.agent.contact;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.proof.Receipt;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.RenewalAnswer;
import org.almoner.protocol.problem.Problem;

/**
 * The coordinator's routes as the agent uses them.
 *
 * <p>Every call may be sent again: it is, up to {@link #ATTEMPTS} times, when the connection fails
 * or the coordinator says that it is busy. Bodies are bounded; redirects are not followed; a no
 * counts only as problem+json, so that a proxy's error page refuses nothing.
 */
public final class CoordinatorClient implements Contact {
  /** Times a request is sent before the call gives up for now. */
  public static final int ATTEMPTS = 3;

  /** Longest JSON answer, in octets: a full grant in base64 is 350 KB. */
  public static final int ANSWER_OCTETS_MAX = 1 << 20;

  /** The call itself waits no longer than this between attempts; longer waits are the caller's. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String API = "api/v1/";
  private static final String JSON = "application/json";
  private static final int PROXY_WANTS_NAME = 407;

  /** A small answer has four times the stall limit in all. */
  private static final long SMALL_ROUNDS = 4;

  private final CoordinatorAddress address;
  private final Exchange exchange;
  private final Backoff backoff;
  private final Sleeper sleeper;

  /**
   * Talks to the coordinator at {@code address}.
   *
   * @param http follows no redirects; {@link #transport} makes one
   * @param stallMax a request that moves no octet for so long is broken off
   * @param allowance what may be moved in a day
   */
  public CoordinatorClient(
      CoordinatorAddress address,
      HttpClient http,
      Duration stallMax,
      Allowance allowance,
      Backoff backoff,
      Sleeper sleeper) {
    this.address = address;
    this.exchange = new Exchange(http, stallMax, allowance);
    this.backoff = backoff;
    this.sleeper = sleeper;
  }

  /** As the other one, with no limit on what is moved in a day. */
  public CoordinatorClient(
      CoordinatorAddress address,
      HttpClient http,
      Duration stallMax,
      Backoff backoff,
      Sleeper sleeper) {
    this(address, http, stallMax, Allowance.unlimited(), backoff, sleeper);
  }

  /** Settings every agent's connections share. */
  public static HttpClient.Builder transport() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(Duration.ofSeconds(20));
  }

  @Override
  public Answer<Pinned> origin() throws InterruptedException {
    return json(get("origin").build(), Pinned::parse);
  }

  @Override
  public Answer<Receipt> enrol(Envelope enrolment) throws InterruptedException {
    return json(post("enrolments", enrolment.toJson()), Receipt::parse);
  }

  @Override
  public Answer<Receipt> link(Envelope link) throws InterruptedException {
    return json(post("links", link.toJson()), Receipt::parse);
  }

  @Override
  public Answer<LeaseAnswer> lease(Envelope request) throws InterruptedException {
    return json(
        post("leases", request.toJson()), CoordinatorClient::leaseAnswer, Allowance.Use.WORK);
  }

  /** Says how far leases in hand have come. */
  public Answer<RenewalAnswer> renew(Envelope renewal) throws InterruptedException {
    return json(post("renewals", renewal.toJson()), RenewalAnswer::parse);
  }

  @Override
  public Answer<Receipt> report(Envelope report, Map<Hash, Bytes> outputs, long knownSize)
      throws InterruptedException {
    JsonValue.Builder inline = JsonValue.Obj.of();
    outputs.forEach(
        (digest, octets) ->
            inline.put(digest.toHex(), Base64.getEncoder().encodeToString(octets.toArray())));
    JsonValue.Obj body =
        JsonValue.Obj.of()
            .put("report", report.toJson())
            .put("outputs", inline.build())
            .put("knownSize", knownSize)
            .build();
    return json(post("reports", body), Receipt::parse);
  }

  /**
   * Downloads a blob to a file, and believes it only when size and digest are those of {@code ref}.
   */
  public Answer<Path> download(BlobRef ref, Path file) throws IOException, InterruptedException {
    HttpRequest request = get("blobs/" + ref.digest().toHex()).build();
    return insist(
        () -> {
          FileSink sink = new FileSink(file);
          try {
            Exchange.Response response =
                exchange.send(
                    request,
                    sink,
                    ref.bytes(),
                    new AtomicLong(),
                    Long.MAX_VALUE,
                    Allowance.Use.WORK);
            return read(
                response,
                body -> {
                  Hash digest = sink.digest();
                  if (sink.size() != ref.bytes() || !digest.equals(ref.digest())) {
                    throw new MalformedJson(
                        "expected "
                            + ref.bytes()
                            + " octets of digest "
                            + ref.digest()
                            + ", got "
                            + sink.size()
                            + " of "
                            + digest);
                  }
                  return file;
                });
          } finally {
            sink.abandon();
          }
        });
  }

  @Override
  public Answer<Hash> upload(Envelope announcement, Hash digest, Path file)
      throws IOException, InterruptedException {
    byte[] transit = CanonicalJson.encode(announcement.toJson());
    AtomicLong progress = new AtomicLong();
    HttpRequest request =
        request("blobs/" + digest.toHex())
            .header("Content-Type", "application/octet-stream")
            .header("Almoner-Upload", Base64.getEncoder().encodeToString(transit))
            .PUT(new CountedUpload(BodyPublishers.ofFile(file), progress))
            .build();
    return insist(
        () ->
            read(
                exchange.send(
                    request,
                    new MemorySink(),
                    ANSWER_OCTETS_MAX,
                    progress,
                    Long.MAX_VALUE,
                    Allowance.Use.WORK),
                body -> digest));
  }

  private <T> Answer<T> json(HttpRequest request, JsonReader<T> reader)
      throws InterruptedException {
    return json(request, reader, Allowance.Use.PROOF);
  }

  private <T> Answer<T> json(HttpRequest request, JsonReader<T> reader, Allowance.Use use)
      throws InterruptedException {
    return insist(
        () ->
            read(
                exchange.send(
                    request,
                    new MemorySink(),
                    ANSWER_OCTETS_MAX,
                    new AtomicLong(),
                    SMALL_ROUNDS,
                    use),
                body -> reader.read(JsonFields.of(JsonParser.parseObject(body.toArray())))));
  }

  private <T> Answer<T> insist(Attempt<T> attempt) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      Answer<T> answer;
      try {
        answer = attempt.once();
      } catch (AllowanceSpent e) {
        return new Answer.Unavailable<>(sentence(e), e.untilTomorrow());
      } catch (FileSink.Full e) {
        return new Answer.Unavailable<>(sentence(e), Duration.ZERO);
      } catch (IOException e) {
        answer =
            new Answer.Unavailable<>(
                "no answer from " + address + ": " + sentence(e), Duration.ZERO);
      }
      if (!(answer instanceof Answer.Unavailable<T> not) || failures == ATTEMPTS) {
        return answer;
      }
      Duration wait = backoff.after(failures, not.retryAfter());
      if (wait.compareTo(PATIENCE) > 0) {
        return answer;
      }
      sleeper.sleep(wait);
    }
  }

  private <T> Answer<T> read(Exchange.Response response, BodyReader<T> reader) {
    int status = response.status();
    if (status == 200 || status == 201 || status == 204) {
      try {
        return new Answer.Given<>(reader.read(response.body()));
      } catch (MalformedJson e) {
        return new Answer.Unavailable<>(
            address + " gave an answer that is not a coordinator's: " + e.getMessage(),
            Duration.ZERO);
      }
    }
    Duration retryAfter = seconds(response.header("Retry-After"));
    if (status == 202) {
      return new Answer.Unavailable<>("received, but not in the log yet", retryAfter);
    }
    if (status == PROXY_WANTS_NAME) {
      return new Answer.Unavailable<>(
          "the proxy on the way to "
              + address
              + " wants a name and password; write them in https_proxy, as"
              + " http://NAME:PASSWORD@HOST:PORT",
          retryAfter);
    }
    if (!response.header("Content-Type").startsWith(Problem.MEDIA_TYPE)) {
      return new Answer.Unavailable<>(
          address + " answered with status " + status + " and no reason that an agent can read",
          retryAfter);
    }
    try {
      Problem problem =
          Problem.parse(JsonFields.of(JsonParser.parseObject(response.body().toArray())));
      boolean passing = status >= 500 || status == 408 || status == 425 || status == 429;
      return passing
          ? new Answer.Unavailable<>(problem.detail(), retryAfter)
          : new Answer.Refused<>(problem);
    } catch (MalformedJson e) {
      return new Answer.Unavailable<>(
          address + " answered with status " + status + " and a damaged reason: " + e.getMessage(),
          retryAfter);
    }
  }

  private static LeaseAnswer leaseAnswer(JsonFields fields) throws MalformedJson {
    LeaseAnswer answer =
        fields.has("grant")
            ? new LeaseAnswer.Granted(Envelope.parse(Envelope.Kind.GRANT, fields.object("grant")))
            : new LeaseAnswer.NoWork(
                Duration.ofMillis(fields.integer("retryAfterMs", 0, JsonValue.INTEGER_MAX)),
                fields.text("reason", 1_000));
    fields.end();
    return answer;
  }

  /** Only the plain form in seconds: the other one needs two clocks that agree. */
  private static Duration seconds(String retryAfter) {
    return retryAfter.matches("[0-9]{1,7}")
        ? Duration.ofSeconds(Long.parseLong(retryAfter))
        : Duration.ZERO;
  }

  private static String sentence(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private HttpRequest.Builder request(String route) {
    return HttpRequest.newBuilder(address.resolve(API + route))
        .header("Accept", JSON + ", " + Problem.MEDIA_TYPE);
  }

  private HttpRequest.Builder get(String route) {
    return request(route).GET();
  }

  private HttpRequest post(String route, JsonValue.Obj body) {
    return request(route)
        .header("Content-Type", JSON)
        .POST(BodyPublishers.ofByteArray(CanonicalJson.encode(body)))
        .build();
  }

  @FunctionalInterface
  private interface Attempt<T> {
    Answer<T> once() throws IOException, InterruptedException;
  }

  @FunctionalInterface
  private interface BodyReader<T> {
    T read(Bytes body) throws MalformedJson;
  }

  @FunctionalInterface
  private interface JsonReader<T> {
    T read(JsonFields fields) throws MalformedJson;
  }
}
