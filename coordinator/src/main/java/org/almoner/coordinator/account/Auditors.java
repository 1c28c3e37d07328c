package org.almoner.coordinator.account;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/** Who may open lines. Changes happen on the writer's thread; tokens are looked up from any. */
public final class Auditors {
  private final Map<String, Auditor> byName = new ConcurrentHashMap<>();
  private final Map<Hash, Auditor> byToken = new ConcurrentHashMap<>();

  /** Reads all of them. */
  public static Auditors load(RowStore store) throws IOException {
    Auditors auditors = new Auditors();
    Map<String, Bytes> rows = new ConcurrentHashMap<>();
    store.scan(Auditor.FAMILY, rows::put);
    for (Map.Entry<String, Bytes> row : rows.entrySet()) {
      auditors.keep(Auditor.parse(row.getKey(), row.getValue()));
    }
    return auditors;
  }

  private void keep(Auditor auditor) {
    byName.put(auditor.name(), auditor);
    byToken.put(auditor.token(), auditor);
  }

  /** Whose token this is, even when its time is over. */
  public Optional<Auditor> find(String token) {
    return Optional.ofNullable(byToken.get(Token.hashOf(token)));
  }

  /** Appoints an auditor; one of that name gets the new token in the place of the old. */
  public Auditor appoint(Group group, String name, Hash token, int days, int leaves) {
    if (name.isBlank() || name.length() > Auditor.NAME_MAX) {
      throw new Refusal(
          422,
          "auditor-name",
          "Auditor's name out of bounds",
          "an auditor's name has 1 to "
              + Auditor.NAME_MAX
              + " characters, this has "
              + name.length());
    }
    if (days < 1 || days > Auditor.DAYS_MAX) {
      throw new Refusal(
          422,
          "auditor-days",
          "Auditor's time out of bounds",
          "an auditor is appointed for 1 to " + Auditor.DAYS_MAX + " days, not for " + days);
    }
    if (leaves < 1 || leaves > Auditor.LEAVES_MAX) {
      throw new Refusal(
          422,
          "auditor-readings",
          "Auditor's readings out of bounds",
          "an auditor is appointed for 1 to "
              + Auditor.LEAVES_MAX
              + " readings of lines, not for "
              + leaves);
    }
    Auditor before = byName.get(name);
    if (before != null) {
      forget(group, before);
    }
    long untilMs = group.nowMs() + days * 86_400_000L;
    Auditor auditor = new Auditor(token, name, untilMs, leaves, 0, true);
    keep(auditor);
    group.touch(auditor);
    return auditor;
  }

  /** Spends one of an auditor's readings of lines; returns how many are left. */
  public int spend(Group group, String name) {
    Auditor auditor = known(name).afterReading();
    keep(auditor);
    group.touch(auditor);
    return auditor.leavesLeft();
  }

  /** Takes an appointment back. */
  public Auditor dismiss(Group group, String name) {
    Auditor auditor = known(name);
    forget(group, auditor);
    return auditor;
  }

  private Auditor known(String name) {
    Auditor auditor = byName.get(name);
    if (auditor == null) {
      throw new Refusal(
          404,
          "unknown-auditor",
          "Unknown auditor",
          "no auditor is named " + name + "; the name is that which was given to 'auditors add'");
    }
    return auditor;
  }

  private void forget(Group group, Auditor auditor) {
    byName.remove(auditor.name());
    byToken.remove(auditor.token());
    group.touch(auditor.dismissed());
  }
}
