package org.almoner.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.http.FrontDoor;
import org.almoner.tax.register.DurableFile;

/**
 * Operators beside the first, by name and the digest of their token, in one private file: they look
 * at documents and confirm what another asked for.
 */
final class NamedOperators {
  /** Most of them. */
  static final int OPERATORS_MAX = 100;

  private static final int NAME_MAX = 60;
  private static final int TOKEN_BYTES = 32;

  private final Path file;
  private final SecureRandom random;
  private final Map<String, Hash> tokens = new TreeMap<>();

  private NamedOperators(Path file, SecureRandom random) {
    this.file = file;
    this.random = random;
  }

  /** Reads {@code file}; nobody is named where there is none. */
  static NamedOperators open(Path file, SecureRandom random) throws IOException {
    NamedOperators operators = new NamedOperators(file, random);
    if (Files.exists(file)) {
      try {
        JsonFields fields = JsonFields.of(CanonicalJson.parse(Files.readAllBytes(file)));
        for (JsonFields one : fields.objects("operators", 0, OPERATORS_MAX)) {
          operators.tokens.put(one.text("name", NAME_MAX), one.hash("token"));
          one.end();
        }
        fields.end();
      } catch (MalformedJson e) {
        throw new IOException(
            file
                + " is damaged: "
                + e.getMessage()
                + "; restore it, or remove it and add them"
                + " again",
            e);
      }
    }
    return operators;
  }

  /**
   * Adds somebody.
   *
   * @throws IllegalArgumentException when the name is taken: a new token under an old name would
   *     make whoever gave it out two operators
   */
  synchronized String add(String name) {
    if (name.equalsIgnoreCase(FrontDoor.FIRST_OPERATOR)
        || tokens.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
      throw new IllegalArgumentException(
          "there is an operator " + name + " already; add them under another name");
    }
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0," + (NAME_MAX - 1) + "}")
        || tokens.size() == OPERATORS_MAX) {
      throw new IllegalArgumentException(
          "an operator's name is 1 to "
              + NAME_MAX
              + " letters, digits, blanks, '.', '_' and '-', and there are at most "
              + OPERATORS_MAX
              + ": "
              + name);
    }
    byte[] drawn = new byte[TOKEN_BYTES];
    random.nextBytes(drawn);
    String token = HexFormat.of().formatHex(drawn);
    Map<String, Hash> next = new TreeMap<>(tokens);
    next.put(name, digest(token));
    List<JsonValue> list = new ArrayList<>();
    next.forEach(
        (each, hash) ->
            list.add(JsonValue.Obj.of().put("name", each).put("token", hash.toHex()).build()));
    try {
      DurableFile.write(
          file, CanonicalJson.encode(JsonValue.Obj.of().put("operators", list).build()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    tokens.put(name, digest(token));
    return token;
  }

  /** Whose token this is. */
  synchronized Optional<String> find(String token) {
    byte[] came = digest(token).toArray();
    Optional<String> found = Optional.empty();
    for (Map.Entry<String, Hash> one : tokens.entrySet()) {
      if (MessageDigest.isEqual(came, one.getValue().toArray())) {
        found = Optional.of(one.getKey());
      }
    }
    return found;
  }

  private static Hash digest(String token) {
    return Hash.sha256(token.getBytes(StandardCharsets.UTF_8));
  }
}
