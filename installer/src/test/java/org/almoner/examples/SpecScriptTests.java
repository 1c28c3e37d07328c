package org.almoner.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier that was written from the specification alone, in another language. */
class SpecScriptTests {
  private static final Path SPEC = Path.of(System.getProperty("almoner.root"), "docs", "spec");
  private static final String KEY =
      "log.example.org/2026+5ab8ae4f+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
  private static final byte[] DAY =
      "\u0001\f{\"date\":\"2026-11-20\"}".getBytes(StandardCharsets.UTF_8);

  /** Changes every text and number of a receipt that is signed, committed to or proved. */
  private static final String CHANGE_EVERYTHING =
      """
      import { readFile } from "node:fs/promises";
      import { verifyReceipt, Rejected } from "SCRIPT";
      const whole = JSON.parse(await readFile("RECEIPT", "utf8"));
      let tried = 0;
      const accepted = [];
      async function attempt(path, change) {
        const copy = structuredClone(whole);
        let at = copy;
        for (const step of path.slice(0, -1)) at = at[step];
        at[path.at(-1)] = change(at[path.at(-1)]);
        tried++;
        try {
          await verifyReceipt(copy);
          accepted.push(path.join("."));
        } catch (failure) {
          if (!(failure instanceof Rejected || failure instanceof SyntaxError)) throw failure;
        }
      }
      async function walk(value, path) {
        if (path.join(".") === "receipt.status" || path.join(".") === "receipt.consistency") return;
        if (typeof value === "number") {
          await attempt(path, (n) => n + 1);
        } else if (typeof value === "string") {
          for (let i = 0; i < value.length; i += 1 + (value.length >> 5)) {
            const other = value[i] === "b" ? "c" : "b";
            await attempt(path, (text) => text.slice(0, i) + other + text.slice(i + 1));
          }
          await attempt(path, (text) => text.slice(1));
          await attempt(path, (text) => text + "0");
        } else {
          for (const [name, inner] of Object.entries(value)) await walk(inner, [...path, name]);
        }
      }
      await verifyReceipt(whole);
      await walk(whole, []);
      console.log(tried + " tried, accepted: " + accepted.join(" "));
      """;

  /** Lists the golden files that it takes for something else than the folder they lie in says. */
  private static final String GOLDEN_FILES =
      """
      import { readFile, readdir } from "node:fs/promises";
      import { decodeUtf8, leafHash, openCheckpoint, parseVerifierKey, Rejected, verifyProofFile } from "SCRIPT";
      const keys = await Promise.all(["LOG", "SECOND"].map(parseVerifierKey));
      const entry = (index) => leafHash(new TextEncoder().encode("entry " + index));
      const checks = {
        "checkpoint": (text) => openCheckpoint(text, keys),
        "tlog-proof": async (text) => {
          const index = /^index ([0-9]+)$/m.exec(text)?.[1] ?? 5;
          return verifyProofFile(text, await entry(index), keys);
        },
      };
      let tried = 0;
      const wrong = [];
      for (const [format, check] of Object.entries(checks)) {
        for (const kind of ["valid", "invalid"]) {
          for (const name of await readdir(`GOLDEN/${format}/${kind}`)) {
            if (name === "reasons.txt") continue;
            tried++;
            let found = "valid";
            try {
              await check(decodeUtf8(await readFile(`GOLDEN/${format}/${kind}/${name}`)));
            } catch (failure) {
              if (!(failure instanceof Rejected)) throw failure;
              found = "invalid";
            }
            if (found !== kind) wrong.push(`${format}/${kind}/${name}`);
          }
        }
      }
      console.log(tried + " tried, wrong: " + wrong.join(" "));
      """;

  @TempDir Path temp;

  @BeforeEach
  void needsNode() throws Exception {
    boolean there = Files.isExecutable(Path.of("/usr/bin/node"));
    assumeTrue(there && version() >= 18, "tool missing: nodejs");
  }

  @Test
  void aReceiptFromAnAgentsShelfHolds() throws Exception {
    assertThat(run(List.of(script(), "receipt", golden("receipt.json"))))
        .startsWith("0 ok  usage-report of agent ");
  }

  @Test
  void nothingInAReceiptCanBeChanged() throws Exception {
    String program =
        CHANGE_EVERYTHING
            .replace("SCRIPT", SPEC.resolve("verify.mjs").toUri().toString())
            .replace("RECEIPT", golden("receipt.json"));
    assertThat(run(List.of("--input-type=module", "-e", program)))
        .matches("0 [0-9]{3,} tried, accepted: \\s*");
  }

  @Test
  void theProofOfTheSpecificationHoldsForItsEntryAlone() throws Exception {
    String file = golden("policy-and-day.tlog-proof");
    String leaf = Hash.sha256(new byte[] {0}, DAY).toHex();
    assertThat(run(proof(file, leaf)))
        .startsWith("0 ok  entry 1 of log.example.org/2026, under a checkpoint of 2 entries");
    assertThat(run(proof(file, Hash.ZERO.toHex()))).startsWith("1 verify.mjs: ");
    assertThat(Files.readString(SPEC.resolve("log.md"))).contains(Files.readString(Path.of(file)));
    String text = Files.readString(Path.of(file));
    Path changed = temp.resolve("changed.tlog-proof");
    for (String[] change :
        new String[][] {
          {"index 1", "index 0"},
          {"index 1", "index 01"},
          {"\n2\n", "\n3\n"},
          {"tlog-proof@v1", "tlog-proof@v2"},
          {"BliL", "AliL"},
          {"WriuT3", "WriuT4"},
        }) {
      Files.writeString(changed, text.replace(change[0], change[1]));
      assertThat(run(proof(changed.toString(), leaf))).as(change[1]).startsWith("1 verify.mjs: ");
    }
  }

  @Test
  void theGoldenFilesAreWhatTheirFoldersSay() throws Exception {
    String program =
        GOLDEN_FILES
            .replace("SCRIPT", SPEC.resolve("verify.mjs").toUri().toString())
            .replace("GOLDEN", SPEC.resolve("golden").toString())
            .replace("LOG", logKey(1))
            .replace("SECOND", logKey(2));
    assertThat(run(List.of("--input-type=module", "-e", program)))
        .matches("0 [0-9]{2,} tried, wrong: \\s*");
  }

  private static String logKey(int octet) {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    Arrays.fill(seed, (byte) octet);
    return new VerifierKey("log.example.org/golden", SigningKey.of(seed).publicKey()).format();
  }

  @Test
  void anAuditorsReportDrawsWhatItsDiceSay() throws Exception {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    seed[0] = 1;
    String key = new VerifierKey("log.example/audited", SigningKey.of(seed).publicKey()).format();
    String text = Files.readString(Path.of(golden("audit-report.json")));
    assertThat(run(draw(golden("audit-report.json"), key)))
        .startsWith("0 ok  of log.example/audited at 13 entries, by rank: ");
    Path changed = temp.resolve("changed.json");
    for (String[] change :
        new String[][] {
          {"\"dice\":\"12", "\"dice\":\"21"},
          {"\"wanted\":7", "\"wanted\":6"},
          {"\"lines\":9", "\"lines\":8"},
          {"\\n13\\n", "\\n14\\n"},
        }) {
      assertThat(text).contains(change[0]);
      Files.writeString(changed, text.replace(change[0], change[1]));
      assertThat(run(draw(changed.toString(), key))).as(change[1]).startsWith("1 verify.mjs: ");
    }
  }

  private static List<String> draw(String file, String key) {
    return List.of(script(), "draw", file, "--key", key);
  }

  /** The numbers of docs/spec/audit-sample.md. */
  @Test
  void theDrawOfTheSpecificationIsThatOfTheScript() throws Exception {
    String program =
        """
        import { drawRanks, drawSeed, fromHex } from "SCRIPT";
        const hex = (octets) => [...octets].map((o) => o.toString(16).padStart(2, "0")).join("");
        const root = fromHex("73300871f44c168e7c949de2c750e60c2c9bb8ff530017c5a267234e9cb4db8e");
        const seed = await drawSeed(
          { origin: "log.example.org/2026", size: 1000n, root }, "31652 24416 25334 16251");
        console.log("seed  " + hex(seed));
        console.log("ranks of 8 of 111    " + (await drawRanks(seed, 111, 8)).join(" "));
        console.log("ranks of 5 of 1000   " + (await drawRanks(seed, 1000, 5)).join(" "));
        console.log("ranks of 20 of 10    " + (await drawRanks(seed, 10, 20)).join(" "));
        """
            .replace("SCRIPT", SPEC.resolve("verify.mjs").toUri().toString());
    String printed = run(List.of("--input-type=module", "-e", program));
    assertThat(printed).startsWith("0 seed  c8b49e1e");
    assertThat(Files.readString(SPEC.resolve("audit-sample.md"))).contains(printed.substring(2));
  }

  @Test
  void wrongUseIsASentence() throws Exception {
    assertThat(run(List.of(script(), "nothing")))
        .isEqualTo("1 verify.mjs: expected checkpoint, proof, receipt or draw, then a file\n");
    assertThat(run(List.of(script(), "checkpoint", golden("receipt.json"))))
        .isEqualTo("1 verify.mjs: --key is missing\n");
  }

  private static List<String> proof(String file, String leaf) {
    return List.of(script(), "proof", file, "--leaf", leaf, "--key", KEY);
  }

  private static String script() {
    return SPEC.resolve("verify.mjs").toString();
  }

  private static String golden(String name) {
    return SPEC.resolve("golden").resolve(name).toString();
  }

  private int version() throws Exception {
    String printed = run(List.of("--version"));
    return Integer.parseInt(printed.replaceAll("0 v([0-9]+)\\..*\\s*", "$1"));
  }

  /** The exit code and what was printed. */
  private String run(List<String> arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("/usr/bin/node"));
    line.addAll(arguments);
    Path printed = temp.resolve("printed");
    Process node =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(printed.toFile()).start();
    assertThat(node.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return node.exitValue() + " " + Files.readString(printed);
  }
}
