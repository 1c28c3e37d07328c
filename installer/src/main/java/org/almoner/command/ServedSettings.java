package org.almoner.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.Config;
import org.almoner.coordinator.config.BadSettings;
import org.almoner.coordinator.config.Setting;
import org.almoner.coordinator.config.SettingFault;
import org.almoner.coordinator.config.Settings;
import org.almoner.coordinator.config.SettingsTable;
import org.almoner.coordinator.http.HttpLimits;
import org.almoner.coordinator.http.Listen;
import org.almoner.coordinator.http.rate.AddressRange;
import org.almoner.coordinator.http.rate.RateLimits;
import org.almoner.coordinator.operate.DiskLimits;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.tax.jurisdiction.Gate;
import org.almoner.tax.jurisdiction.MalformedProfile;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.jurisdiction.Reviews;
import org.almoner.tax.jurisdiction.ShippedProfiles;
import org.almoner.tax.pdf.AsianFonts;
import org.almoner.tax.pdf.Brand;
import org.almoner.tax.pdf.Colour;
import org.almoner.tax.pdf.Logo;
import org.almoner.tax.pdf.MalformedLogo;
import org.almoner.tax.receipt.Charity;

/**
 * What the settings mean to the rooms that are started with them. Files that they name are read
 * here, and what does not fit together is found here, all of it at once.
 */
final class ServedSettings {
  /** Stands for the name that the trust file may have. */
  private static final String ANY_NAME = "?";

  private final Settings settings;
  private final List<SettingFault> faults = new ArrayList<>();
  private final SealSettings sealing;
  private final Optional<Listen> listen;
  private final Optional<WitnessPolicy> witnesses;
  private final Gate gate;

  private ServedSettings(Settings settings) {
    this.settings = settings;
    this.sealing = SealSettings.of(settings, faults);
    this.listen = listening();
    this.witnesses = settings.find(SettingsTable.WITNESSES).flatMap(this::policy);
    this.gate = openGate();
    attempt(SettingsTable.TRUSTED_PROXIES, this::rates);
    attempt(SettingsTable.CHARITY_NAME, () -> charity(ANY_NAME));
    attempt(SettingsTable.RECEIPTS_LOGO, this::logo);
    attempt(SettingsTable.RECEIPTS_COLOURS, this::colours);
    String origin = origin();
    attempt(SettingsTable.ORIGIN, () -> config(origin.isEmpty() ? "drawn" : origin, "any"));
  }

  /**
   * Looks at all of them.
   *
   * @throws BadSettings with every fault there is
   */
  static ServedSettings of(Settings settings) throws BadSettings {
    ServedSettings served = new ServedSettings(settings);
    if (!served.faults.isEmpty()) {
      throw new BadSettings(served.faults);
    }
    return served;
  }

  Listen listen() {
    return listen.orElseThrow();
  }

  /** The policy that is given; empty when none is, so that the trust file's holds. */
  Optional<WitnessPolicy> witnesses() {
    return witnesses;
  }

  /** Chooses the profile of each document. */
  Gate gate() {
    return gate;
  }

  /** The log's name as given; empty when none is. */
  String origin() {
    return settings.get(SettingsTable.ORIGIN);
  }

  /** The charity; {@code known} is its name when none is given. */
  Charity charity(String known) {
    String given = settings.get(SettingsTable.CHARITY_NAME);
    return new Charity(
        given.isEmpty() ? known : given,
        settings.get(SettingsTable.CHARITY_ADDRESS),
        settings.get(SettingsTable.CHARITY_CONTACT),
        settings.get(SettingsTable.CHARITY_REGISTRATION));
  }

  /** The look of documents. */
  Brand brand() {
    List<Colour> colours = colours();
    return new Brand(logo(), colours.get(0), colours.get(1));
  }

  /** Fonts for names in Chinese, Japanese and Korean, where there are any. */
  AsianFonts fonts() {
    return AsianFonts.in(Path.of(settings.get(SettingsTable.RECEIPTS_FONTS)));
  }

  private Logo logo() {
    Optional<Path> file = settings.find(SettingsTable.RECEIPTS_LOGO);
    if (file.isEmpty()) {
      return Brand.ALMONER.logo();
    }
    try {
      return Logo.read(file.get());
    } catch (MalformedLogo e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file.get() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private List<Colour> colours() {
    List<String> given = settings.get(SettingsTable.RECEIPTS_COLOURS);
    if (given.isEmpty()) {
      return List.of(Brand.ALMONER.main(), Brand.ALMONER.accent());
    }
    if (given.size() != 2) {
      throw new IllegalArgumentException(
          "expected two colours, one a line, such as #14344f and #1d6650; got " + given.size());
    }
    return given.stream().map(Colour::parse).toList();
  }

  /** What the operator decides about the coordinator itself. */
  Config config(String origin, String meter) {
    return Config.of(origin, Software.title(), meter)
        .withMaturity(settings.get(SettingsTable.MATURITY))
        .withArchiveAfter(settings.get(SettingsTable.ARCHIVE_AFTER))
        .withOpenPeriod(openPeriod())
        .withLeaseMin(settings.get(SettingsTable.LEASE))
        .withRetry(settings.get(SettingsTable.RETRY))
        .withRenewal(settings.get(SettingsTable.RENEWAL))
        .withPilot(settings.get(SettingsTable.PILOT))
        .withShares(settings.get(SettingsTable.WEIGHTS))
        .withQueueMax(settings.get(SettingsTable.QUEUE))
        .withReferenceRate(settings.get(SettingsTable.REFERENCE_RATE));
  }

  boolean openPeriod() {
    return settings.get(SettingsTable.PERIOD).equals("open");
  }

  boolean starters() {
    return settings.get(SettingsTable.STARTER);
  }

  /** Whether the operator's log is for programs. */
  boolean logsJson() {
    return settings.get(SettingsTable.LOG_FORMAT).equals("json");
  }

  /** The least that is written to the operator's log. */
  String logLevel() {
    return settings.get(SettingsTable.LOG_LEVEL);
  }

  /** Which key documents are sealed with, and who attests when. */
  SealSettings sealing() {
    return sealing;
  }

  /** What of this computer it may use. */
  Resources resources() {
    return new Resources(
        HttpLimits.standard().withConnections(settings.get(SettingsTable.CONNECTIONS)),
        rates(),
        settings.get(SettingsTable.STORE_MEMORY),
        new DiskLimits(
            settings.get(SettingsTable.DISK_RESERVE), settings.get(SettingsTable.DISK_LOW_WATER)));
  }

  private RateLimits rates() {
    return new RateLimits(
        settings.get(SettingsTable.REQUESTS_PER_ADDRESS),
        settings.get(SettingsTable.REQUESTS_PER_ACCOUNT),
        settings.get(SettingsTable.TRUSTED_PROXIES).stream().map(AddressRange::parse).toList());
  }

  private Optional<Listen> listening() {
    Optional<InetSocketAddress> address = address();
    boolean pem =
        settings.find(SettingsTable.TLS_CERTIFICATE).isPresent()
            || settings.find(SettingsTable.TLS_KEY).isPresent();
    Optional<Path> keystore = settings.find(SettingsTable.TLS_KEYSTORE);
    if (pem && keystore.isPresent()) {
      fault(
          SettingsTable.TLS_KEYSTORE,
          "and tls.certificate both name a certificate; keep one of them");
      return Optional.empty();
    }
    if (pem) {
      return address.flatMap(this::pem);
    }
    if (keystore.isPresent()) {
      Optional<char[]> password = password();
      return address.flatMap(at -> password.flatMap(word -> keystore(at, keystore.get(), word)));
    }
    if (settings.find(SettingsTable.TLS_PASSWORD).isPresent()) {
      fault(SettingsTable.TLS_PASSWORD, "opens nothing without tls.keystore; name that too");
    }
    return address.flatMap(at -> attempt(SettingsTable.LISTEN, () -> Listen.plain(at)));
  }

  private Optional<InetSocketAddress> address() {
    URI parsed = URI.create("http://" + settings.get(SettingsTable.LISTEN));
    if (parsed.getHost() == null) {
      fault(SettingsTable.LISTEN, "takes HOST:PORT, such as 127.0.0.1:7421; this is no host");
      return Optional.empty();
    }
    return Optional.of(new InetSocketAddress(parsed.getHost(), parsed.getPort()));
  }

  private Optional<Listen> pem(InetSocketAddress at) {
    Optional<Path> certificate = settings.find(SettingsTable.TLS_CERTIFICATE);
    Optional<Path> key = settings.find(SettingsTable.TLS_KEY);
    if (certificate.isEmpty() || key.isEmpty()) {
      fault(SettingsTable.TLS_CERTIFICATE, "and tls.key belong together; name both files");
      return Optional.empty();
    }
    try {
      return Optional.of(Listen.pem(at, certificate.get(), key.get()));
    } catch (IOException | IllegalArgumentException e) {
      fault(SettingsTable.TLS_CERTIFICATE, "does not do: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Listen> keystore(InetSocketAddress at, Path file, char[] password) {
    try {
      return Optional.of(Listen.tls(at, file, password));
    } catch (IOException | IllegalArgumentException e) {
      fault(SettingsTable.TLS_KEYSTORE, "does not do: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<char[]> password() {
    Optional<Path> file = settings.find(SettingsTable.TLS_PASSWORD_FILE);
    Optional<String> word = settings.find(SettingsTable.TLS_PASSWORD);
    if (file.isPresent() == word.isPresent()) {
      fault(
          SettingsTable.TLS_KEYSTORE,
          "needs "
              + SettingsTable.TLS_PASSWORD_FILE.flag()
              + " with the password of "
              + settings.find(SettingsTable.TLS_KEYSTORE).orElseThrow()
              + (word.isPresent() ? ", or tls.password, not both" : ""));
      return Optional.empty();
    }
    if (word.isPresent()) {
      return Optional.of(word.get().toCharArray());
    }
    return text(SettingsTable.TLS_PASSWORD_FILE, file.get())
        .map(text -> text.strip().toCharArray());
  }

  private Optional<WitnessPolicy> policy(Path file) {
    try {
      Optional<String> text = text(SettingsTable.WITNESSES, file);
      return text.isEmpty() ? Optional.empty() : Optional.of(WitnessPolicy.parse(text.get()));
    } catch (MalformedNote e) {
      fault(SettingsTable.WITNESSES, file + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private Gate openGate() {
    List<Profile> inUse = new ArrayList<>();
    for (String id : settings.get(SettingsTable.PROFILES)) {
      profile(id).ifPresent(inUse::add);
    }
    Reviews reviews =
        settings.find(SettingsTable.REVIEWS).flatMap(this::reviews).orElse(Reviews.NONE);
    return new Gate(inUse, reviews);
  }

  private Optional<Profile> profile(String id) {
    Optional<Profile> shipped = ShippedProfiles.find(id);
    if (shipped.isPresent()) {
      return shipped;
    }
    Optional<Path> folder = settings.find(SettingsTable.PROFILE_FOLDER);
    if (folder.isEmpty() || !id.matches(Profile.ID)) {
      fault(
          SettingsTable.PROFILES,
          "names "
              + id
              + ", which Almoner does not bring ("
              + String.join(", ", ShippedProfiles.IDS)
              + "); profiles of your own lie in receipts.profile-folder");
      return Optional.empty();
    }
    Path file = folder.get().resolve(id + ".yaml");
    Optional<String> text = text(SettingsTable.PROFILE_FOLDER, file);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Profile profile = Profile.parse(text.get().getBytes(StandardCharsets.UTF_8));
      if (profile.id().equals(id)) {
        return Optional.of(profile);
      }
      fault(SettingsTable.PROFILE_FOLDER, file + " calls itself " + profile.id());
    } catch (MalformedProfile e) {
      e.faults().forEach(one -> fault(SettingsTable.PROFILE_FOLDER, file + ": " + one.sentence()));
    }
    return Optional.empty();
  }

  private Optional<Reviews> reviews(Path file) {
    Optional<String> text = text(SettingsTable.REVIEWS, file);
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(Reviews.parse(text.get().getBytes(StandardCharsets.UTF_8)));
    } catch (MalformedProfile e) {
      e.faults().forEach(one -> fault(SettingsTable.REVIEWS, file + ": " + one.sentence()));
      return Optional.empty();
    }
  }

  private Optional<String> text(Setting<Path> setting, Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      fault(setting, "names a file that is not there: " + file);
    } catch (IOException e) {
      fault(setting, "names a file that cannot be read: " + file + " (" + e.getMessage() + ")");
    }
    return Optional.empty();
  }

  /** Something made of a setting. */
  private interface Making<T> {
    T make();
  }

  private <T> Optional<T> attempt(Setting<?> setting, Making<T> making) {
    try {
      return Optional.of(making.make());
    } catch (IllegalArgumentException e) {
      fault(setting, "does not do: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void fault(Setting<?> setting, String sentence) {
    faults.add(settings.fault(setting, sentence));
  }
}
