package org.almoner.simulation.host;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.Coordinator;
import org.almoner.protocol.identity.DonorId;
import org.almoner.simulation.server.Down;
import org.almoner.simulation.server.Server;

/** Somebody with an account, or with several, one after the other. */
public final class Person {
  private final int number;
  private final boolean honest;
  private final Server server;
  private final List<DonorId> accounts = new ArrayList<>();
  private boolean wantsAnother = true;

  /** Somebody without an account yet. */
  public Person(int number, boolean honest, Server server) {
    this.number = number;
    this.honest = honest;
    this.server = server;
  }

  /** Unlike anybody else's. */
  public int number() {
    return number;
  }

  /** Whether they mean well. */
  public boolean honest() {
    return honest;
  }

  /** Accounts they ever had. */
  public List<DonorId> accounts() {
    return Collections.unmodifiableList(accounts);
  }

  /** The next account they use is a new one. */
  void becomeAnother() {
    wantsAnother = true;
  }

  /** The account in use, opened when there is none. */
  DonorId account() throws Down {
    if (wantsAnother) {
      accounts.add(server.openAccount());
      wantsAnother = false;
    }
    return accounts.get(accounts.size() - 1);
  }

  /** The account in use, if there is one already. */
  Optional<DonorId> opened() {
    return accounts.isEmpty() || wantsAnother
        ? Optional.empty()
        : Optional.of(accounts.get(accounts.size() - 1));
  }

  /** A code that links a computer to the account in use. */
  String code() throws Down {
    DonorId account = account();
    return server.ask((Coordinator c) -> c.drawCode(account));
  }
}
