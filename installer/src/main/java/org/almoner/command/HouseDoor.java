package org.almoner.command;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.http.route.Tokens;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.http.FrontDoor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the operator and donors in by the tokens the coordinator knows. */
final class HouseDoor implements FrontDoor {
  private static final Logger LOG = LoggerFactory.getLogger(HouseDoor.class);

  private final Desk desk;
  private static final String BEARER = "Bearer ";

  private final Tokens tokens;
  private final NamedOperators operators;

  HouseDoor(Desk desk, Tokens tokens, NamedOperators operators) {
    this.desk = desk;
    this.tokens = tokens;
    this.operators = operators;
  }

  @Override
  public void requireOperator(@Nullable String authorization) {
    tokens.requireOperator(authorization);
  }

  @Override
  public String requireSomeOperator(@Nullable String authorization) {
    if (authorization != null
        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && authorization.length() <= BEARER.length() + Tokens.TOKEN_MAX) {
      Optional<String> named = operators.find(authorization.substring(BEARER.length()).strip());
      if (named.isPresent()) {
        return named.get();
      }
    }
    tokens.requireOperator(authorization);
    return FIRST_OPERATOR;
  }

  @Override
  public String addOperator(String name) {
    return operators.add(name);
  }

  @Override
  public DonorId requireDonor(@Nullable String authorization) {
    return tokens.requireDonor(authorization);
  }

  @Override
  public Opened openAccount() {
    Desk.Account account = await(desk.openAccount());
    return new Opened(account.donor(), account.token());
  }

  @Override
  public SortedMap<DonorId, Integer> accounts() {
    SortedMap<DonorId, Integer> accounts = new TreeMap<>();
    desk.donors().forEach(donor -> accounts.put(donor, desk.computers(donor)));
    return accounts;
  }

  @Override
  public boolean knows(DonorId donor) {
    return desk.isErased(donor) || desk.donors().contains(donor);
  }

  @Override
  public Held held(DonorId donor) {
    if (desk.isErased(donor)) {
      return new Held(0, 0, true);
    }
    return new Held(desk.standing(donor).returned(), desk.computers(donor), false);
  }

  @Override
  public void erase(DonorId donor, String reason, boolean keepDocuments) {
    int keys = await(desk.erase(donor, reason, keepDocuments));
    LOG.atInfo().addKeyValue("donor", donor).addKeyValue("keys", keys).log("A donor was erased");
  }

  @Override
  public ErasedLeaves erasedLeaves() {
    return ErasedLeaves.of(desk.about().origin(), desk.erasedLeaves());
  }

  private static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw e;
    }
  }
}
