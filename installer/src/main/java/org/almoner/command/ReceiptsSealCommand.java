package org.almoner.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.almoner.coordinator.config.SettingFault;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.seal.CertificatePem;
import org.almoner.tax.seal.SealAlgorithm;
import org.almoner.tax.seal.SealFile;
import org.almoner.tax.seal.SealKey;
import org.almoner.tax.seal.SealRequest;
import org.almoner.tax.verify.TrustFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The key under the charity's documents: looking at it, having it certified, changing it. */
@Command(
    name = "seal",
    mixinStandardHelpOptions = true,
    description = "For the operator: the key that documents are sealed with.",
    subcommands = {
      ReceiptsSealCommand.Show.class,
      ReceiptsSealCommand.Request.class,
      ReceiptsSealCommand.Install.class,
      ReceiptsSealCommand.Rotate.class,
    })
final class ReceiptsSealCommand {
  private ReceiptsSealCommand() {}

  /** The data folder, and the settings that say where the seal is. */
  static final class Place {
    @Mixin private KeysCommand.Data data = new KeysCommand.Data();

    @Mixin private SettingFiles files = new SettingFiles();

    SealSettings settings() throws IOException {
      List<SettingFault> faults = new ArrayList<>();
      SealSettings settings = SealSettings.of(files.read(data.folder()), faults);
      if (!faults.isEmpty()) {
        throw SettingFiles.refused(faults);
      }
      return settings;
    }

    /** The seal, which is only read; a coordinator may run. */
    SealFile file(SealSettings settings) {
      return settings.file(DataFolder.sealOf(data.folder()));
    }

    DataFolder stopped() throws IOException {
      return data.stopped();
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Shows the seal's certificate: whose it is, who issued it, when it ends. Prints no secret",
        "and asks no coordinator. Exit code 1 when it has ended.",
      })
  static final class Show implements java.util.concurrent.Callable<Integer> {
    @Mixin private Place place = new Place();

    @Option(
        names = {"-o", "--output"},
        paramLabel = "text|json",
        defaultValue = "text",
        description = "How to print it (default: ${DEFAULT-VALUE}).")
    private String output = "text";

    @Override
    public Integer call() {
      if (!output.equals("text") && !output.equals("json")) {
        throw Failure.wrongUse("--output takes text or json, got " + output);
      }
      try {
        SealSettings settings = place.settings();
        SealFile file = place.file(settings);
        SealKey key = file.open();
        Instant now = Instant.now();
        JsonValue.Builder shown =
            JsonValue.Obj.of()
                .put("file", file.path().toString())
                .put("kind", key.kind())
                .put("certificate", key.fingerprint().toHex())
                .put("subject", key.subject())
                .put("issuer", key.issuer())
                .put("from", key.since().toString())
                .put("to", key.expires().toString())
                .put("timeStamps", settings.authority().map(Object::toString).orElse(""))
                .put("warning", key.warning(now).orElse(""));
        print(shown.build());
        return now.isAfter(key.expires()) ? Failure.FAILED : 0;
      } catch (IOException e) {
        throw Failure.failed(String.valueOf(e.getMessage()));
      }
    }

    private void print(JsonValue.Obj shown) {
      if (output.equals("json")) {
        System.out.println(new String(CanonicalJson.encode(shown), StandardCharsets.UTF_8));
        return;
      }
      shown.fields().forEach(Show::line);
    }

    private static void line(String name, JsonValue value) {
      if (value instanceof JsonValue.Text text && !text.value().isEmpty()) {
        System.out.printf("%-11s %s%n", name, text.value());
      }
    }
  }

  @Command(
      name = "request",
      mixinStandardHelpOptions = true,
      description = {
        "Writes a certificate request (PKCS#10) for the key in use, to send to a certificate",
        "authority. The key stays where it is; the request holds no secret.",
      })
  static final class Request implements Runnable {
    @Mixin private Place place = new Place();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to.")
    private Path out = Path.of(".");

    @Option(
        names = "--country",
        paramLabel = "XX",
        defaultValue = "",
        description = "Two letters of the charity's country, for the name in the certificate.")
    private String country = "";

    @Override
    public void run() {
      if (!country.isEmpty() && !country.matches("[A-Z]{2}")) {
        throw Failure.wrongUse("--country takes two capital letters such as DE, got " + country);
      }
      try {
        SealKey key = place.file(place.settings()).open();
        Files.writeString(out, SealRequest.pem(key, country), StandardCharsets.US_ASCII);
        System.out.println("request     " + out + " for " + key.subject());
        System.out.println(
            "Send it to the authority; 'almoner receipts seal install' takes what comes back.");
      } catch (IOException e) {
        throw Failure.failed(String.valueOf(e.getMessage()));
      }
    }
  }

  @Command(
      name = "install",
      mixinStandardHelpOptions = true,
      description = {
        "Takes the certificate that an authority issued for the key in use, after checking that",
        "it fits. Documents under the old certificate stay valid.",
      })
  static final class Install implements Runnable {
    @Mixin private Place place = new Place();

    @Parameters(
        paramLabel = "CERT.pem",
        description = "The certificate, then those of the authority, in PEM.")
    private Path certificate = Path.of(".");

    @Override
    public void run() {
      try (DataFolder folder = place.stopped()) {
        byte[] pem = Files.readAllBytes(certificate);
        if (pem.length > CertificatePem.BYTES_MAX) {
          throw Failure.wrongUse(certificate + " is larger than a chain of certificates");
        }
        requireTrust(folder);
        SealKey key =
            place
                .settings()
                .file(folder.seal())
                .install(pem, certificate.toString(), Clock.systemUTC());
        folder.trust().sealWith(key.fingerprint(), Instant.now());
        System.out.println("issued by   " + key.issuer());
        said(folder, key);
      } catch (IOException | IllegalArgumentException e) {
        throw Failure.failed(String.valueOf(e.getMessage()));
      }
    }
  }

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = {
        "Draws a new seal, with a certificate that the charity issues to itself. The old one is",
        "kept, read-only; documents under it stay valid. The trust file says when which was used.",
      })
  static final class Rotate implements Runnable {
    @Mixin private Place place = new Place();

    @Option(
        names = "--kind",
        paramLabel = "p256|rsa",
        defaultValue = "p256",
        description = "P-256, or RSA of 3072 bits (default: ${DEFAULT-VALUE}).")
    private String kind = "p256";

    @Override
    public void run() {
      if (!kind.equals("p256") && !kind.equals("rsa")) {
        throw Failure.wrongUse("--kind takes p256 or rsa, got " + kind);
      }
      try (DataFolder folder = place.stopped()) {
        rotate(
            folder,
            place.settings().file(folder.seal()),
            kind.equals("rsa") ? SealAlgorithm.RSA : SealAlgorithm.P256);
      } catch (IOException | IllegalArgumentException e) {
        throw Failure.failed(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Draws a new seal in {@code file}, and says so in the trust file. */
  static void rotate(DataFolder folder, SealFile file, SealAlgorithm kind) throws IOException {
    TrustFile before = requireTrust(folder);
    SealKey key = file.rotate(kind, before.charity(), Clock.systemUTC(), new SecureRandom());
    folder.trust().sealWith(key.fingerprint(), Instant.now());
    said(folder, key);
  }

  private static TrustFile requireTrust(DataFolder folder) throws IOException {
    return folder
        .trust()
        .read()
        .orElseThrow(
            () ->
                Failure.wrongUse(
                    "there is no " + folder.trustFile() + "; start the coordinator once"));
  }

  private static void said(DataFolder folder, SealKey key) {
    Hash fingerprint = key.fingerprint();
    System.out.println("new seal    SHA-256 " + fingerprint);
    System.out.println("ends        " + key.expires());
    System.out.println("Publish " + folder.trustFile() + " before the next document is issued.");
  }
}
