package org.almoner.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Flow;

/** What a file has from one octet on, as a request's body of known length. */
final class FileRest implements HttpRequest.BodyPublisher {
  private final Path file;
  private final long from;
  private final long length;

  FileRest(Path file, long from) {
    this.file = file;
    this.from = from;
    try {
      this.length = Files.size(file) - from;
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be read: " + e.getMessage());
    }
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
    HttpRequest.BodyPublishers.ofInputStream(this::open).subscribe(reader);
  }

  private InputStream open() {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return Channels.newInputStream(channel.position(from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
