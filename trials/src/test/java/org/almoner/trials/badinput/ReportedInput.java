package org.almoner.trials.badinput;

import static org.almoner.trials.badinput.Scene.HOUR_MS;
import static org.almoner.trials.badinput.Scene.line;
import static org.almoner.trials.badinput.Scene.octets;
import static org.almoner.trials.badinput.Scene.output;
import static org.almoner.trials.load.RawEnvelope.with;

import java.util.List;
import java.util.Map;
import org.almoner.agent.outbox.Chain;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonValue;
import org.almoner.trials.load.Rule;
import org.almoner.trials.load.SigningAgent;

/** Lines and outputs of a report that are wrong. */
final class ReportedInput {
  private final Scene scene;

  ReportedInput(Scene scene) {
    this.scene = scene;
  }

  List<Case> lines() {
    JsonValue.Obj good = line(scene.granted, 0);
    JsonValue.Obj others = line(scene.grantedToOther, 0);
    long issued = SigningAgent.grant(scene.granted).issuedMs();
    return List.of(
        lineCase("a lease of another agent", others, 409, "lease-not-yours", "leave its line out"),
        lineCase(
            "a replica that nobody has", with(good, "replica", 9), 409, "lease-not-yours", "/9"),
        lineCase(
            "a batch that nobody knows",
            with(good, "batch", "0123456789abcdef"),
            409,
            "lease-not-yours",
            "0123456789abcdef"),
        lineCase(
            "another grant",
            with(good, "grant", scene.grantedToOther.digest().toHex()),
            422,
            "grant-mismatch",
            "grant"),
        lineCase(
            "another release",
            with(good, "release", "ab".repeat(32)),
            422,
            "grant-mismatch",
            "release"),
        lineCase("another meter", with(good, "meter", "mine/1"), 422, "grant-mismatch", "mine/1"),
        lineCase(
            "more CPU time than the wall time times the cores",
            with(good, "cpuMs", 60_000),
            422,
            "cpu-beyond-wall",
            "60000"),
        lineCase(
            "more wall time than has passed",
            with(good, "wallMs", 10 * HOUR_MS),
            422,
            "time-beyond-lease",
            "36000000"),
        lineCase(
            "an end in the future",
            with(good, "endMs", issued + 24 * HOUR_MS),
            422,
            "time-outside-lease",
            "clock"),
        lineCase(
            "an end before the grant",
            with(with(good, "startMs", issued - HOUR_MS), "endMs", issued - HOUR_MS),
            422,
            "time-outside-lease",
            "clock"),
        lineCase(
            "an end before the start",
            with(good, "startMs", issued + HOUR_MS),
            400,
            "malformed",
            "endMs"),
        lineCase(
            "more memory than the machine has",
            with(good, "memPeakBytes", 2 * SigningAgent.MEMORY_BYTES),
            422,
            "memory-beyond-machine",
            "enrolled"),
        lineCase("an exit that no guest gives", with(good, "exit", 257), 400, "malformed", "256"),
        lineCase("a negative count", with(good, "count", -1), 400, "malformed", "count"),
        new Case(
            "a checkpoint of another log",
            () ->
                scene.report(
                    scene.agent, Chain.START, List.of(good), 1_000_000, output(scene.granted, 0)),
            409,
            "checkpoint-ahead",
            "1000000"));
  }

  private Case lineCase(String name, JsonValue.Obj line, int status, String slug, String word) {
    return new Case(
        name, () -> scene.report(scene.agent, Chain.START, List.of(line)), status, slug, word);
  }

  List<Case> outputs() {
    JsonValue.Obj good = line(scene.granted, 0);
    byte[] octets = Rule.output(SigningAgent.grant(scene.granted).leases().get(0)).encode();
    String digest = Hash.sha256(octets).toHex();
    byte[] changed = octets.clone();
    changed[changed.length - 2] ^= 1;
    byte[] noBundle = octets("no bundle at all");
    String noBundleDigest = Hash.sha256(noBundle).toHex();
    byte[] large = new byte[17 * 1024];
    return List.of(
        outputCase("a report without its output", good, Map.of(), 422, "output-digest", "output"),
        outputCase(
            "an output of another digest",
            good,
            Map.of(digest, changed),
            422,
            "output-digest",
            "send the right ones"),
        outputCase(
            "an output that is no bundle",
            with(good, "output", noBundleDigest),
            Map.of(noBundleDigest, noBundle),
            422,
            "output-digest",
            "output"),
        outputCase(
            "an output that no line names",
            good,
            Map.of(digest, octets, noBundleDigest, noBundle),
            422,
            "output-digest",
            "output"),
        outputCase(
            "an output too large to travel",
            with(good, "output", Hash.sha256(large).toHex()),
            Map.of(Hash.sha256(large).toHex(), large),
            400,
            "malformed-request",
            "output"),
        outputCase(
            "an output named by no digest",
            good,
            Map.of("out.txt", octets),
            400,
            "malformed-request",
            "output"));
  }

  private Case outputCase(
      String name,
      JsonValue.Obj line,
      Map<String, byte[]> outputs,
      int status,
      String slug,
      String word) {
    return new Case(
        name,
        () -> scene.report(scene.agent, Chain.START, List.of(line), 0, outputs),
        status,
        slug,
        word);
  }
}
