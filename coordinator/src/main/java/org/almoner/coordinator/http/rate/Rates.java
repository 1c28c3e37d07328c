package org.almoner.coordinator.http.rate;

import java.time.InstantSource;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.protocol.bytes.Hash;

/** Counts requests, and refuses those that are too many. For any thread. */
public final class Rates {
  private final Buckets<ClientNet> addresses;
  private final Buckets<ClientNet> costly;
  private final Buckets<Hash> accounts;
  private final Buckets<Hash> reads;
  private final Buckets<Hash> agents;

  /** Nothing was asked. */
  public Rates(RateLimits limits, InstantSource clock) {
    int perAddress = limits.perAddress();
    int perAccount = limits.perAccount();
    int keys = RateLimits.COUNTED_MAX;
    this.addresses = new Buckets<>(perAddress, keys, clock);
    this.costly = new Buckets<>(part(perAddress, RateLimits.COSTLY_SHARE), keys, clock);
    this.accounts = new Buckets<>(perAccount, keys, clock);
    this.reads = new Buckets<>(part(perAccount, RateLimits.READ_SHARE), keys, clock);
    this.agents = new Buckets<>(part(perAccount, RateLimits.AGENT_SHARE), keys, clock);
  }

  private static int part(int perMinute, int share) {
    return Math.max(1, perMinute / share);
  }

  /** Counts a request without a known token. */
  public void request(ClientNet client) {
    require(addresses.take(client, 1), "your address");
  }

  /** Counts a request without a token for a file that never changes. */
  public void file(ClientNet client) {
    require(addresses.take(client, RateLimits.FILE_SHARE), "your address");
  }

  /**
   * Counts a request that costs a signature check or a place in the log before it is known whose.
   */
  public void costly(ClientNet client) {
    require(costly.take(client, 1), "your address");
  }

  /** An answer was that a token or a signature is wrong: counts as costly, after the fact. */
  public void wrong(ClientNet client) {
    var unused = costly.take(client, 1);
  }

  /** Counts a request with a token that is known. */
  public void account(Hash token) {
    require(accounts.take(token, 1), "your account");
  }

  /** Counts a request with a token whose answer reads a lot. */
  public void read(Hash token) {
    require(reads.take(token, 1), "your account");
  }

  /**
   * Refuses when the agent that a record claims has asked too often. Counts nothing: whoever claims
   * to be another would use up what that one has.
   */
  public void requireRoom(Hash agent) {
    require(agents.has(agent), "this agent");
  }

  /** Counts a record of an agent, once its signature was found good. */
  public void signed(Hash agent) {
    var unused = agents.take(agent, 1);
  }

  private static void require(boolean within, String whose) {
    if (!within) {
      throw new Refusal(
          429,
          "too-many-requests",
          "Too many requests",
          "more requests came from "
              + whose
              + " than are taken in a minute; wait as long as Retry-After says and send the same"
              + " again");
    }
  }
}
