package org.almoner.tax.seal;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A time-stamping authority on loopback with real replies, which can be told to misbehave. */
public final class TimeDouble implements AutoCloseable {
  private static final ASN1ObjectIdentifier POLICY = new ASN1ObjectIdentifier("1.3.6.1.4.1.4146.2");

  private final HttpServer server;
  private final Authorities.Holder holder;
  private final List<X509Certificate> sent;
  private final AtomicInteger asked = new AtomicInteger();

  /** What it says the time is. */
  public volatile Instant clock;

  /** How many of the next requests it answers with an error. */
  public volatile int failing;

  /** Whether it answers every request with the first reply it ever gave. */
  public volatile boolean repeating;

  /** Whether it refuses. */
  public volatile boolean refusing;

  /** Octets put behind each answer. */
  public volatile int surplus;

  private volatile byte[] first = new byte[0];

  public TimeDouble(Authorities.Holder holder, List<X509Certificate> sent, Instant clock)
      throws IOException {
    this.holder = holder;
    this.sent = sent;
    this.clock = clock;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          byte[] question = exchange.getRequestBody().readAllBytes();
          byte[] answer = failing > 0 ? new byte[0] : answer(question);
          exchange.getResponseHeaders().add("Content-Type", "application/timestamp-reply");
          exchange.sendResponseHeaders(
              failing > 0 ? 503 : 200, answer.length + surplus == 0 ? -1 : answer.length + surplus);
          failing = Math.max(0, failing - 1);
          exchange.getResponseBody().write(answer);
          exchange.getResponseBody().write(new byte[surplus]);
          exchange.close();
        });
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** How often it was asked. */
  public int asked() {
    return asked.get();
  }

  /** It as a charity asks it, which believes {@code roots}. */
  public StampingAuthority believed(List<X509Certificate> roots) {
    return new StampingAuthority(
        address().toString(),
        new HttpStampLine(HttpClient.newHttpClient(), address()),
        roots,
        new SecureRandom(),
        attempt -> {});
  }

  private byte[] answer(byte[] question) throws IOException {
    try {
      TimeStampRequest request = new TimeStampRequest(question);
      var hashes = new JcaDigestCalculatorProviderBuilder().build();
      TimeStampTokenGenerator tokens =
          new TimeStampTokenGenerator(
              new JcaSignerInfoGeneratorBuilder(hashes)
                  .build(SelfSigned.by(holder.pair().getPrivate()), holder.certificate()),
              hashes.get(new AlgorithmIdentifier(TSPAlgorithms.SHA256)),
              POLICY);
      tokens.addCertificates(new JcaCertStore(sent));
      TimeStampResponseGenerator replies =
          new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED);
      TimeStampResponse reply =
          refusing
              ? replies.generateRejectedResponse(new Exception("out of hours"))
              : replies.generateGrantedResponse(
                  request, BigInteger.valueOf(asked.get()), Date.from(clock));
      if (first.length == 0) {
        first = reply.getEncoded();
      }
      return repeating ? first : reply.getEncoded();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
