package org.almoner.simulation.truth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.LeaseId;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;

/** The one right answer to a unit, and what it takes to find it. */
public final class Puzzle {
  /** The file that every unit leaves. */
  public static final String FILE = "answer.txt";

  private Puzzle() {}

  /** The right output of a lease's unit. */
  public static Bytes output(LeaseId lease) {
    return bundle("right " + unit(lease));
  }

  /** A wrong output, the same for the same {@code word}. */
  public static Bytes wrong(LeaseId lease, String word) {
    return bundle("wrong " + word + " " + unit(lease));
  }

  /** Instructions that the unit takes: about {@code mean}, half as many to half as many again. */
  public static long count(LeaseId lease, long mean) {
    Hash hash = Hash.sha256(unit(lease).getBytes(StandardCharsets.UTF_8));
    int part = ByteBuffer.wrap(hash.toArray()).getShort() & 0x3FF;
    return mean / 2 + mean * part / 1_024;
  }

  private static String unit(LeaseId lease) {
    return lease.batch().toHex() + "/" + lease.unit();
  }

  private static Bytes bundle(String content) {
    OutputBundle.OutputFile file =
        new OutputBundle.OutputFile(new BundlePath(FILE), Bytes.utf8(content));
    return Bytes.of(new OutputBundle(List.of(file)).encode());
  }
}
