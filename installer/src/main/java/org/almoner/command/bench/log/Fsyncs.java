package org.almoner.command.bench.log;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** How often the store made its write-ahead log durable, as Ignite's own metrics have it. */
final class Fsyncs {
  private static final String BEAN = "org.apache:group=io,name=datastorage,*";
  private static final String COUNTER = "WalFsyncTimeNum";

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName counters;

  private Fsyncs() throws JMException, IOException {
    this.counters =
        beans.queryNames(new ObjectName(BEAN), null).stream()
            .findFirst()
            .orElseThrow(() -> new IOException("the store shows no metrics named " + BEAN));
  }

  /** Of the only store that is open in this process. */
  static Fsyncs ofStore() throws IOException {
    try {
      return new Fsyncs();
    } catch (JMException e) {
      throw untold(e);
    }
  }

  /** Since the store was opened. */
  long count() throws IOException {
    try {
      return ((Number) beans.getAttribute(counters, COUNTER)).longValue();
    } catch (JMException e) {
      throw untold(e);
    }
  }

  private static IOException untold(JMException cause) {
    return new IOException("the store does not tell how often it syncs: " + cause, cause);
  }
}
