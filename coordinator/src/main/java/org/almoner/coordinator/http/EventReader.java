package org.almoner.coordinator.http;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.almoner.protocol.bytes.Bytes;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.http.io.NIOOutputStream;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * One reader of {@link Events} or {@link BatchEvents}. At most one event is on its way to it; what
 * changes meanwhile it gets in one piece once it has read that.
 *
 * <p>Written to by the one thread of the events.
 */
final class EventReader {
  private final Response response;
  private final Connection<?> connection;
  private final NIOOutputStream out;
  private final Consumer<EventReader> gone;
  private final AtomicBoolean ended = new AtomicBoolean();
  private boolean behind;
  private int slow;

  /** An answer that was not begun; {@code gone} is told once that the reader is no more. */
  EventReader(Response response, Consumer<EventReader> gone) {
    this.response = response;
    this.connection = response.getRequest().getContext().getConnection();
    this.out = response.getNIOOutputStream();
    this.gone = gone;
  }

  /** Leaves the answer open; no thread stays with it. */
  void start() {
    response.suspend(
        -1,
        TimeUnit.MILLISECONDS,
        new EmptyCompletionHandler<Response>() {
          @Override
          public void completed(Response ended) {
            leave();
          }

          @Override
          public void cancelled() {
            leave();
          }
        });
  }

  /** Sends what is new, or later all of {@code now} when the reader is not ready for it. */
  void offer(Bytes octets, Supplier<Bytes> now) {
    if (behind) {
      catchUp(now);
    } else if (ready()) {
      send(octets);
    }
  }

  /** Sends all of {@code now} to a reader that missed something, as soon as it is ready. */
  void catchUp(Supplier<Bytes> now) {
    if (behind && ready()) {
      behind = false;
      send(now.get());
    }
  }

  /** Sends to a reader that is ready. */
  void send(Bytes octets) {
    try {
      out.write(octets.toArray());
      out.flush();
    } catch (IOException e) {
      drop();
    }
  }

  /** Ends the answer in good order. */
  void end() {
    leave();
    if (response.isSuspended()) {
      response.resume();
    }
  }

  private void leave() {
    if (ended.compareAndSet(false, true)) {
      gone.accept(this);
    }
  }

  /** Whether nobody reads any more. */
  boolean isOver() {
    return ended.get();
  }

  /** Whether it has been told all there was. */
  boolean isAbreast() {
    return !behind;
  }

  /** Whether it has read all it was sent; one that has not for too long is dropped. */
  private boolean ready() {
    if (unread() == 0 && out.canWrite()) {
      slow = 0;
      return true;
    }
    behind = true;
    slow++;
    if (slow > Events.SLOW_LOOKS_MAX) {
      drop();
    }
    return false;
  }

  private int unread() {
    return connection instanceof NIOConnection socket
        ? socket.getAsyncWriteQueue().spaceInBytes()
        : 0;
  }

  private void drop() {
    leave();
    connection.terminateSilently();
    end();
  }
}
