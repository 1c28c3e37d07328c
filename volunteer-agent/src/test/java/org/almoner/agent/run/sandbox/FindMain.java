package org.almoner.agent.run.sandbox;

import java.nio.file.Path;

/**
 * Looks for a sandbox and prints what it found: a process of its own for tests that deny it one.
 */
final class FindMain {
  private FindMain() {}

  /** Arguments: where the kernel tells about itself, and a folder for the filter. */
  public static void main(String[] args) throws Exception {
    Host here = Host.here();
    Host host = new Host(here.osName(), here.osArch(), Path.of(args[0]), here.programs());
    System.out.println(Sandbox.find(host, Path.of(args[1])));
  }
}
