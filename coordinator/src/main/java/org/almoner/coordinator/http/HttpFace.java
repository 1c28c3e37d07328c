package org.almoner.coordinator.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.almoner.coordinator.blob.Blobs;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.http.page.DonorPage;
import org.almoner.coordinator.http.page.FrontPage;
import org.almoner.coordinator.http.page.IssuedDocuments;
import org.almoner.coordinator.http.page.LatestCheckpoint;
import org.almoner.coordinator.http.page.PublicLog;
import org.almoner.coordinator.http.page.Sheet;
import org.almoner.coordinator.http.rate.Rates;
import org.almoner.coordinator.http.route.AgentRoutes;
import org.almoner.coordinator.http.route.Attempts;
import org.almoner.coordinator.http.route.AuditorRoutes;
import org.almoner.coordinator.http.route.DonorRoutes;
import org.almoner.coordinator.http.route.Gate;
import org.almoner.coordinator.http.route.LineRoutes;
import org.almoner.coordinator.http.route.OperatorRoutes;
import org.almoner.coordinator.http.route.OwnerRoutes;
import org.almoner.coordinator.http.route.PublicRoutes;
import org.almoner.coordinator.http.route.ReleaseRoutes;
import org.almoner.coordinator.http.route.Sessions;
import org.almoner.coordinator.http.route.StatsRoutes;
import org.almoner.coordinator.http.route.TokenRoutes;
import org.almoner.coordinator.http.route.Tokens;
import org.almoner.coordinator.http.tls.RenewableTls;
import org.almoner.ledger.tile.TileSource;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.ServerConfiguration;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;
import org.glassfish.grizzly.threadpool.GrizzlyExecutorService;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpContainer;
import org.glassfish.jersey.server.ContainerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The one listening socket of a coordinator, with everything that answers behind it. */
public final class HttpFace implements AutoCloseable {
  /** Threads that parse, verify and answer; none of them ever waits. */
  private static final int WORKERS_PER_PROCESSOR = 4;

  /** Fewest threads that read; each has its share of the connections. */
  private static final int READERS_MIN = 2;

  /** Jersey warns of every resource that is an object and not a class; here all are. */
  private static final Logger PROVIDERS =
      Logger.getLogger("org.glassfish.jersey.internal.inject.Providers");

  static {
    PROVIDERS.setLevel(Level.SEVERE);
  }

  private static final long SWEEP_MS = 250;

  /** How often it is looked whether the TLS files were renewed. */
  private static final long RENEWAL_SECONDS = 60;

  private static final long GRACE_SECONDS = 3;

  private final HttpServer server;
  private final NetworkListener listener;
  private final ExecutorService workers;
  private final Arrivals arrivals;
  private final Events events;
  private final BatchEvents batches;
  private final List<SlowReads> reads;
  private final ScheduledExecutorService timer;

  private HttpFace(
      HttpServer server,
      NetworkListener listener,
      ExecutorService workers,
      Arrivals arrivals,
      Events events,
      BatchEvents batches,
      List<SlowReads> reads,
      ScheduledExecutorService timer) {
    this.server = server;
    this.listener = listener;
    this.workers = workers;
    this.arrivals = arrivals;
    this.events = events;
    this.batches = batches;
    this.reads = reads;
    this.timer = timer;
  }

  /**
   * What pages show besides the desk's answers.
   *
   * @param checkpoint the log's newest
   * @param tiles where the log's entries are read
   * @param documents what was issued to donors
   */
  public record Shown(LatestCheckpoint checkpoint, TileSource tiles, IssuedDocuments documents) {}

  /** As the other, with a gate that is always open, watched by nobody. */
  public static HttpFace start(
      HttpSettings settings,
      Desk desk,
      Blobs inputs,
      Blobs outputs,
      Shown shown,
      List<Object> resources,
      InstantSource clock,
      SecureRandom random)
      throws IOException {
    return start(
        settings,
        desk,
        inputs,
        outputs,
        shown,
        resources,
        Gate.OPEN,
        HttpMeters.NONE,
        clock,
        random);
  }

  /**
   * Starts listening.
   *
   * @param inputs blobs that anyone may fetch
   * @param outputs blobs that agents send and only owners fetch
   * @param resources objects with paths of their own that other rooms offer, such as the log's
   *     tiles
   * @param gate whether anything may be written now
   * @param meters told of every request
   * @param clock for time limits
   * @param random for donors' sessions, the numbers of incidents and for spreading retries
   * @throws IOException when the socket cannot be opened, in one sentence
   */
  public static HttpFace start(
      HttpSettings settings,
      Desk desk,
      Blobs inputs,
      Blobs outputs,
      Shown shown,
      List<Object> resources,
      Gate gate,
      HttpMeters meters,
      InstantSource clock,
      SecureRandom random)
      throws IOException {
    HttpLimits limits = settings.limits();
    ExecutorService workers = workers();
    NetworkListener listener = listener(settings.listen(), workers);
    Problems problems = new Problems(random, meters);
    Tokens tokens = new Tokens(desk, settings.operatorToken());
    Rates rates = new Rates(settings.rates(), clock);
    Doorkeeper keeper = new Doorkeeper(settings.rates(), rates, tokens);
    Lateness lateness = new Lateness(limits.answer(), clock);
    Answers answers = new Answers(limits.answer(), lateness, workers);
    AgentRoutes agentRoutes = new AgentRoutes(desk, rates);
    PublicRoutes open = new PublicRoutes(desk, shown.checkpoint(), settings.source(), gate);
    Sheet sheet = new Sheet(desk.about(), settings.source());
    PublicLog log = new PublicLog(shown.checkpoint(), shown.tiles());
    FrontPage front = new FrontPage(desk, log, sheet, clock);
    SlowReads donors = new SlowReads("donors", limits.answer());
    SlowReads auditors = new SlowReads("auditors", limits.answer());
    OwnerRoutes owners = new OwnerRoutes(desk, tokens);
    ResourceConfig routes =
        config(problems)
            .register(new AgentResource(agentRoutes, answers))
            .register(new OwnerResource(owners, answers))
            .register(
                new OperatorResource(
                    new OperatorRoutes(desk, tokens), new LineRoutes(desk, tokens), answers))
            .register(new StatsResource(new StatsRoutes(desk)))
            .register(new ObjectionResource(new LineRoutes(desk, tokens), donors))
            .register(new ReleaseResource(new ReleaseRoutes(desk, tokens), answers))
            .register(new TokenResource(new TokenRoutes(desk), answers))
            .register(new OriginResource(open))
            .register(new PublicResource(open, front))
            .register(new StandingResource(new DonorRoutes(desk, tokens), donors))
            .register(new AuditorResource(new AuditorRoutes(desk, tokens), auditors))
            .register(
                new MeResource(
                    desk,
                    shown.documents(),
                    new DonorPage(sheet),
                    new Sessions(random, clock),
                    new Attempts(clock),
                    donors));
    resources.forEach(routes::register);
    BlobHandler blobs = new BlobHandler(desk, tokens, inputs, outputs, limits, problems);
    GrizzlyHttpContainer jersey =
        ContainerFactory.createContainer(GrizzlyHttpContainer.class, routes);

    Arrivals arrivals = new Arrivals(limits, keeper, clock);
    listener.registerAddOn(
        (of, chain) -> {
          chain.add(1, arrivals);
          int server = chain.indexOfType(org.glassfish.grizzly.http.server.HttpServerFilter.class);
          chain.add(server, new WholeBody(limits, keeper, problems));
        });
    Events events = new Events(front::frame, problems);
    AgentHandler agents =
        new AgentHandler(agentRoutes, problems, limits.answer(), lateness, workers);
    BatchEvents batches = new BatchEvents(owners, problems);
    Watched watched = new Watched(gate, meters, clock);
    Door door = new Door(jersey, agents, blobs, events, batches, watched, keeper);
    HttpServer server = server(listener, door, problems);
    ScheduledExecutorService timer = sweeping(arrivals);
    settings.listen().tls().ifPresent(tls -> renewing(timer, tls, clock));
    HttpFace face =
        new HttpFace(
            server, listener, workers, arrivals, events, batches, List.of(donors, auditors), timer);
    open(server, workers, settings.listen().address());
    return face;
  }

  /** Method and path of every route that is answered beside Jersey, such as {@code GET /events}. */
  public static List<String> plainRoutes() {
    List<String> routes = new ArrayList<>(BlobHandler.ROUTES);
    routes.add("GET " + Events.PATH);
    routes.add("GET /api/v1/batches/{batch}/events");
    return routes;
  }

  /** Where it listens; the port is the real one. */
  public InetSocketAddress address() {
    return new InetSocketAddress(listener.getHost(), listener.getPort());
  }

  /** Takes no more connections, lets requests under way finish for a few seconds, then ends. */
  @Override
  public void close() {
    listener.getTransport().unbindAll();
    events.close();
    batches.close();
    try {
      arrivals.atRest().get(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // What did not finish in its time is cut off below.
    } finally {
      server.shutdownNow();
      workers.shutdownNow();
      timer.shutdownNow();
      reads.forEach(SlowReads::close);
    }
  }

  private static ExecutorService workers() {
    int threads = WORKERS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    return GrizzlyExecutorService.createInstance(
        ThreadPoolConfig.defaultConfig()
            .setPoolName("almoner-http")
            .setCorePoolSize(threads)
            .setMaxPoolSize(threads));
  }

  private static NetworkListener listener(Listen listen, ExecutorService workers) {
    InetSocketAddress address = listen.address();
    NetworkListener listener =
        new NetworkListener(
            "almoner-http", address.getAddress().getHostAddress(), address.getPort());
    listener.setMaxHttpHeaderSize(HttpLimits.HEADER_BYTES_MAX);
    listener.setMaxRequestHeaders(HttpLimits.HEADERS_MAX);
    listener.getKeepAlive().setIdleTimeoutInSeconds(-1); // The sweep ends what rests too long.
    listener.getKeepAlive().setMaxRequestsCount(-1);
    listener.getFileCache().setEnabled(false);
    listener.setSendFileEnabled(false);
    listen
        .tls()
        .ifPresent(
            tls -> {
              listener.setSecure(true);
              listener.setSSLEngineConfig(new TlsEngines(tls));
            });
    TCPNIOTransport transport = listener.getTransport();
    transport.setWorkerThreadPool(workers);
    // Whoever reads gathers a request until it is whole, and only then wakes a worker.
    transport.setIOStrategy(SameThreadIOStrategy.getInstance());
    transport.setSelectorRunnersCount(
        Math.max(READERS_MIN, Runtime.getRuntime().availableProcessors()));
    transport.setReuseAddress(true);
    return listener;
  }

  private static ResourceConfig config(Problems problems) {
    return new ResourceConfig()
        .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
        .property(CommonProperties.PROVIDER_DEFAULT_DISABLE, "ALL")
        .property(ServerProperties.WADL_FEATURE_DISABLE, true)
        .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true)
        .register(new ProblemMapper(problems))
        .register(new HouseHeaders());
  }

  private static HttpServer server(NetworkListener listener, Door door, Problems problems) {
    HttpServer server = new HttpServer();
    server.addListener(listener);
    ServerConfiguration configuration = server.getServerConfiguration();
    configuration.setName("almoner-http");
    configuration.addHttpHandler(door, "/");
    configuration.setPassTraceRequest(true);
    configuration.setGracefulShutdownSupported(false); // It never sees requests whose sender left.
    configuration.setMaxPayloadRemainderToSkip(HttpLimits.REMAINDER_BYTES_MAX);
    configuration.setDefaultErrorPageGenerator(new ProblemPages(problems));
    return server;
  }

  private static void open(HttpServer server, ExecutorService workers, InetSocketAddress address)
      throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      server.shutdownNow();
      workers.shutdownNow();
      throw new IOException(
          "cannot listen on "
              + address.getAddress().getHostAddress()
              + ":"
              + address.getPort()
              + " ("
              + e.getMessage()
              + "); choose another port, or stop what listens there",
          e);
    }
  }

  private static void renewing(
      ScheduledExecutorService timer, RenewableTls tls, InstantSource clock) {
    var unused =
        timer.scheduleWithFixedDelay(
            () -> tls.look(clock.instant()), RENEWAL_SECONDS, RENEWAL_SECONDS, TimeUnit.SECONDS);
  }

  private static ScheduledExecutorService sweeping(Arrivals arrivals) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "almoner-http-timer");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        timer.scheduleWithFixedDelay(arrivals::sweep, SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
    return timer;
  }
}
