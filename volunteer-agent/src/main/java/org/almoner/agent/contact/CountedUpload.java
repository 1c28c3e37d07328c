package org.almoner.agent.contact;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** A request body that tells how much of it has gone out, so that a stalled upload is seen. */
final class CountedUpload implements BodyPublisher {
  private final BodyPublisher body;
  private final AtomicLong progress;

  CountedUpload(BodyPublisher body, AtomicLong progress) {
    this.body = body;
    this.progress = progress;
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    body.subscribe(
        new Flow.Subscriber<ByteBuffer>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer piece) {
            progress.addAndGet(piece.remaining());
            subscriber.onNext(piece);
          }

          @Override
          public void onError(Throwable cause) {
            subscriber.onError(cause);
          }

          @Override
          public void onComplete() {
            subscriber.onComplete();
          }
        });
  }
}
