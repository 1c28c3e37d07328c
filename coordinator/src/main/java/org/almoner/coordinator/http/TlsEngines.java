package org.almoner.coordinator.http;

import javax.net.ssl.SSLEngine;
import org.almoner.coordinator.http.tls.RenewableTls;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;

/** Makes each connection's TLS engine of the key that is in use at that moment. */
final class TlsEngines extends SSLEngineConfigurator {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final RenewableTls tls;

  TlsEngines(RenewableTls tls) {
    super(tls.context(), false, false, false);
    this.tls = tls;
    setEnabledProtocols(PROTOCOLS);
  }

  @Override
  public SSLEngine createSSLEngine() {
    return configure(tls.context().createSSLEngine());
  }

  @Override
  public SSLEngine createSSLEngine(String peerHost, int peerPort) {
    return configure(tls.context().createSSLEngine(peerHost, peerPort));
  }

  @Override
  public SSLEngineConfigurator copy() {
    return new TlsEngines(tls);
  }
}
