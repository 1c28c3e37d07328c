package org.almoner.command;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.result.MalformedBundle;
import org.almoner.protocol.result.OutputBundle;

/** Agreed outputs of a batch, fetched and checked against their digests. */
final class Results {
  private static final int PAGE = 500;

  private Results() {}

  /** One agreed result. */
  record Result(long unit, Hash output, long count) {}

  /** All agreed results from unit {@code from} on. */
  static List<Result> list(OperatorClient client, String batch, long from) {
    List<Result> all = new ArrayList<>();
    long next = from;
    List<Result> page;
    do {
      page =
          Answer.list(
              client.get("/api/v1/batches/" + batch + "/results?from=" + next + "&limit=" + PAGE),
              f ->
                  new Result(
                      f.integer("unit", 0, LeaseId.UNIT_MAX),
                      f.hash("output"),
                      f.integer("count", 0, JsonValue.INTEGER_MAX)));
      all.addAll(page);
      next = page.isEmpty() ? next : page.get(page.size() - 1).unit() + 1;
    } while (page.size() == PAGE);
    return all;
  }

  /** Where the output of one result is fetched. */
  static String address(String batch, Result result) {
    return "/api/v1/outputs/"
        + result.output().toHex()
        + "?batch="
        + batch
        + "&unit="
        + result.unit();
  }

  /** The files of one result. */
  static OutputBundle bundle(OperatorClient client, String batch, Result result) {
    byte[] octets = client.download(address(batch, result));
    if (!Hash.sha256(octets).equals(result.output())) {
      throw Failure.failed(
          "the output of unit " + result.unit() + " is not the one that was agreed on");
    }
    try {
      return OutputBundle.parse(octets);
    } catch (MalformedBundle e) {
      throw Failure.failed("the output of unit " + result.unit() + ": " + e.getMessage());
    }
  }
}
