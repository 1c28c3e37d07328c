package org.almoner.coordinator.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.almoner.workload.yaml.Spelling;
import org.almoner.workload.yaml.YamlNode;
import org.almoner.workload.yaml.YamlText;

/**
 * Puts settings together: first the file, then the environment, then the flags; what comes later
 * prevails. Every fault is noted and reading goes on.
 */
public final class SettingsReader {
  /** Variables of this name and longer are ours. */
  private static final String VARIABLES = "ALMONER_";

  /** A variable of the launcher's, which is no setting. */
  private static final String LAUNCHER = "ALMONER_BUILD";

  private final Map<Setting<?>, Settings.Given> given = new LinkedHashMap<>();
  private final List<SettingFault> faults = new ArrayList<>();

  /**
   * Reads the file.
   *
   * @param file its name, for faults; files that it names are looked for beside it
   * @param shared whether other accounts may read it: then it must hold no secret
   */
  public SettingsReader file(Path file, byte[] octets, boolean shared) {
    String name = file.toString();
    Optional<YamlNode> root =
        YamlText.read(octets, (at, path, sentence) -> faults.add(fault(name, at, path, sentence)));
    if (root.isPresent() && root.get() instanceof YamlNode.Mapping mapping) {
      group(new InFile(name, file.toAbsolutePath(), shared), "", mapping);
    } else if (root.isPresent() && !(root.get() instanceof YamlNode.Absent)) {
      faults.add(
          fault(
              name,
              root.get().at(),
              "",
              "has settings, such as 'listen: 127.0.0.1:7421', not " + root.get().kind()));
    }
    return this;
  }

  /** Reads the environment; variables of others are left alone. */
  public SettingsReader environment(Map<String, String> variables) {
    for (Setting<?> setting : SettingsTable.ALL) {
      String text = variables.get(setting.variable());
      if (text != null) {
        give(setting, setting.form().split(text), new Origin.Variable(setting.variable()));
      }
    }
    for (String variable : new TreeSet<>(variables.keySet())) {
      if (variable.startsWith(VARIABLES)
          && !variable.equals(LAUNCHER)
          && SettingsTable.ALL.stream().noneMatch(s -> s.variable().equals(variable))) {
        List<String> known = SettingsTable.ALL.stream().<String>map(Setting::variable).toList();
        faults.add(
            new SettingFault(new Origin.Variable(variable), variable, unknown(variable, known)));
      }
    }
    return this;
  }

  /** One option of the command line, with what it was given, once or more. */
  public SettingsReader flag(Setting<?> setting, List<String> texts) {
    List<String> pieces =
        texts.stream().flatMap(text -> setting.form().split(text).stream()).toList();
    give(setting, pieces, new Origin.Flag(setting.flag()));
    return this;
  }

  /**
   * The values that hold.
   *
   * @throws BadSettings with every fault there is
   */
  public Settings settings() throws BadSettings {
    if (!faults.isEmpty()) {
      throw new BadSettings(faults);
    }
    return new Settings(given);
  }

  /** The file that is being read. */
  private record InFile(String name, Path path, boolean shared) {
    Origin at(YamlNode.Position at) {
      return new Origin.Line(name, at.line(), at.column());
    }
  }

  private void group(InFile file, String prefix, YamlNode.Mapping mapping) {
    Map<String, YamlNode.Position> seen = new LinkedHashMap<>();
    for (YamlNode.Field field : mapping.fields()) {
      String path = prefix + field.name();
      YamlNode.Position before = seen.putIfAbsent(field.name(), field.at());
      Optional<Setting<?>> setting = SettingsTable.find(path);
      if (before != null) {
        faults.add(
            fault(file.name(), field.at(), path, "stands twice, first on line " + before.line()));
      } else if (setting.isPresent()) {
        value(file, setting.get(), field);
      } else if (isGroup(path)) {
        subgroup(file, path, field);
      } else {
        faults.add(
            fault(file.name(), field.at(), path, unknown(path, SettingsTable.namesAndGroups())));
      }
    }
  }

  private void subgroup(InFile file, String path, YamlNode.Field field) {
    if (field.value() instanceof YamlNode.Mapping inner) {
      group(file, path + ".", inner);
    } else if (!(field.value() instanceof YamlNode.Absent)) {
      // What stands there is not shown: it may be a secret on the wrong line.
      List<String> inside =
          SettingsTable.names().stream().filter(name -> name.startsWith(path + ".")).toList();
      faults.add(
          fault(
              file.name(), field.value().at(), path, "is a group of " + String.join(", ", inside)));
    }
  }

  private static boolean isGroup(String path) {
    return SettingsTable.names().stream().anyMatch(name -> name.startsWith(path + "."));
  }

  private void value(InFile file, Setting<?> setting, YamlNode.Field field) {
    Origin origin = file.at(field.value().at());
    Optional<List<String>> pieces = pieces(setting, field.value());
    if (pieces.isEmpty()) {
      String wanted = setting.form().several() ? "a list or names with values" : "one value";
      faults.add(new SettingFault(origin, setting.name(), "takes " + wanted + " here"));
    } else if (setting.secret() && file.shared()) {
      faults.add(
          new SettingFault(
              origin,
              setting.name(),
              "is a secret, and others may read this file: run chmod 600 on it, change the secret,"
                  + " or keep it in a file of its own"));
    } else {
      give(setting, pieces.get(), origin);
      beside(file, setting);
    }
  }

  /** Files named in the file lie beside it. */
  private void beside(InFile file, Setting<?> setting) {
    Settings.Given said = given.get(setting);
    if (said != null && said.value() instanceof Path path) {
      given.put(
          setting, new Settings.Given(file.path().resolveSibling(path).normalize(), said.origin()));
    }
  }

  /** What was written, piece by piece; nothing when it has another shape. */
  private static Optional<List<String>> pieces(Setting<?> setting, YamlNode value) {
    if (value instanceof YamlNode.Text text) {
      return Optional.of(
          setting.form().several() ? setting.form().split(text.text()) : List.of(text.text()));
    }
    List<String> pieces = new ArrayList<>();
    if (setting.form().several() && value instanceof YamlNode.Listing listing) {
      for (YamlNode item : listing.items()) {
        if (!(item instanceof YamlNode.Text text)) {
          return Optional.empty();
        }
        pieces.add(text.text());
      }
      return Optional.of(pieces);
    }
    if (setting.form().several() && value instanceof YamlNode.Mapping mapping) {
      for (YamlNode.Field field : mapping.fields()) {
        if (!(field.value() instanceof YamlNode.Text text)) {
          return Optional.empty();
        }
        pieces.add(field.name() + "=" + text.text());
      }
      return Optional.of(pieces);
    }
    return Optional.empty();
  }

  private void give(Setting<?> setting, List<String> pieces, Origin origin) {
    try {
      given.put(setting, new Settings.Given(setting.form().parser().apply(pieces), origin));
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage());
      faults.add(new SettingFault(origin, setting.name(), why));
    }
  }

  private static String unknown(String name, List<String> known) {
    return "is no setting; "
        + known.stream()
            .filter(each -> each.endsWith("." + name))
            .findFirst()
            .or(() -> Spelling.nearest(name, known))
            .map(meant -> "did you mean " + meant + "?")
            .orElse("'almoner config list' names all there are");
  }

  private static SettingFault fault(
      String file, YamlNode.Position at, String path, String sentence) {
    return new SettingFault(new Origin.Line(file, at.line(), at.column()), path, sentence);
  }
}
