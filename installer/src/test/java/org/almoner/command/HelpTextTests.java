package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class HelpTextTests {
  private static final int WORDS_MAX = 30;

  private static List<CommandLine> all(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().stream()
        .filter(below -> !below.getCommandSpec().usageMessage().hidden())
        .forEach(below -> all.addAll(all(below)));
    return all;
  }

  @Test
  void whatAListOfCommandsShowsIsAWholeSentence() {
    for (CommandLine command : all(Main.commandLine())) {
      String first = command.getCommandSpec().usageMessage().description()[0];
      assertThat(first).as(command.getCommandSpec().qualifiedName()).endsWith(".");
      assertThat(first.split(" ")).as(first).hasSizeLessThanOrEqualTo(WORDS_MAX);
    }
  }

  @Test
  void everyOptionIsDescribedInOnePiece() {
    for (CommandLine command : all(Main.commandLine())) {
      for (ArgSpec each : command.getCommandSpec().args()) {
        if (!each.hidden()) {
          assertThat(each.description())
              .as(command.getCommandSpec().qualifiedName() + " " + each.paramLabel())
              .hasSize(1);
        }
      }
    }
  }

  /** A percent sign that is not doubled has a warning printed with the help. */
  @Test
  void everyDescriptionIsAFormatOfItself() {
    for (CommandLine command : all(Main.commandLine())) {
      for (String line : command.getCommandSpec().usageMessage().description()) {
        assertThatCode(() -> String.format(line)).as(line).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void noLineOfHelpIsBrokenInTheMiddle() {
    String help = Main.commandLine().getSubcommands().get("keys").getUsageMessage();
    assertThat(help.replaceAll("\\s+", " "))
        .contains("what it signs, and what it means when it is lost or stolen.");
  }
}
