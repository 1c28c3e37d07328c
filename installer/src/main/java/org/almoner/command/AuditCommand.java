package org.almoner.command;

import picocli.CommandLine.Command;

/** What an appointed auditor does. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "For an appointed auditor: runs work of others again, drawn by dice that nobody could foresee.",
      "First 'audit begin' fixes a checkpoint, then the dice are rolled, then 'audit sample'.",
    },
    subcommands = {AuditBeginCommand.class, AuditSampleCommand.class})
final class AuditCommand {
  private AuditCommand() {}
}
