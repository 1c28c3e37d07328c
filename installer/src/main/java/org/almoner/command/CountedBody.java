package org.almoner.command;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;

/** A request's body that tells how many of its octets are on their way. */
final class CountedBody implements HttpRequest.BodyPublisher {
  private final HttpRequest.BodyPublisher body;
  private final LongConsumer sent;

  CountedBody(HttpRequest.BodyPublisher body, LongConsumer sent) {
    this.body = body;
    this.sent = sent;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
    body.subscribe(new Counting(reader));
  }

  private final class Counting implements Flow.Subscriber<ByteBuffer> {
    private final Flow.Subscriber<? super ByteBuffer> reader;
    private long octets;

    Counting(Flow.Subscriber<? super ByteBuffer> reader) {
      this.reader = reader;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      reader.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer some) {
      octets += some.remaining();
      sent.accept(octets);
      reader.onNext(some);
    }

    @Override
    public void onError(Throwable fault) {
      reader.onError(fault);
    }

    @Override
    public void onComplete() {
      reader.onComplete();
    }
  }
}
