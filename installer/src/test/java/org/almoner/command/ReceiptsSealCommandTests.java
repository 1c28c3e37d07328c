package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.seal.SealKey;
import org.almoner.tax.verify.SealTerm;
import org.almoner.tax.verify.TrustFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's seal on a data folder whose coordinator does not run. */
class ReceiptsSealCommandTests {
  private static final String OPENSSL = "/usr/bin/openssl";

  @TempDir Path temp;
  private Path data;
  private SealKey first;

  @BeforeEach
  void begin() throws Exception {
    data = temp.resolve("data");
    try (DataFolder folder = DataFolder.open(data)) {
      String origin = folder.origin("log.example/seal", new SecureRandom());
      first = SealKey.openOrCreate(folder.seal(), "Example", Clock.systemUTC(), new SecureRandom());
      SigningKey log = SigningKey.of(Hash.sha256().toArray());
      folder
          .trust()
          .add(
              "Example",
              List.of(new VerifierKey(origin, log.publicKey())),
              List.of(first.fingerprint()),
              WitnessPolicy.NOBODY);
    }
  }

  private record Said(int code, String out, String err) {}

  private Said seal(String... words) {
    List<String> all = new ArrayList<>(List.of("receipts", "seal"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", data.toString()));
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream saidOut = new ByteArrayOutputStream();
    ByteArrayOutputStream saidErr = new ByteArrayOutputStream();
    System.setOut(new PrintStream(saidOut, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(saidErr, true, StandardCharsets.UTF_8));
    try {
      int code = Main.run(all.toArray(String[]::new));
      return new Said(
          code, saidOut.toString(StandardCharsets.UTF_8), saidErr.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private TrustFile trust() throws Exception {
    return TrustFile.parse(Files.readAllBytes(data.resolve("trust.json")));
  }

  private void openssl(String... words) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of(OPENSSL)), "openssl is missing");
    List<String> command = new ArrayList<>(List.of(OPENSSL));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("openssl.txt").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(temp.resolve("openssl.txt"))).isZero();
  }

  @Test
  void itIsShown() {
    Said said = seal("show");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("kind        P-256")
        .contains("certificate " + first.fingerprint())
        .contains("issuer      CN=Example,O=Example")
        .doesNotContain("warning");
    assertThat(seal("show", "-o", "json").out())
        .startsWith("{\"certificate\":\"" + first.fingerprint())
        .contains("\"timeStamps\":\"\"");
    assertThat(seal("show", "-o", "xml").code()).isEqualTo(2);
  }

  @Test
  void aNewOneIsInUseFromThatMoment() throws Exception {
    Said said = seal("rotate");
    assertThat(said.code()).as(said.err()).isZero();
    TrustFile trust = trust();
    assertThat(trust.seals()).hasSize(2).startsWith(first.fingerprint());
    SealTerm before = trust.term(first.fingerprint()).orElseThrow();
    SealTerm now = trust.term(trust.seals().get(1)).orElseThrow();
    assertThat(before.to()).isEqualTo(now.from());
    assertThat(now.to()).isEqualTo(SealTerm.IN_USE);
    assertThat(said.out()).contains("new seal    SHA-256 " + trust.seals().get(1), "Publish");
    assertThat(seal("rotate", "--kind", "dsa").code()).isEqualTo(2);
  }

  @Test
  void anAuthoritysCertificateIsAskedForAndInstalled() throws Exception {
    assertThat(
            seal("request", "--out", temp.resolve("seal.csr").toString(), "--country", "de").code())
        .isEqualTo(2);
    Said asked = seal("request", "--out", temp.resolve("seal.csr").toString(), "--country", "DE");
    assertThat(asked.code()).as(asked.err()).isZero();
    openssl(
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-subj",
        "/CN=Example CA",
        "-days",
        "3650");
    Files.writeString(temp.resolve("usage"), "keyUsage=critical,nonRepudiation\n");
    openssl(
        "x509",
        "-req",
        "-in",
        "seal.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "300",
        "-extfile",
        "usage",
        "-out",
        "new.pem");
    String chain =
        Files.readString(temp.resolve("new.pem")) + Files.readString(temp.resolve("ca.pem"));
    Path pem = temp.resolve("chain.pem");
    Files.writeString(pem, chain);
    Said said = seal("install", pem.toString());
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(said.out()).contains("issued by   CN=Example CA");
    assertThat(seal("show").out()).contains("issuer      CN=Example CA", "C=DE");
    assertThat(trust().terms()).hasSize(2);
    Said again = seal("install", temp.resolve("ca.pem").toString());
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("begins with a certificate of another key").hasLineCount(1);
  }

  @Test
  void aSealOfTheOperatorsOwnIsFoundByTheSettings() throws Exception {
    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:3072",
        "-nodes",
        "-keyout",
        "own.key",
        "-out",
        "own.pem",
        "-subj",
        "/CN=Bought",
        "-days",
        "30",
        "-addext",
        "keyUsage=digitalSignature");
    openssl(
        "pkcs12",
        "-export",
        "-inkey",
        "own.key",
        "-in",
        "own.pem",
        "-out",
        "own.p12",
        "-passout",
        "pass:correct horse");
    Files.setPosixFilePermissions(
        temp.resolve("own.p12"), PosixFilePermissions.fromString("rw-------"));
    Files.writeString(temp.resolve("word"), "correct horse\n");
    Path settings = data.resolve("almoner.yaml");
    Files.writeString(
        settings,
        "receipts:\n  seal-key: "
            + temp.resolve("own.p12")
            + "\n  seal-password-file: "
            + temp.resolve("word")
            + "\n");
    Said said = seal("show");
    assertThat(said.out()).contains("kind        RSA 3072", "CN=Bought", "warning     the seal's");
    Files.writeString(settings, "receipts:\n  tsa: ftp://time.example\n");
    Said wrong = seal("show");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("needs receipts.tsa-roots", "begins with http:// or https://");
    Files.writeString(settings, "receipts:\n  seal-key: " + temp.resolve("own.p12") + "\n");
    assertThat(seal("show").err()).contains("needs receipts.seal-password-file");
  }
}
