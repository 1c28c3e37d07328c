package org.almoner.coordinator.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.almoner.coordinator.blob.Reception;
import org.almoner.coordinator.blob.RefusedBlob;
import org.almoner.coordinator.http.route.UploadRoute;
import org.almoner.protocol.json.JsonValue;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.ReadHandler;
import org.glassfish.grizzly.http.io.NIOInputStream;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A blob on its way in, a chunk whenever the network brings one. */
final class Receiving implements ReadHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);
  private static final int CHUNK_BYTES = 32 * 1024;

  private final Reception reception;
  private final UploadRoute.Keeping keeping;
  private final Response response;
  private final NIOInputStream in;
  private final BlobHandler handler;
  private final LongConsumer pace;
  private final Runnable over;
  private final long announced;
  private final long before;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final AtomicBoolean ended = new AtomicBoolean();

  Receiving(
      Reception reception,
      UploadRoute.Keeping keeping,
      Request request,
      BlobHandler handler,
      LongConsumer pace,
      Runnable over) {
    this.pace = pace;
    this.over = over;
    this.reception = reception;
    this.keeping = keeping;
    this.response = request.getResponse();
    this.in = request.getNIOInputStream();
    this.handler = handler;
    this.announced = request.getContentLengthLong();
    this.before = reception.received();
  }

  void start() throws IOException {
    response.suspend(
        -1,
        TimeUnit.MILLISECONDS,
        new EmptyCompletionHandler<Response>() {
          @Override
          public void completed(Response answered) {
            end();
          }

          @Override
          public void cancelled() {
            end();
          }
        });
    if (response.getRequest().requiresAcknowledgement()) {
      response.setStatus(100);
      response.sendAcknowledgement();
    }
    in.notifyAvailable(this);
  }

  /**
   * Asks for more only while more is to come. Grizzly reports the last octets before it reports the
   * end; whoever asks again in between has it read the next request too early, by two threads at
   * once.
   */
  @Override
  public void onDataAvailable() {
    if (drain() && reception.received() - before != announced) {
      in.notifyAvailable(this);
    }
  }

  @Override
  public void onAllDataRead() {
    if (!drain()) {
      return;
    }
    try {
      boolean isNew = keeping.keep(reception);
      if (announced < 0) {
        response.setHeader("Connection", "close"); // Its end could not be foreseen; see above.
      }
      PlainAnswer.json(
          response,
          isNew ? 201 : 200,
          JsonValue.Obj.of().put("bytes", reception.received()).build());
    } catch (RefusedBlob | IOException e) {
      handler.refuse(response, e);
    }
    resume();
  }

  /** The sender went away. */
  @Override
  public void onError(Throwable failure) {
    LOG.atDebug().setCause(failure).log("an upload broke off");
    end();
    resume();
  }

  /** Takes what is there; false when the blob was refused or the disk failed. */
  private boolean drain() {
    try {
      while (in.readyData() > 0) {
        int n = in.read(chunk, 0, Math.min(chunk.length, in.readyData()));
        reception.write(ByteBuffer.wrap(chunk, 0, n));
        pace.accept(reception.received() - before);
      }
      return true;
    } catch (RefusedBlob | IOException e) {
      handler.refuse(response, e);
      resume();
      return false;
    }
  }

  private void resume() {
    if (response.isSuspended()) {
      response.resume();
    }
  }

  private void end() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    over.run();
    try {
      reception.close();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("a blob that was not kept could not be removed");
    }
  }
}
