package org.almoner.tax.http;

import jakarta.ws.rs.NotAuthorizedException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.almoner.ledger.audit.ErasedLeaves;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.issue.SmallLog;
import org.jspecify.annotations.Nullable;

/** Whoever has a token; accounts and tokens in memory. */
final class TokenDoor implements FrontDoor {
  static final String FIRST = "first-token";

  private final SmallLog log;
  private final Map<String, String> operators = new HashMap<>(Map.of(FIRST, FIRST_OPERATOR));
  private final Map<String, DonorId> donors = new HashMap<>();

  TokenDoor(SmallLog log) {
    this.log = log;
  }

  /** Gives a donor a token. */
  String letIn(DonorId donor) {
    String token = "token-of-" + donor;
    donors.put(token, donor);
    return token;
  }

  private static String token(@Nullable String authorization) {
    return authorization == null ? "" : authorization.replaceFirst("^Bearer ", "");
  }

  @Override
  public void requireOperator(@Nullable String authorization) {
    if (!token(authorization).equals(FIRST)) {
      throw new NotAuthorizedException("Bearer");
    }
  }

  @Override
  public String requireSomeOperator(@Nullable String authorization) {
    String name = operators.get(token(authorization));
    if (name == null) {
      throw new NotAuthorizedException("Bearer");
    }
    return name;
  }

  @Override
  public String addOperator(String name) {
    String token = "token-of-" + name;
    operators.put(token, name);
    return token;
  }

  @Override
  public DonorId requireDonor(@Nullable String authorization) {
    DonorId donor = donors.get(token(authorization));
    if (donor == null) {
      throw new NotAuthorizedException("Bearer");
    }
    return donor;
  }

  @Override
  public Opened openAccount() {
    DonorId donor = SmallLog.numbered(donors.size() + 1);
    return new Opened(donor, letIn(donor));
  }

  @Override
  public SortedMap<DonorId, Integer> accounts() {
    SortedMap<DonorId, Integer> accounts = new TreeMap<>();
    donors.values().forEach(donor -> accounts.put(donor, 1));
    return accounts;
  }

  @Override
  public boolean knows(DonorId donor) {
    return donors.containsValue(donor) || log.isErased(donor);
  }

  @Override
  public Held held(DonorId donor) {
    return new Held(log.openings(donor).size(), 1, log.isErased(donor));
  }

  @Override
  public void erase(DonorId donor, String reason, boolean keepDocuments) {
    log.erased.add(donor);
    donors.values().removeIf(donor::equals);
  }

  @Override
  public ErasedLeaves erasedLeaves() {
    return ErasedLeaves.of(SmallLog.ORIGIN, java.util.List.of());
  }
}
