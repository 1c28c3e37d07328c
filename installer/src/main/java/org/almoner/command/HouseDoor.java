package org.almoner.command;

import java.util.concurrent.CompletionException;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.route.Tokens;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.http.FrontDoor;
import org.jspecify.annotations.Nullable;

/** Lets the operator and donors in by the tokens the coordinator knows. */
final class HouseDoor implements FrontDoor {
  private final Desk desk;
  private final Tokens tokens;

  HouseDoor(Desk desk, Tokens tokens) {
    this.desk = desk;
    this.tokens = tokens;
  }

  @Override
  public void requireOperator(@Nullable String authorization) {
    tokens.requireOperator(authorization);
  }

  @Override
  public DonorId requireDonor(@Nullable String authorization) {
    return tokens.requireDonor(authorization);
  }

  @Override
  public Opened openAccount() {
    try {
      Desk.Account account = desk.openAccount().join();
      return new Opened(account.donor(), account.token());
    } catch (CompletionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw e;
    }
  }
}
