package org.almoner.command.bench;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.workload.batch.BatchSpec;

/**
 * The project owner of the load: submits a batch of the same size again whenever fewer units wait
 * than should.
 */
final class Supply {
  private final Place place;
  private final Tally tally;
  private final int units;
  private final StubRelease release;
  private final List<String> batches = new ArrayList<>();

  private Supply(Place place, Tally tally, int units, SigningKey owner) {
    this.place = place;
    this.tally = tally;
    this.units = units;
    this.release = new StubRelease(owner);
  }

  /** Has a new owner approved, uploads the module and submits the first batch. */
  static Supply open(Place place, Tally tally, int units, SecureRandom random)
      throws IOException, BenchFailed {
    SigningKey owner = SigningKey.generate(random);
    Supply supply = new Supply(place, tally, units, owner);
    try (HttpConnection connection = new HttpConnection(place.base())) {
      Api api = new Api(connection, place.operatorToken());
      var unused =
          api.post(
              "/api/v1/operator/owners",
              JsonValue.Obj.of().put("name", "Load").put("key", owner.publicKey().toHex()).build());
      api.put("/api/v1/blobs/" + StubRelease.moduleDigest(), StubRelease.MODULE.toArray());
    }
    supply.fill();
    return supply;
  }

  /** Submits batches until enough units wait. */
  void fill() throws IOException, BenchFailed {
    while ((long) batches.size() * units - tally.leased() / BatchSpec.AGREE_MIN < units) {
      submit();
    }
  }

  /** Minutes may lie between two batches: a connection kept for them would be closed. */
  private void submit() throws IOException, BenchFailed {
    JsonValue.Obj body =
        JsonValue.Obj.of()
            .put("batch", release.batch(place.origin(), batches.size(), units).toJson())
            .put("release", release.signed().toJson())
            .build();
    try (HttpConnection connection = new HttpConnection(place.base())) {
      batches.add(
          text(new Api(connection, place.operatorToken()).post("/api/v1/batches", body), "batch"));
    }
  }

  /** Ids of all batches. */
  List<String> batches() {
    return List.copyOf(batches);
  }

  private static String text(JsonFields fields, String name) throws BenchFailed {
    try {
      return fields.text(name, 100);
    } catch (MalformedJson e) {
      throw new BenchFailed("the coordinator's answer does not fit: " + e.getMessage(), e);
    }
  }
}
