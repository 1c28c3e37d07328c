package org.almoner.coordinator.http.route;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.almoner.coordinator.backup.Backups;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** What the operator asks of copies. */
public final class BackupRoutes {
  private static final int PATH_MAX = 4_096;
  private static final int TICKET_MAX = 64;

  private final Backups backups;
  private final Tokens tokens;

  /** Speaks for the operator to {@code backups}. */
  public BackupRoutes(Backups backups, Tokens tokens) {
    this.backups = backups;
    this.tokens = tokens;
  }

  /** Begins a copy; answers at once. */
  public JsonValue begin(@Nullable String authorization, byte[] body)
      throws MalformedJson, IOException {
    tokens.requireOperator(authorization);
    JsonFields fields = Body.fields(body);
    String folder = fields.text("folder", PATH_MAX);
    String ticket = fields.text("ticket", TICKET_MAX);
    fields.end();
    Path path;
    try {
      path = Path.of(folder);
    } catch (InvalidPathException e) {
      throw fields.at("folder", "names no folder: " + e.getReason());
    }
    if (!path.isAbsolute()) {
      throw fields.at("folder", "must begin at the root");
    }
    backups.begin(path, ticket);
    return json(backups.progress());
  }

  /** How far the last copy has come. */
  public JsonValue progress(@Nullable String authorization) {
    tokens.requireOperator(authorization);
    return json(backups.progress());
  }

  private static JsonValue json(Backups.Progress progress) {
    return JsonValue.Obj.of()
        .put(Field.STATE, progress.state())
        .put("rows", progress.rows())
        .put("entries", progress.entries())
        .put("size", progress.size())
        .put("epoch", progress.epoch())
        .put("why", progress.why())
        .build();
  }
}
