package org.almoner.agent.run.process;

/** A system on which processes can only be ended. */
final class NoProcessControl implements ProcessControl {
  @Override
  public boolean pause(ProcessHandle process) {
    return false;
  }

  @Override
  public void resume(ProcessHandle process) {}
}
