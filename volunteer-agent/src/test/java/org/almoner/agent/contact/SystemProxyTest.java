package org.almoner.agent.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.almoner.agent.world.ProxiedProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy that this computer is set up with. */
class SystemProxyTest {
  private static final URI COORDINATOR = URI.create("https://coordinator.example.org/api/v1/");
  private static final String ORIGIN =
      "{\"coordinatorKey\":\"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\","
          + "\"logKey\":\"log.example.org+1+x\",\"origin\":\"log.example.org\"}";

  @TempDir Path temp;

  @Test
  void theEnvironmentNamesItInLowerCaseFirst() {
    assertThat(proxy(Map.of("HTTPS_PROXY", "http://upper:1", "https_proxy", "http://lower:2")))
        .isEqualTo("lower:2");
    assertThat(proxy(Map.of("HTTPS_PROXY", "upper:1"))).isEqualTo("upper:1");
    assertThat(proxy(Map.of("ALL_PROXY", "http://all:3/"))).isEqualTo("all:3");
    assertThat(proxy(Map.of("https_proxy", "http://plain"))).isEqualTo("plain:80");
    assertThat(proxy(Map.of("http_proxy", "http://only-for-plain:1"))).isEqualTo("direct");
    assertThat(proxy(Map.of("https_proxy", " "))).isEqualTo("direct");
  }

  @Test
  void noProxyExceptsHostsAndDomains() {
    for (String but : List.of("coordinator.example.org", "a.b, .example.org", "EXAMPLE.org", "*")) {
      assertThat(proxy(Map.of("https_proxy", "p:1", "no_proxy", but))).isEqualTo("direct");
    }
    for (String but : List.of("", "example.com", "ample.org", "ordinator.example.org", ",")) {
      assertThat(proxy(Map.of("https_proxy", "p:1", "no_proxy", but))).isEqualTo("p:1");
    }
  }

  @Test
  void thisComputerIsReachedDirectly() {
    SystemProxy proxy = SystemProxy.of(Map.of("https_proxy", "p:1"), HttpClient.Builder.NO_PROXY);
    for (String own : List.of("http://localhost:1/", "http://127.0.0.1:1/", "https://[::1]:2/")) {
      assertThat(proxy.select(URI.create(own))).containsExactly(Proxy.NO_PROXY);
    }
  }

  @Test
  void withoutOneInTheEnvironmentJavasSettingsAreAsked() {
    ProxySelector java = ProxySelector.of(InetSocketAddress.createUnresolved("java", 4));
    SystemProxy proxy = SystemProxy.of(Map.of("no_proxy", "*"), java);
    assertThat(proxy.select(COORDINATOR).get(0).address()).hasToString("java/<unresolved>:4");
  }

  @Test
  void whatCannotBeUsedIsRefusedWithoutItsPassword() {
    for (String bad :
        List.of(
            "https://me:secret@proxy:1",
            "socks5://me:secret@proxy:1",
            "http://me:secret@",
            "http://secret@proxy:1",
            "http://me:secret@proxy:99999",
            "http://me:sec ret@proxy:1")) {
      assertThatThrownBy(() -> proxy(Map.of("https_proxy", bad)))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("https_proxy: ")
          .hasMessageContaining("write http://HOST:PORT")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void aNameAndPasswordAreSaidToTheProxyAlone() {
    Map<String, String> named =
        Map.of("https_proxy", "http://m%40e:p%3A%25+@proxy:1", "no_proxy", "direct.example.org");
    SystemProxy proxy = SystemProxy.of(named, HttpClient.Builder.NO_PROXY);
    assertThat(proxy.authorization(COORDINATOR)).isEqualTo("Basic bUBlOnA6JSs=");
    assertThat(proxy.authorization(URI.create("https://direct.example.org/"))).isEmpty();
    assertThat(proxy.authorization(URI.create("http://localhost/"))).isEmpty();
  }

  @Test
  void aCoordinatorIsReachedThroughARealProxyThatWantsANameAndPassword() throws Exception {
    Path store = certificate();
    List<String> headers = Collections.synchronizedList(new ArrayList<>());
    HttpsServer server = server(store, headers);
    try (TunnelProxy proxy = new TunnelProxy(server.getAddress().getPort())) {
      String right = "http://volunteer:p%40ss@127.0.0.1:" + proxy.port();
      List<String> said = ask(store, right, right.replace("volunteer:p%40ss@", ""));
      assertThat(said).hasSize(2);
      assertThat(said.get(0)).isEqualTo("log.example.org");
      assertThat(said.get(1)).contains("wants a name and password; write them in https_proxy");
      assertThat(proxy.asked).first().isEqualTo("CONNECT coordinator.example.org:443 HTTP/1.1");
      assertThat(proxy.asked).allMatch(line -> line.startsWith("CONNECT "));
      assertThat(headers)
          .isNotEmpty()
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("proxy-"));
    } finally {
      server.stop(0);
    }
  }

  private List<String> ask(Path store, String... proxies) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-Djavax.net.ssl.trustStore=" + store,
            "-Djavax.net.ssl.trustStorePassword=changeit",
            "-cp",
            System.getProperty("java.class.path"),
            ProxiedProcess.class.getName(),
            "https://coordinator.example.org"));
    command.addAll(List.of(proxies));
    Path out = temp.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(out)).isZero();
    return Files.readAllLines(out);
  }

  private Path certificate() throws Exception {
    Path store = temp.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=coordinator.example.org",
                "-ext",
                "san=dns:coordinator.example.org",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return store;
  }

  private static HttpsServer server(Path store, List<String> headers) throws Exception {
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, "changeit".toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/",
        exchange -> {
          headers.addAll(exchange.getRequestHeaders().keySet());
          byte[] body = ORIGIN.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String proxy(Map<String, String> environment) {
    Proxy proxy =
        SystemProxy.of(environment, HttpClient.Builder.NO_PROXY).select(COORDINATOR).get(0);
    return proxy.address() instanceof InetSocketAddress at
        ? at.getHostString() + ":" + at.getPort()
        : "direct";
  }

  /** A proxy that tunnels to one port of this computer for whoever says the right name. */
  private static final class TunnelProxy implements AutoCloseable {
    private static final String RIGHT = "Proxy-Authorization: Basic dm9sdW50ZWVyOnBAc3M=";

    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final ServerSocket door;
    private final int to;

    TunnelProxy(int to) throws IOException {
      this.door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
      this.to = to;
      run(
          () -> {
            while (true) {
              Socket caller = door.accept();
              run(() -> serve(caller));
            }
          });
    }

    int port() {
      return door.getLocalPort();
    }

    private void serve(Socket caller) throws IOException {
      InputStream in = caller.getInputStream();
      BufferedReader head =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII), 1);
      List<String> lines = new ArrayList<>();
      for (String line = head.readLine(); line != null && !line.isEmpty(); line = head.readLine()) {
        lines.add(line);
      }
      asked.add(lines.get(0));
      OutputStream out = caller.getOutputStream();
      if (!lines.contains(RIGHT)) {
        out.write(
            ("HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                    + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        caller.close();
        return;
      }
      out.write("HTTP/1.1 200 Go on\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
      run(() -> in.transferTo(server.getOutputStream()));
      server.getInputStream().transferTo(out);
    }

    private interface Work {
      void run() throws IOException;
    }

    private static void run(Work work) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  work.run();
                } catch (IOException e) {
                  // The other side has ended.
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      door.close();
    }
  }
}
