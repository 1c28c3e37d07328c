package org.almoner.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.almoner.coordinator.config.Setting;
import org.almoner.coordinator.config.SettingFault;
import org.almoner.coordinator.config.Settings;
import org.almoner.coordinator.config.SettingsTable;
import org.almoner.tax.seal.CertificatePem;
import org.almoner.tax.seal.HttpStampLine;
import org.almoner.tax.seal.SealFile;
import org.almoner.tax.seal.SealKey;
import org.almoner.tax.seal.Sealer;
import org.almoner.tax.seal.StampingAuthority;
import org.almoner.tax.verify.TimeRoot;

/** Which key the charity seals with, and who attests when, as the settings say it. */
final class SealSettings {
  /** The seal that Almoner makes itself, and no time stamps. */
  static final SealSettings OWN =
      new SealSettings(Optional.empty(), "", Optional.empty(), List.of());

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Time before the second attempt to get a time stamp; twice that before the third. */
  private static final long PAUSE_SECONDS = 2;

  private final Optional<Path> key;
  private final String password;
  private final Optional<URI> authority;
  private final List<X509Certificate> roots;

  private SealSettings(
      Optional<Path> key, String password, Optional<URI> authority, List<X509Certificate> roots) {
    this.key = key;
    this.password = password;
    this.authority = authority;
    this.roots = List.copyOf(roots);
  }

  /** Reads the settings and the files they name; what is wrong is added to {@code faults}. */
  static SealSettings of(Settings settings, List<SettingFault> faults) {
    return new SealSettings(
        settings.find(SettingsTable.SEAL_KEY),
        password(settings, faults),
        authority(settings, faults),
        roots(settings, faults));
  }

  /** What the settings of a data folder say, as far as it can be understood. */
  static SealSettings in(Path folder) throws IOException {
    return of(new SettingFiles().read(folder), new ArrayList<>());
  }

  private static String password(Settings settings, List<SettingFault> faults) {
    Optional<Path> file = settings.find(SettingsTable.SEAL_PASSWORD_FILE);
    Optional<String> word = settings.find(SettingsTable.SEAL_PASSWORD);
    if (settings.find(SettingsTable.SEAL_KEY).isEmpty()) {
      Setting<?> alone =
          file.isPresent() ? SettingsTable.SEAL_PASSWORD_FILE : SettingsTable.SEAL_PASSWORD;
      if (file.isPresent() || word.isPresent()) {
        faults.add(settings.fault(alone, "opens nothing without receipts.seal-key; name that too"));
      }
      return "";
    }
    if (file.isPresent() == word.isPresent()) {
      faults.add(
          settings.fault(
              SettingsTable.SEAL_KEY,
              "needs receipts.seal-password-file with its password"
                  + (word.isPresent() ? ", or receipts.seal-password, not both" : "")));
      return "";
    }
    if (word.isPresent()) {
      return word.get();
    }
    try {
      return Files.readString(file.get(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      faults.add(
          settings.fault(
              SettingsTable.SEAL_PASSWORD_FILE,
              "names a file that cannot be read: " + e.getMessage()));
      return "";
    }
  }

  private static Optional<URI> authority(Settings settings, List<SettingFault> faults) {
    Optional<String> text = settings.find(SettingsTable.TIME_AUTHORITY);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (settings.find(SettingsTable.TIME_ROOTS).isEmpty()) {
      faults.add(
          settings.fault(
              SettingsTable.TIME_AUTHORITY,
              "needs receipts.tsa-roots: without the authority's root nobody could check its time"
                  + " stamps"));
    }
    try {
      URI address = URI.create(text.get());
      if (List.of("http", "https").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null) {
        return Optional.of(address);
      }
    } catch (IllegalArgumentException e) {
      // Said below, like every other address that is none.
    }
    faults.add(
        settings.fault(
            SettingsTable.TIME_AUTHORITY,
            "takes an address that begins with http:// or https://, got " + text.get()));
    return Optional.empty();
  }

  private static List<X509Certificate> roots(Settings settings, List<SettingFault> faults) {
    Optional<Path> file = settings.find(SettingsTable.TIME_ROOTS);
    if (file.isEmpty()) {
      return List.of();
    }
    try {
      return CertificatePem.parse(Files.readAllBytes(file.get()), file.get().toString());
    } catch (IOException e) {
      faults.add(settings.fault(SettingsTable.TIME_ROOTS, "does not do: " + e.getMessage()));
      return List.of();
    }
  }

  /** Whether the seal is the one that Almoner makes in the data folder. */
  boolean isOwn() {
    return key.isEmpty();
  }

  /**
   * Where the seal is.
   *
   * @param own where Almoner makes its own
   */
  SealFile file(Path own) {
    return key.isEmpty() ? new SealFile(own) : new SealFile(key.get(), password.toCharArray());
  }

  /** How documents are sealed with {@code key}. */
  Sealer sealer(SealKey key, SecureRandom random) {
    if (authority.isEmpty()) {
      return Sealer.with(key);
    }
    HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    return Sealer.stamped(
        key,
        new StampingAuthority(
            authority.get().toString(),
            new HttpStampLine(http, authority.get()),
            roots,
            random,
            attempt -> TimeUnit.SECONDS.sleep(attempt * PAUSE_SECONDS)));
  }

  /** Who attests when documents are sealed. */
  Optional<URI> authority() {
    return authority;
  }

  /** Whose time stamps readers should believe. */
  List<TimeRoot> timeRoots() {
    return roots.stream().map(TimeRoot::of).toList();
  }
}
