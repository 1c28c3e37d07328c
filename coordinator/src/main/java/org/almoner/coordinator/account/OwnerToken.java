package org.almoner.coordinator.account;

import java.util.EnumSet;
import java.util.Set;
import org.almoner.coordinator.desk.OwnerPass;
import org.almoner.coordinator.desk.TokenView;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.PublicKey;

/**
 * One token of a project owner, by its hash.
 *
 * @param hash SHA-256 of its text, which is kept nowhere
 * @param owner whose it is
 * @param view what may be told of it
 * @param valid whether it still stands
 */
record OwnerToken(Hash hash, PublicKey owner, TokenView view, boolean valid) implements Row {
  static final String FAMILY = "owner-token/";

  private static final int VERSION = 1;

  static OwnerToken parse(String key, Bytes row) throws DamagedRow {
    RowReader in = new RowReader(key, row, VERSION);
    PublicKey owner = PublicKey.of(in.fixed(PublicKey.SIZE).toArray());
    String name = in.text();
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (int left = in.count(Scope.values().length); left > 0; left--) {
      scopes.add(Scope.of(in.text()));
    }
    TokenView view =
        new TokenView(name, scopes, in.number(), in.number(), in.number() + TokenView.NEVER);
    in.end();
    return new OwnerToken(Hash.parseHex(key.substring(FAMILY.length())), owner, view, true);
  }

  /** What it is good for, once the owner's name is known. */
  OwnerPass pass(String ownersName) {
    return new OwnerPass(ownersName, view.name(), view.scopes());
  }

  /** The same, opening nothing any more. */
  OwnerToken revoked() {
    return new OwnerToken(hash, owner, view, false);
  }

  /** The same, used on {@code day}. */
  OwnerToken usedOn(long day) {
    TokenView used =
        new TokenView(view.name(), view.scopes(), view.createdMs(), view.expiresMs(), day);
    return new OwnerToken(hash, owner, used, valid);
  }

  @Override
  public String key() {
    return FAMILY + hash.toHex();
  }

  @Override
  public Bytes image() {
    if (!valid) {
      return REMOVED;
    }
    RowWriter out =
        new RowWriter(VERSION)
            .fixed(Bytes.of(owner.toArray()))
            .text(view.name())
            .number(view.scopes().size());
    Scope.words(view.scopes()).forEach(out::text);
    return out.number(view.createdMs())
        .number(view.expiresMs())
        .number(view.lastUsedDay() - TokenView.NEVER)
        .finish();
  }
}
