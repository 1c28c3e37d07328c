package org.almoner.agent.run.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * POSIX systems: SIGSTOP and SIGCONT, sent by the {@code kill} command that every such system has.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/kill.html">POSIX,
 *     kill</a>
 */
final class SignalProcessControl implements ProcessControl {
  private static final long PATIENCE_S = 10;

  @Override
  public boolean pause(ProcessHandle process) throws IOException {
    return send("STOP", process);
  }

  @Override
  public void resume(ProcessHandle process) throws IOException {
    send("CONT", process);
  }

  private static boolean send(String signal, ProcessHandle process) throws IOException {
    if (!process.isAlive()) {
      return false;
    }
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return kill.waitFor(PATIENCE_S, TimeUnit.SECONDS) && kill.exitValue() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
