package org.almoner.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.almoner.coordinator.blob.Blobs;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenTests {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::", "2001:db8::1"})
  void anAddressOthersReachIsNotServedInTheClear(String host) {
    assertThatThrownBy(() -> Listen.plain(new InetSocketAddress(host, 8080)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without TLS would show tokens to the network; give --tls FILE");
  }

  @Test
  void aHostWithoutAnAddressIsNamed() {
    assertThatThrownBy(() -> Listen.plain(InetSocketAddress.createUnresolved("nowhere.invalid", 1)))
        .hasMessage(
            "the host nowhere.invalid has no address; listen on an address of this machine");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());
      assertThatThrownBy(() -> start(Listen.plain(address)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .hasMessageEndingWith("; choose another port, or stop what listens there");
    }
  }

  @Test
  void exactlyOneSocketListens() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/self/net/tcp")), "tool missing: /proc");
    Set<Integer> before = listeningPorts();
    try (HttpFace face = start(Listen.plain(loopback()))) {
      Set<Integer> opened = new HashSet<>(listeningPorts());
      opened.removeAll(before);
      assertThat(opened).containsExactly(face.address().getPort());
    }
    assertThat(listeningPorts()).isEqualTo(before);
  }

  @Test
  void tlsIsSpokenWithTheKeyOfTheFile() throws Exception {
    Path file = pkcs12();
    try (HttpFace face = start(Listen.tls(loopback(), file, PASSWORD))) {
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(file)).build();
      URI uri = URI.create("https://localhost:" + face.address().getPort());
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri.resolve("/livez")).build(), BodyHandlers.ofString());
      assertThat(response.body()).isEqualTo("alive\n");
      assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
      assertThat(response.headers().firstValue("Strict-Transport-Security"))
          .hasValue("max-age=31536000");

      byte[] octets = new byte[500_000];
      new Random(1).nextBytes(octets);
      URI blob = uri.resolve("/api/v1/blobs/" + Hash.sha256(octets));
      HttpResponse<String> sent =
          client.send(
              HttpRequest.newBuilder(blob)
                  .header("Authorization", "Bearer " + LiveFace.OPERATOR)
                  .PUT(HttpRequest.BodyPublishers.ofByteArray(octets))
                  .build(),
              BodyHandlers.ofString());
      assertThat(sent.statusCode()).isEqualTo(201);
      assertThat(
              client.send(HttpRequest.newBuilder(blob).build(), BodyHandlers.ofByteArray()).body())
          .isEqualTo(octets);
    }
  }

  @Test
  void aRenewedCertificateIsShownToWhoeverConnectsNext() throws Exception {
    Path certificate = Files.write(folder.resolve("server.crt"), pem("ec.crt"));
    Path key = Files.write(folder.resolve("server.key"), pem("ec-old.key"));
    Listen listen = Listen.pem(loopback(), certificate, key);
    try (HttpFace face = start(listen)) {
      assertThat(shownBy(face)).isEqualTo("EC");
      Files.write(certificate, pem("rsa.crt"));
      Files.write(key, pem("rsa.key"));
      assertThat(listen.tls().orElseThrow().look(java.time.Instant.now())).isTrue();
      assertThat(shownBy(face)).isEqualTo("RSA");
    }
  }

  private static byte[] pem(String name) throws Exception {
    try (var in = ListenTests.class.getResourceAsStream("tls/" + name)) {
      return in.readAllBytes();
    }
  }

  /** Kind of the key in the certificate that a caller meets. */
  private static String shownBy(HttpFace face) throws Exception {
    SSLContext anything = SSLContext.getInstance("TLS");
    anything.init(null, new TrustManager[] {new TrustsAnything()}, null);
    try (var socket =
        (SSLSocket)
            anything
                .getSocketFactory()
                .createSocket(face.address().getAddress(), face.address().getPort())) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      return socket.getSession().getPeerCertificates()[0].getPublicKey().getAlgorithm();
    }
  }

  /** For looking at certificates, not for believing them. */
  private static final class TrustsAnything extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] c, String a, java.net.Socket s) {}

    @Override
    public void checkServerTrusted(X509Certificate[] c, String a, java.net.Socket s) {}

    @Override
    public void checkClientTrusted(X509Certificate[] c, String a, javax.net.ssl.SSLEngine e) {}

    @Override
    public void checkServerTrusted(X509Certificate[] c, String a, javax.net.ssl.SSLEngine e) {}

    @Override
    public void checkClientTrusted(X509Certificate[] c, String a) {}

    @Override
    public void checkServerTrusted(X509Certificate[] c, String a) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void aTlsFileThatCannotServeIsNamed() throws Exception {
    Path absent = folder.resolve("absent.p12");
    assertThatThrownBy(() -> Listen.tls(loopback(), absent, PASSWORD))
        .hasMessage("the TLS file " + absent + " cannot be read; name a PKCS#12 file");
    Path text = Files.writeString(folder.resolve("text.p12"), "no key at all");
    assertThatThrownBy(() -> Listen.tls(loopback(), text, PASSWORD))
        .hasMessageContaining(" is not a PKCS#12 file; export the key");
    Path file = pkcs12();
    assertThatThrownBy(() -> Listen.tls(loopback(), file, "wrong".toCharArray()))
        .hasMessage("the TLS file " + file + " does not open with the password given");
    KeyStore empty = KeyStore.getInstance("PKCS12");
    empty.load(null, PASSWORD);
    Path keyless = folder.resolve("keyless.p12");
    try (var out = Files.newOutputStream(keyless)) {
      empty.store(out, PASSWORD);
    }
    assertThatThrownBy(() -> Listen.tls(loopback(), keyless, PASSWORD))
        .hasMessageContaining("holds no private key");
  }

  @Test
  void aSourceLinkNoBrowserFollowsIsRefused() {
    assertThatThrownBy(
            () ->
                new HttpSettings(
                    Listen.plain(loopback()),
                    HttpLimits.standard(),
                    Hash.ZERO,
                    URI.create("javascript:alert(1)")))
        .hasMessageStartingWith("the source link must start with https://");
  }

  private HttpFace start(Listen listen) throws IOException {
    return HttpFace.start(
        new HttpSettings(
            listen,
            HttpLimits.standard(),
            Hash.sha256(LiveFace.OPERATOR.getBytes(StandardCharsets.UTF_8)),
            URI.create("https://source.example/")),
        new ScriptedDesk(),
        Blobs.open(folder.resolve("inputs"), 0),
        Blobs.open(folder.resolve("outputs"), 0),
        new HttpFace.Shown(Optional::empty, new DayTiles(), new FewDocuments()),
        List.of(),
        InstantSource.system(),
        new SecureRandom());
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Ports on which this very process listens, from the kernel's tables. */
  private static Set<Integer> listeningPorts() throws IOException {
    Set<String> ours = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:[")) {
            ours.add(target.substring("socket:[".length(), target.length() - 1));
          }
        } catch (IOException closedMeanwhile) {
          continue;
        }
      }
    }
    Set<Integer> ports = new HashSet<>();
    for (String table : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] cells = line.strip().split("\\s+");
        if (cells.length > 9 && cells[3].equals("0A") && ours.contains(cells[9])) {
          ports.add(Integer.parseInt(cells[1].substring(cells[1].lastIndexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  private Path pkcs12() throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    assumeTrue(Files.isExecutable(keytool), "tool missing: keytool");
    Path file = folder.resolve("tls.p12");
    List<String> command =
        new ArrayList<>(
            List.of(keytool.toString(), "-genkeypair", "-alias", "tls", "-keyalg", "EC"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD)));
    command.addAll(List.of("-dname", "CN=localhost", "-ext", "san=dns:localhost"));
    command.addAll(List.of("-keystore", file.toString()));
    Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    return file;
  }

  private static SSLContext trusting(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("tls", store.getCertificate("tls"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
