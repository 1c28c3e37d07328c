package org.almoner.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.http.rate.ClientNet;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which connection goes for another one, in an order that no network changes. */
class ConnectionsTests {
  private static final Optional<ClientNet> ONE = Optional.of(new ClientNet(1, false));
  private static final Optional<ClientNet> TWO = Optional.of(new ClientNet(2, false));
  private static final Duration LONG = Duration.ofHours(1);

  private final TCPNIOTransport transport = TCPNIOTransportBuilder.newInstance().build();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final Connections connections = new Connections(3, 2);

  @AfterEach
  void close() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }

  private Exchange exchange() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channels.add(channel);
    return new Exchange(
        new TCPNIOConnection(transport, channel),
        new Pool(1, 1),
        LONG,
        InstantSource.fixed(Instant.EPOCH),
        connections);
  }

  private Exchange open(Optional<ClientNet> of) throws IOException {
    Exchange exchange = exchange();
    assertThat(connections.opened(exchange, of)).isEmpty();
    return exchange;
  }

  @Test
  void ofOneAddressTheOneThatRestsLongestGoes() throws IOException {
    Exchange first = open(ONE);
    Exchange second = open(ONE);
    first.octetsCame(LONG);
    first.answered();
    assertThat(connections.opened(exchange(), ONE)).contains(second);
    assertThat(connections.opened(exchange(), ONE)).contains(first);
  }

  @Test
  void ofAllTheOneThatRestsLongestGoes() throws IOException {
    Exchange first = open(ONE);
    Exchange second = open(TWO);
    Exchange third = open(Optional.empty());
    first.octetsCame(LONG);
    first.answered();
    assertThat(connections.opened(exchange(), TWO)).contains(second);
    assertThat(connections.opened(exchange(), Optional.empty())).contains(third);
  }

  @Test
  void whenNoneRestsTheNewOneGoes() throws IOException {
    open(ONE).octetsCame(LONG);
    open(ONE).octetsCame(LONG);
    Exchange more = exchange();
    assertThat(connections.opened(more, ONE)).contains(more);
    assertThat(connections.size()).isEqualTo(2);
  }
}
