package org.almoner.trials.badinput;

import static org.almoner.trials.badinput.Scene.BATCHES;
import static org.almoner.trials.badinput.Scene.LEASES;
import static org.almoner.trials.badinput.Scene.REPORTS;
import static org.almoner.trials.badinput.Scene.batch;
import static org.almoner.trials.badinput.Scene.octets;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.trials.world.Project;

/** Requests and submissions that are wrong. */
final class OtherInput {
  private final Scene scene;

  OtherInput(Scene scene) {
    this.scene = scene;
  }

  List<Case> http() {
    byte[] large = new byte[16 * 1024 + 1];
    byte[] largest = new byte[(2 << 20) + 1];
    Hash digest = Hash.sha256(large);
    return List.of(
        new Case(
            "a body over its limit",
            () -> scene.anyone.post(LEASES, large),
            413,
            "too-large",
            "16384"),
        new Case(
            "a body over its limit, of unknown length",
            () ->
                scene.anyone.exchange(
                    "POST",
                    LEASES,
                    "application/json",
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
            413,
            "too-large",
            "16384"),
        new Case(
            "a report over its limit",
            () -> scene.anyone.post(REPORTS, largest),
            413,
            "too-large",
            "2097152"),
        new Case(
            "a path that is not there",
            () -> scene.anyone.get("/api/v1/hosts"),
            404,
            "not-found",
            ""),
        new Case(
            "a batch that is not there",
            () -> scene.anyone.get(BATCHES + "/00"),
            404,
            "not-found",
            ""),
        new Case(
            "a tile that is not there",
            () -> scene.anyone.get("/log/tile/9/999"),
            404,
            "not-found",
            ""),
        new Case(
            "a path out of the log",
            () -> scene.anyone.get("/log/tile/..%2f..%2foperator.token"),
            400,
            "malformed-request",
            ""),
        new Case("another method", () -> scene.anyone.get(LEASES), 405, "method-not-allowed", ""),
        new Case(
            "another type",
            () ->
                scene.anyone.exchange(
                    "POST", LEASES, "text/plain", BodyPublishers.ofByteArray(large, 0, 9)),
            415,
            "unsupported-media-type",
            ""),
        new Case(
            "the operator's route without a token",
            () -> scene.anyone.post("/api/v1/operator/settle", octets("{}")),
            401,
            "token-missing",
            "Bearer"),
        new Case(
            "the operator's route with an owner's token",
            () -> scene.owner.post("/api/v1/operator/settle", octets("{}")),
            401,
            "token-unknown",
            ""),
        new Case(
            "a blob without a token",
            () -> scene.anyone.put("/api/v1/blobs/" + digest.toHex(), large),
            401,
            "token-missing",
            "Bearer"),
        new Case(
            "a blob of another digest",
            () -> scene.owner.put("/api/v1/blobs/" + "ab".repeat(32), large),
            422,
            "other-digest",
            ""));
  }

  List<Case> owners() {
    Project unknown =
        new Project(
            scene.project.origin(), scene.key(), scene.project.module(), scene.project.outputs());
    Project missing =
        new Project(
            scene.project.origin(),
            scene.project.owner(),
            Bytes.utf8("never uploaded"),
            scene.project.outputs());
    Project elsewhere =
        new Project(
            "elsewhere", scene.project.owner(), scene.project.module(), scene.project.outputs());
    return List.of(
        new Case(
            "an owner nobody approved", submit(unknown), 403, "owner-not-approved", "operator"),
        new Case("a module that is not here", submit(missing), 409, "blob-missing", "upload"),
        new Case("a batch for elsewhere", submit(elsewhere), 422, "wrong-origin", "elsewhere"),
        new Case(
            "a batch of another release",
            () ->
                scene.project.submit(
                    scene.owner, batch("A batch of a release that is not here.", missing)),
            422,
            "release-mismatch",
            "release"));
  }

  private Case.Sending submit(Project any) {
    return () -> any.submit(scene.owner, batch("A batch that is not to be.", any));
  }
}
