package org.almoner.coordinator.config;

import java.util.List;
import java.util.Locale;

/**
 * One thing that the operator may set.
 *
 * @param name as the file has it, its groups before it: {@code tls.password-file}
 * @param form how its values are written
 * @param standard the default; none when nothing stands for it
 * @param flag the option of {@code serve} that sets it; empty when the command line must not
 * @param flagMeans what that option says when it takes no value; empty when it takes one
 * @param secret whether its value is shown to nobody
 * @param meaning one sentence, without its end
 */
public record Setting<T>(
    String name,
    Form<T> form,
    List<T> standard,
    String flag,
    String flagMeans,
    boolean secret,
    String meaning) {
  /** What stands in the place of a secret. */
  public static final String MASK = "(set, not shown)";

  private static final String VARIABLE = "ALMONER_";

  /** Copies the list. */
  public Setting {
    standard = List.copyOf(standard);
  }

  static <T> Setting<T> of(String name, Form<T> form, T standard, String meaning) {
    return new Setting<>(name, form, List.of(standard), flagOf(name), "", false, meaning);
  }

  static <T> Setting<T> unset(String name, Form<T> form, String meaning) {
    return new Setting<>(name, form, List.of(), flagOf(name), "", false, meaning);
  }

  /** Under a name of its own on the command line. */
  Setting<T> flag(String other) {
    return new Setting<>(name, form, standard, other, flagMeans, secret, meaning);
  }

  /** With an option that takes no value and means {@code value}. */
  Setting<T> flag(String other, String value) {
    return new Setting<>(name, form, standard, other, value, secret, meaning);
  }

  /** Shown to nobody, and not set where everybody sees it: on a command line. */
  Setting<T> asSecret() {
    return new Setting<>(name, form, standard, "", "", true, meaning);
  }

  /** Name of the variable that sets it. */
  public String variable() {
    return VARIABLE + name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** The default as it would be written; empty when there is none. */
  public String standardText() {
    return standard.isEmpty() ? "" : form.written(standard.get(0));
  }

  private static String flagOf(String name) {
    return "--" + name.replace('.', '-');
  }

  @Override
  public String toString() {
    return name;
  }
}
