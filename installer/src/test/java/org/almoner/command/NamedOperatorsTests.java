package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedOperatorsTests {
  @TempDir Path temp;

  @Test
  void aNameIsGivenOnceAndItsTokenStays() throws Exception {
    Path file = temp.resolve("operators.json");
    String token = NamedOperators.open(file, new SecureRandom()).add("bob");
    NamedOperators again = NamedOperators.open(file, new SecureRandom());
    for (String name : new String[] {"bob", "Bob", "operator"}) {
      assertThatThrownBy(() -> again.add(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another name");
    }
    assertThat(again.find(token)).contains("bob");
  }
}
