package org.almoner.coordinator.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.almoner.coordinator.desk.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectionFormTests {
  private static ObjectionForm read(String form) {
    return ObjectionForm.read(form.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatABrowserSendsIsRead() {
    assertThat(read("leaf=20852&words=It+was+right%21%0D%0A"))
        .isEqualTo(new ObjectionForm(20_852, "It was right!"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "leaf=1",
        "words=x",
        "leaf=1&words=x&more=y",
        "leaf=1&leaf=1&words=x",
        "leaf=-1&words=x",
        "leaf=1e3&words=x",
        "leaf=1234567890123456&words=x",
        "leaf=1&words=%zz",
        "leaf&words",
      })
  void anotherFormIsNamed(String form) {
    assertThatThrownBy(() -> read(form))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the form has two fields");
  }
}
