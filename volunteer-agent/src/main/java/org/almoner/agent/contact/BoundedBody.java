package org.almoner.agent.contact;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.protocol.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/** Hands a response body to a sink and cuts it off at its limit. */
final class BoundedBody implements BodySubscriber<Bytes> {
  private final Sink sink;
  private final long max;
  private final AtomicLong progress;
  private final CompletableFuture<Bytes> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private long taken;

  BoundedBody(Sink sink, long max, AtomicLong progress) {
    this.sink = sink;
    this.max = max;
    this.progress = progress;
  }

  @Override
  public CompletionStage<Bytes> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    if (body.isDone()) {
      return;
    }
    try {
      for (ByteBuffer piece : pieces) {
        taken += piece.remaining();
        progress.set(taken);
        if (taken > max) {
          throw new BodyTooLarge(max);
        }
        sink.take(piece);
      }
      if (subscription != null) {
        subscription.request(1);
      }
    } catch (IOException e) {
      if (subscription != null) {
        subscription.cancel();
      }
      onError(e);
    }
  }

  @Override
  public void onError(Throwable cause) {
    if (!body.isDone()) {
      sink.abandon();
      body.completeExceptionally(cause);
    }
  }

  @Override
  public void onComplete() {
    if (body.isDone()) {
      return;
    }
    try {
      body.complete(sink.end());
    } catch (IOException e) {
      body.completeExceptionally(e);
    }
  }
}
