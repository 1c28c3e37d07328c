package org.almoner.tax.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.Executor;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.StateList;

/** The public list of documents that count no more. */
@Path("/api/v1/receipts/states")
public final class StatesResource {
  /** For how long a reader may keep the list, in seconds. */
  static final int MAX_AGE_SECONDS = 60;

  private final String origin;
  private final ReceiptRegister register;
  private final Later later;

  /** Says what {@code register} says of the log {@code origin}. */
  public StatesResource(String origin, ReceiptRegister register, Executor executor) {
    this.origin = origin;
    this.register = register;
    this.later = new Later(executor);
  }

  /** The list, as {@code docs/spec/register.md} describes it. */
  @GET
  public void states(@Suspended AsyncResponse waiting) {
    later.answer(
        waiting,
        () ->
            Response.ok(StateList.of(origin, register).octets().toArray(), "application/json")
                .header("Cache-Control", "public, max-age=" + MAX_AGE_SECONDS)
                .build());
  }
}
