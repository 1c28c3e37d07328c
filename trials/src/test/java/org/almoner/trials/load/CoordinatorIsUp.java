package org.almoner.trials.load;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/** Whether anything listens at an address. */
final class CoordinatorIsUp {
  private CoordinatorIsUp() {}

  static boolean at(URI address) {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
