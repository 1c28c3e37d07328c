package org.almoner.trials.load;

import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.result.BundlePath;
import org.almoner.protocol.result.OutputBundle;

/** What a unit's right answer is, known to every honest agent. */
public final class Rule {
  /** The one file a unit leaves. */
  public static final String FILE = "out.txt";

  private Rule() {}

  /** The right output of a lease. */
  public static OutputBundle output(Lease lease) {
    return output(String.join(" ", lease.args()));
  }

  /** The right output of a unit with these arguments. */
  public static OutputBundle output(String args) {
    return bundle(args);
  }

  /** Instructions it takes. */
  public static long count(Lease lease) {
    return 1_000_000 + lease.id().unit();
  }

  static OutputBundle bundle(String content) {
    return new OutputBundle(
        List.of(new OutputBundle.OutputFile(new BundlePath(FILE), Bytes.utf8(content))));
  }
}
