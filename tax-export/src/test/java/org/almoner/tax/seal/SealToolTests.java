package org.almoner.tax.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.almoner.tax.pdf.Documents;
import org.almoner.tax.pdf.Tool;
import org.almoner.tax.pdf.VeraPdf;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** What programs that share no code with ours say of each kind of seal, stamped and not. */
class SealToolTests {
  @TempDir static Path folder;
  private static Authorities.Holder root;
  private static TimeDouble time;
  private static byte[] unsealed;

  @BeforeAll
  static void seal() throws Exception {
    root = Authorities.root("Example Root");
    Authorities.Holder clock = Authorities.forTime(root, "Clockmaker", "RSA");
    time = new TimeDouble(clock, List.of(clock.certificate()), Documents.SEALED_AT.plusSeconds(1));
    unsealed = Documents.unsealed();
    for (String kind : List.of("EC", "RSA")) {
      SealKey key = key(kind);
      Files.write(file(kind, false), Sealer.with(key).seal(unsealed, Documents.SEALED_AT));
      Sealer stamped = Sealer.stamped(key, time.believed(List.of(root.certificate())));
      Files.write(file(kind, true), stamped.seal(unsealed, Documents.SEALED_AT));
    }
    Files.writeString(folder.resolve("root.pem"), pem(root.certificate()));
  }

  @AfterAll
  static void close() {
    time.close();
  }

  private static SealKey key(String kind) throws Exception {
    KeyPair pair = Authorities.pair(kind);
    X509Certificate own =
        Authorities.forSeals(
            root, "Open Estuary", pair, Documents.CLOCK.instant(), Duration.ofDays(3_000));
    return SealKey.of(pair.getPrivate(), List.of(own, root.certificate()), "the test's key");
  }

  private static String pem(X509Certificate certificate) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private static Path file(String kind, boolean stamped) {
    return folder.resolve(kind + (stamped ? "-stamped.pdf" : ".pdf"));
  }

  @ParameterizedTest
  @CsvSource({"EC,false", "EC,true", "RSA,false", "RSA,true"})
  void eachIsValidForPdfsigAndQpdf(String kind, boolean stamped) throws Exception {
    Path sealed = file(kind, stamped);
    assertThat(SealCheck.check(Files.readAllBytes(sealed))).isInstanceOf(IntactSeal.class);
    assertThat(Tool.run("pdfsig", sealed.toString()).text())
        .contains("Signature is Valid.")
        .contains("Total document signed")
        .contains("ETSI.CAdES.detached");
    assertThat(Tool.run("qpdf", "--check", sealed.toString()).text())
        .contains("No syntax or stream encoding errors found");
  }

  @ParameterizedTest
  @CsvSource({"EC,false", "EC,true", "RSA,false", "RSA,true"})
  void eachIsVerifiedByOpenSslUnderItsRoot(String kind, boolean stamped) throws Exception {
    Path container = folder.resolve("container.der");
    Path covered = folder.resolve("covered.bin");
    split(Files.readAllBytes(file(kind, stamped)), container, covered);
    Tool.Said said = openssl(container, covered);
    assertThat(said.text()).contains("CAdES Verification successful");
    byte[] other = Files.readAllBytes(covered);
    other[other.length / 2] ^= 1;
    Files.write(covered, other);
    assertThat(openssl(container, covered).exit()).isNotZero();
  }

  private static Tool.Said openssl(Path container, Path covered) throws Exception {
    return Tool.run(
        "openssl",
        "cms",
        "-verify",
        "-cades",
        "-binary",
        "-inform",
        "DER",
        "-in",
        container.toString(),
        "-content",
        covered.toString(),
        "-CAfile",
        folder.resolve("root.pem").toString(),
        "-purpose",
        "any",
        "-no_check_time",
        "-out",
        "/dev/null");
  }

  @Test
  void openSslVerifiesTheTimeStampOfTheSignature() throws Exception {
    Path container = folder.resolve("stamped.der");
    split(Files.readAllBytes(file("EC", true)), container, folder.resolve("covered.bin"));
    byte[] padded = Files.readAllBytes(container);
    SealContainer parts =
        SealContainer.parse(padded, SealContainer.digest(padded).orElseThrow()).orElseThrow();
    Path token = folder.resolve("token.der");
    Path signature = folder.resolve("signature.bin");
    Files.write(token, parts.stamp().toArray());
    Files.write(signature, parts.signature().toArray());
    Tool.Said said =
        Tool.run(
            "openssl",
            "ts",
            "-verify",
            "-in",
            token.toString(),
            "-token_in",
            "-data",
            signature.toString(),
            "-CAfile",
            folder.resolve("root.pem").toString());
    assertThat(said.text()).contains("Verification: OK");
  }

  @ParameterizedTest
  @EnumSource(
      value = PDFAFlavour.class,
      names = {"PDFA_3_A", "PDFUA_1"})
  void aStampedStatementConforms(PDFAFlavour flavour) throws Exception {
    assertThat(VeraPdf.faults(Files.readAllBytes(file("RSA", true)), flavour)).isEmpty();
  }

  /** The signature's octets, and what they cover. */
  private static void split(byte[] sealed, Path container, Path covered) throws Exception {
    String text = new String(sealed, StandardCharsets.ISO_8859_1);
    int from = text.lastIndexOf("/Contents <") + "/Contents ".length();
    int to = text.indexOf('>', from) + 1;
    byte[] octets = HexFormat.of().parseHex(text.substring(from + 1, to - 1));
    Files.write(container, octets);
    byte[] rest = Arrays.copyOf(sealed, sealed.length - (to - from));
    System.arraycopy(sealed, to, rest, from, sealed.length - to);
    Files.write(covered, rest);
  }
}
