package org.almoner.coordinator.http;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.page.LiveFrame;
import org.almoner.coordinator.http.rate.ClientNet;
import org.almoner.coordinator.http.route.Refusals;
import org.almoner.protocol.bytes.Bytes;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells everybody who looks at the front page what changes on it, as server-sent events.
 *
 * <p>Beside Jersey, because a reader stays for hours and no thread may wait for it. The page is
 * read once a {@link #PACE}, however many read, and not at all when nobody does; one thread writes
 * to all of them and only as much as their network takes. Nothing is said that the public page does
 * not say.
 */
final class Events implements AutoCloseable {
  /** Where readers come in. */
  static final String PATH = "/events";

  /** Most readers at once; one more is told to come back, and its page stands still. */
  static final int READERS_MAX = 256;

  /** Most readers of one address: it alone keeps nobody out. */
  static final int READERS_OF_ONE_MAX = 32;

  /** How often the page is looked at for changes. */
  static final Duration PACE = Duration.ofSeconds(1);

  /** Looks without a change after which a heartbeat is sent. */
  static final int QUIET_LOOKS_MAX = 15;

  /** Looks for which a reader may leave what it was sent unread. */
  static final int SLOW_LOOKS_MAX = 20;

  private static final Bytes BEGIN = Bytes.utf8("retry: 3000\n\n");
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  private final Supplier<LiveFrame> page;
  private final Problems problems;
  private final Pool places = new Pool(READERS_MAX, READERS_OF_ONE_MAX);
  private final Set<EventReader> readers = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "almoner-http-events");
            made.setDaemon(true);
            return made;
          });
  private Optional<LiveFrame> told = Optional.empty();
  private int quiet;

  /** Begins to look at {@code page}. */
  Events(Supplier<LiveFrame> page, Problems problems) {
    this.page = page;
    this.problems = problems;
    var unused =
        thread.scheduleWithFixedDelay(
            this::look, PACE.toMillis(), PACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes a reader, or refuses. */
  void service(Request request, Response response) {
    PlainAnswer.headers(response);
    try {
      take(request, response);
    } catch (Refusal refusal) {
      PlainAnswer.problem(response, problems, refusal);
    }
  }

  private void take(Request request, Response response) {
    if (request.getMethod() != Method.GET) {
      response.setHeader("Allow", "GET");
      throw new Refusal(Problems.methodNotAllowed());
    }
    ClientNet client = Exchange.asking(request);
    if (!places.take(client, 1)) {
      throw Refusals.busy(
          "the page is read live by "
              + READERS_MAX
              + " already, or by "
              + READERS_OF_ONE_MAX
              + " from your address; it can be loaded again by hand, or try again later");
    }
    response.setContentType("text/event-stream");
    response.setHeader("X-Accel-Buffering", "no"); // A proxy that gathers would keep it all back.
    EventReader reader = new EventReader(response, gone -> left(client, gone));
    reader.start();
    try {
      thread.execute(() -> welcome(reader));
    } catch (RejectedExecutionException e) {
      reader.end();
    }
  }

  /** Ends all streams; browsers ask again by themselves when there is somebody to ask. */
  @Override
  public void close() {
    thread.shutdownNow();
    readers.forEach(EventReader::end);
  }

  /** Looks first: what was told last may be older than the page that this reader has. */
  private void welcome(EventReader reader) {
    look();
    readers.add(reader);
    if (reader.isOver()) {
      readers.remove(reader); // It left before it was let in.
      return;
    }
    reader.send(BEGIN);
    if (told.isEmpty()) {
      look();
    } else {
      reader.send(told.get().octets());
    }
  }

  private void left(ClientNet client, EventReader reader) {
    readers.remove(reader);
    places.give(client, 1);
  }

  private void look() {
    if (readers.isEmpty()) {
      told = Optional.empty();
      return;
    }
    try {
      tell(page.get());
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("the front page could not be read for its readers");
    }
  }

  private void tell(LiveFrame now) {
    Optional<LiveFrame> changed = told.isEmpty() ? Optional.of(now) : now.since(told.get());
    told = Optional.of(now);
    quiet = changed.isPresent() ? 0 : quiet + 1;
    if (changed.isEmpty() && quiet % QUIET_LOOKS_MAX != 0) {
      readers.forEach(reader -> reader.catchUp(now::octets));
      return;
    }
    Bytes octets = changed.map(LiveFrame::octets).orElse(LiveFrame.HEARTBEAT);
    for (EventReader reader : readers) {
      reader.offer(octets, now::octets);
    }
  }
}
