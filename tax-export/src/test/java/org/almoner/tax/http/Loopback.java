package org.almoner.tax.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.issue.Deadlines;
import org.almoner.tax.issue.Desk;
import org.almoner.tax.issue.IssueRuns;
import org.almoner.tax.issue.Issuer;
import org.almoner.tax.issue.Terms;
import org.almoner.tax.jurisdiction.Reviewed;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.register.ReceiptRegister;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** All documents' paths on a port of the loopback, over a desk whose clock can be set. */
final class Loopback implements AutoCloseable {
  /** Jersey warns of every path that is handed over as an object; kept, or its level is lost. */
  private static final Logger SERVER = Logger.getLogger("org.glassfish");

  final TokenDoor door;
  final ReceiptRegister register;
  private final HttpServer server;
  private final ExecutorService work = Executors.newSingleThreadExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Loopback(Desk desk, Path runs) throws IOException {
    SERVER.setLevel(Level.SEVERE);
    door = new TokenDoor(desk.log);
    register = desk.register();
    Terms terms =
        new Terms(
            Reviewed.gate(), (donor, from, to) -> desk.donors.benefits().within(donor, from, to));
    Issuer issuer = desk.issuer(register, terms);
    IssueRuns over = new IssueRuns(issuer, runs, Runnable::run, () -> desk.now);
    Charity charity = new Charity("Example Commons", List.of(), "", "");
    Documents documents =
        new Documents(register, new Covers(charity, new StatementPdf(), () -> desk.now));
    Deadlines deadlines =
        new Deadlines(desk.log, register, desk.donors, terms, over::summaryOfAll, () -> desk.now);
    over.whenOver(deadlines::refresh);
    ResourceConfig config =
        new ResourceConfig()
            .registerInstances(
                new RegisterResource(door, desk.donors, issuer, documents, () -> desk.now, work),
                new DocumentResource(door, issuer, register, documents, () -> desk.now, work),
                new NamesResource(door, desk.donors, work),
                new BenefitsResource(door, desk.donors, issuer, register, () -> desk.now, work),
                new RunsResource(door, over, deadlines, work),
                new DonorResource(door, desk.donors, documents, issuer, () -> desk.now, work));
    server =
        GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), config, false);
    server.start();
  }

  /** A whole answer. */
  record Reply(int status, HttpResponse<byte[]> response) {
    byte[] octets() {
      return response.body();
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** A field of the object that came. */
    String field(String name) {
      try {
        JsonFields fields = JsonFields.of(JsonParser.parseObject(response.body()));
        return fields.freeText(name, 10_000);
      } catch (MalformedJson e) {
        throw new AssertionError(text(), e);
      }
    }
  }

  Reply get(String token, String path) throws Exception {
    return send(request(token, path).GET());
  }

  Reply post(String token, String path, JsonValue.Builder body) throws Exception {
    return send(
        request(token, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.encode(body.build()))));
  }

  private HttpRequest.Builder request(String token, String path) {
    int port = server.getListener("grizzly").getPort();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Reply send(HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Reply(response.statusCode(), response);
  }

  @Override
  public void close() {
    server.shutdownNow();
    work.shutdownNow();
  }
}
