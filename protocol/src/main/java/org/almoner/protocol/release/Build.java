package org.almoner.protocol.release;

import java.util.List;
import java.util.regex.Pattern;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BlobRef;

/**
 * How a release's module is built again from its source.
 *
 * @param folder where in the source the commands run: a relative path, or {@code .} for its root
 * @param packages what must be installed, each as {@code name=version} in the way of Debian, at
 *     most {@link #PACKAGES_MAX}
 * @param commands lines for {@code sh}, in order, at most {@link #COMMANDS_MAX}; none when the
 *     owner does not say
 * @param result the module they leave, relative to {@code folder}
 */
public record Build(String folder, List<String> packages, List<String> commands, String result) {
  /** Most packages. */
  public static final int PACKAGES_MAX = 32;

  /** Most commands. */
  public static final int COMMANDS_MAX = 16;

  /** Longest command or package, in characters. */
  public static final int LINE_MAX = 500;

  /** The root of the source. */
  public static final String ROOT = ".";

  /** What stands in a release whose owner does not say. */
  public static final Build UNSTATED = new Build(ROOT, List.of(), List.of(), "");

  private static final Pattern PACKAGE =
      Pattern.compile("[a-z0-9][a-z0-9+.-]{0,99}=[A-Za-z0-9][A-Za-z0-9.+:~-]{0,99}");

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException in a sentence, naming the part that is wrong
   */
  public Build {
    packages = List.copyOf(packages);
    commands = List.copyOf(commands);
    if (!commands.isEmpty()) {
      requireFolder(folder);
      packages.forEach(Build::requirePackage);
      commands.forEach(Build::requireCommand);
      requireResult(result);
      requireAtMost("packages", packages.size(), PACKAGES_MAX);
      requireAtMost("commands", commands.size(), COMMANDS_MAX);
    } else if (!folder.equals(ROOT) || !packages.isEmpty() || !result.isEmpty()) {
      throw new IllegalArgumentException("there are no commands; say what is to be run");
    }
  }

  /** Whether the owner said how the module is built. */
  public boolean isStated() {
    return !commands.isEmpty();
  }

  /** Refuses a folder that is not below the source. */
  public static String requireFolder(String folder) {
    if (!folder.equals(ROOT) && !BlobRef.safeName(folder)) {
      throw new IllegalArgumentException(
          "expected a folder of the source as a plain relative path, or a dot; got " + folder);
    }
    return folder;
  }

  /** Refuses what is not {@code name=version}. */
  public static String requirePackage(String text) {
    if (!PACKAGE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "expected name=version such as clang-14=1:14.0.6-12, got " + text);
    }
    return text;
  }

  /** Refuses what is not one line. */
  public static String requireCommand(String text) {
    if (text.isBlank()
        || text.length() > LINE_MAX
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a command is one line of 1 to " + LINE_MAX + " characters");
    }
    return text;
  }

  /** Refuses a result that is not below the folder. */
  public static String requireResult(String result) {
    if (!BlobRef.safeName(result)) {
      throw new IllegalArgumentException(
          "expected the module's plain relative path below the folder, got " + result);
    }
    return result;
  }

  private static void requireAtMost(String field, int count, int max) {
    if (count > max) {
      throw new IllegalArgumentException(count + " " + field + " are named; at most " + max);
    }
  }

  static Build parse(JsonFields fields) throws MalformedJson {
    String folder = fields.text("folder", BlobRef.NAME_MAX);
    List<String> packages = fields.texts("packages", 0, PACKAGES_MAX, LINE_MAX);
    List<String> commands = fields.texts("commands", 1, COMMANDS_MAX, LINE_MAX);
    String result = fields.text("result", BlobRef.NAME_MAX);
    fields.end();
    try {
      return new Build(folder, packages, commands, result);
    } catch (IllegalArgumentException e) {
      throw new MalformedJson("field \"build\": " + e.getMessage());
    }
  }

  JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("folder", folder)
        .putTexts("packages", packages)
        .putTexts("commands", commands)
        .put("result", result)
        .build();
  }
}
