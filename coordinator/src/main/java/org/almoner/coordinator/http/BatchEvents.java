package org.almoner.coordinator.http;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.page.LiveFrame;
import org.almoner.coordinator.http.rate.ClientNet;
import org.almoner.coordinator.http.route.OwnerRoutes;
import org.almoner.coordinator.http.route.Refusals;
import org.almoner.protocol.bytes.Bytes;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whoever follows a batch how it stands each time that changes, as server-sent events; the
 * stream ends when the batch is over.
 *
 * <p>Each event is the whole of {@code GET /api/v1/batches/{batch}}, so that whoever missed some
 * misses nothing. A batch is looked at once a {@link Events#PACE}, however many follow it; no
 * thread waits for a reader.
 */
final class BatchEvents implements AutoCloseable {
  /** Most followers at once, of all batches; one more is told to ask now and then instead. */
  static final int READERS_MAX = 256;

  private static final Pattern PATH = Pattern.compile("/api/v1/batches/([0-9a-f]{16})/events");
  private static final Bytes BEGIN = Bytes.utf8("retry: 3000\n\n");
  private static final Logger LOG = LoggerFactory.getLogger(BatchEvents.class);

  private final OwnerRoutes routes;
  private final Problems problems;
  private final Pool places = new Pool(READERS_MAX, Events.READERS_OF_ONE_MAX);
  private final Map<String, Followed> followed = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "almoner-http-batches");
            made.setDaemon(true);
            return made;
          });

  /** A batch that somebody follows. */
  private static final class Followed {
    private final Set<EventReader> readers = ConcurrentHashMap.newKeySet();
    private Optional<Bytes> told = Optional.empty();
    private int quiet;
  }

  /** Begins to look at batches that are followed. */
  BatchEvents(OwnerRoutes routes, Problems problems) {
    this.routes = routes;
    this.problems = problems;
    long pace = Events.PACE.toMillis();
    var unused = thread.scheduleWithFixedDelay(this::look, pace, pace, TimeUnit.MILLISECONDS);
  }

  /** Whether requests to {@code path} come here. */
  static boolean owns(String path) {
    return PATH.matcher(path).matches();
  }

  /** Takes a follower, or refuses. */
  void service(Request request, Response response) {
    PlainAnswer.headers(response);
    try {
      take(request, response);
    } catch (Refusal refusal) {
      PlainAnswer.problem(response, problems, refusal);
    }
  }

  private void take(Request request, Response response) {
    Matcher path = PATH.matcher(request.getRequestURI());
    if (!path.matches()) {
      throw Refusals.notFound("no batch can have this id");
    }
    if (request.getMethod() != Method.GET) {
      response.setHeader("Allow", "GET");
      throw new Refusal(Problems.methodNotAllowed());
    }
    String batch = path.group(1);
    BatchView known = routes.view(batch);
    ClientNet client = Exchange.asking(request);
    if (!places.take(client, 1)) {
      throw Refusals.busy(
          READERS_MAX
              + " follow batches already, or "
              + Events.READERS_OF_ONE_MAX
              + " from your address; ask for "
              + known.id()
              + " now and then instead, or try again later");
    }
    response.setContentType("text/event-stream");
    response.setHeader("X-Accel-Buffering", "no"); // A proxy that gathers would keep it all back.
    EventReader reader = new EventReader(response, gone -> left(batch, client, gone));
    reader.start();
    try {
      thread.execute(() -> welcome(batch, reader));
    } catch (RejectedExecutionException e) {
      reader.end();
    }
  }

  /** Ends all streams; followers ask again by themselves when there is somebody to ask. */
  @Override
  public void close() {
    thread.shutdownNow();
    followed.values().forEach(batch -> batch.readers.forEach(EventReader::end));
  }

  private void welcome(String batch, EventReader reader) {
    Followed all = followed.computeIfAbsent(batch, id -> new Followed());
    all.readers.add(reader);
    if (reader.isOver()) {
      all.readers.remove(reader); // It left before it was let in.
      return;
    }
    reader.send(BEGIN);
    all.told.ifPresent(reader::send);
    look(batch, all);
  }

  private void left(String batch, ClientNet client, EventReader reader) {
    Followed all = followed.get(batch);
    if (all != null) {
      all.readers.remove(reader);
    }
    places.give(client, 1);
  }

  private void look() {
    followed.values().removeIf(all -> all.readers.isEmpty());
    followed.forEach(this::look);
  }

  private void look(String batch, Followed all) {
    try {
      BatchView stands = routes.view(batch);
      tell(all, event(stands));
      if (stands.done()) {
        all.readers.stream().filter(EventReader::isAbreast).forEach(EventReader::end);
      }
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("batch", batch).setCause(e).log("a followed batch cannot be read");
    }
  }

  private static void tell(Followed all, Bytes now) {
    boolean changed = all.told.filter(now::equals).isEmpty();
    all.told = Optional.of(now);
    all.quiet = changed ? 0 : all.quiet + 1;
    if (changed) {
      all.readers.forEach(reader -> reader.offer(now, () -> now));
    } else if (all.quiet % Events.QUIET_LOOKS_MAX == 0) {
      all.readers.forEach(reader -> reader.offer(LiveFrame.HEARTBEAT, () -> now));
    } else {
      all.readers.forEach(reader -> reader.catchUp(() -> now));
    }
  }

  /** Canonical JSON has no line break. */
  private Bytes event(BatchView stands) {
    return Bytes.utf8("data: " + routes.text(stands) + "\n\n");
  }
}
