package org.almoner.coordinator.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteHandler;
import org.glassfish.grizzly.http.io.NIOOutputStream;
import org.glassfish.grizzly.http.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Part of a file on its way out, a chunk whenever the network has room. Closes the file. */
final class Download implements WriteHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Download.class);
  private static final int CHUNK_BYTES = 32 * 1024;

  private final FileChannel file;
  private final Response response;
  private final NIOOutputStream out;
  private final long end;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
  private final LongConsumer pace;
  private final long from;
  private long position;

  Download(FileChannel file, ByteRange part, Response response, LongConsumer pace) {
    this.pace = pace;
    this.from = part.from();
    this.file = file;
    this.response = response;
    this.out = response.getNIOOutputStream();
    this.position = part.from();
    this.end = part.to() + 1;
  }

  void start() {
    response.suspend(
        -1,
        TimeUnit.MILLISECONDS,
        new EmptyCompletionHandler<Response>() {
          @Override
          public void completed(Response sent) {
            close();
          }

          @Override
          public void cancelled() {
            close();
          }
        });
    out.notifyCanWrite(this);
  }

  @Override
  public void onWritePossible() throws IOException {
    while (position < end) {
      if (!out.canWrite()) {
        out.notifyCanWrite(this);
        return;
      }
      chunk.clear().limit((int) Math.min(chunk.capacity(), end - position));
      int n = file.read(chunk, position);
      if (n <= 0) {
        throw new IOException("the file is shorter than it was");
      }
      out.write(chunk.array(), 0, n);
      position += n;
      pace.accept(position - from);
    }
    resume();
  }

  /** The client went away or the disk failed: nothing can be said in the middle of a body. */
  @Override
  public void onError(Throwable failure) {
    LOG.atDebug().setCause(failure).log("a download broke off");
    close();
    response.getRequest().getContext().getConnection().closeSilently();
    resume();
  }

  private void resume() {
    if (response.isSuspended()) {
      response.resume();
    }
  }

  private void close() {
    try {
      file.close();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("a blob could not be closed");
    }
  }
}
