package org.almoner.coordinator.ignite;

import java.util.Map;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.spi.IgniteSpiAdapter;
import org.apache.ignite.spi.IgniteSpiException;
import org.apache.ignite.spi.IgniteSpiMultipleInstancesSupport;
import org.apache.ignite.spi.communication.CommunicationListener;
import org.apache.ignite.spi.communication.CommunicationSpi;
import org.jspecify.annotations.Nullable;

/** Communication of a node that is alone: opens no socket, and has nobody to send to. */
@IgniteSpiMultipleInstancesSupport(true)
final class SilentCommunication extends IgniteSpiAdapter implements CommunicationSpi<Object> {
  @Override
  public void sendMessage(ClusterNode to, Object message) {
    throw new IgniteSpiException("this node is alone and sends nothing, not even to " + to.id());
  }

  @Override
  public Map<String, Object> getNodeAttributes() {
    return Map.of();
  }

  @Override
  public void spiStart(@Nullable String instance) {}

  @Override
  public void spiStop() {}

  @Override
  public void setListener(@Nullable CommunicationListener<Object> listener) {}

  @Override
  public int getSentMessagesCount() {
    return 0;
  }

  @Override
  public long getSentBytesCount() {
    return 0;
  }

  @Override
  public int getReceivedMessagesCount() {
    return 0;
  }

  @Override
  public long getReceivedBytesCount() {
    return 0;
  }

  @Override
  public int getOutboundMessagesQueueSize() {
    return 0;
  }

  @Override
  public void resetMetrics() {}
}
