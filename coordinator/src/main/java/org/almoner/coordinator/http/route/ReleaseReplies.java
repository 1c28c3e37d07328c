package org.almoner.coordinator.http.route;

import org.almoner.coordinator.desk.Rebuilt;
import org.almoner.coordinator.desk.Recalled;
import org.almoner.coordinator.desk.ReleaseView;
import org.almoner.coordinator.desk.TokenView;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.json.JsonValue;

/** How releases and tokens look as JSON. */
final class ReleaseReplies {
  private ReleaseReplies() {}

  static JsonValue.Obj release(ReleaseView release) {
    JsonValue.Builder out =
        JsonValue.Obj.of()
            .put(Field.RELEASE, release.digest().toHex())
            .put(Field.OWNER, release.owner())
            .put(Field.LEAF, release.leaf())
            .put(Field.SIGNED, release.signed().toJson());
    standing(out, release);
    return out.build();
  }

  /** What became of a release since: whether it was built again, and recalled. */
  static void standing(JsonValue.Builder out, ReleaseView release) {
    for (Rebuilt rebuilt : release.rebuilt()) {
      out.put(
          Field.REBUILT,
          JsonValue.Obj.of()
              .put(Field.OUTCOME, rebuilt.found().word())
              .put(Field.BY, rebuilt.byAuditor() ? "auditor" : "operator")
              .put(Field.TOOLCHAIN, rebuilt.toolchain())
              .put(Field.DAY, rebuilt.day().toString())
              .build());
    }
    for (Recalled recalled : release.recalled()) {
      out.put(
          Field.RECALLED,
          JsonValue.Obj.of()
              .put(Field.BY, recalled.byOwner() ? "owner" : "operator")
              .put(Field.REASON, recalled.reason())
              .put(Field.LEAF, recalled.leaf())
              .put(Field.AT_MS, recalled.atMs())
              .build());
    }
  }

  static JsonValue.Obj token(TokenView token) {
    JsonValue.Builder out =
        JsonValue.Obj.of()
            .put(Field.NAME, token.name())
            .putTexts(Field.SCOPES, Scope.words(token.scopes()))
            .put(Field.CREATED_MS, token.createdMs())
            .put(Field.EXPIRES_MS, token.expiresMs());
    token.lastUsed().ifPresent(day -> out.put(Field.LAST_USED, day.toString()));
    return out.build();
  }
}
