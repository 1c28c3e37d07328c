package org.almoner.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTests {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,0",
    "bytes=0-99,0,99",
    "bytes=0-,0,99",
    "bytes=99-,99,99",
    "bytes=50-1000,50,99",
    "bytes=-1,99,99",
    "bytes=-100,0,99",
    "bytes=-1000,0,99",
    "'bytes= 1-2 ',1,2"
  })
  void oneRangeIsRead(String header, long from, long to) throws Exception {
    ByteRange range = ByteRange.parse(header, 100).orElseThrow();
    assertThat(range).isEqualTo(new ByteRange(from, to));
    assertThat(range.length()).isEqualTo(to - from + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=0-1,3-4",
        "lines=0-1",
        "bytes=a-b",
        "bytes=1234567890123456789-",
        "bytes=--1"
      })
  void whatIsNotOneRangeBringsTheWhole(String header) throws Exception {
    assertThat(ByteRange.parse(header, 100)).isEmpty();
  }

  @Test
  void noHeaderBringsTheWhole() throws Exception {
    assertThat(ByteRange.parse(null, 100)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"bytes=100-,100", "bytes=0-,0", "bytes=-0,100", "bytes=-1,0", "bytes=100-200,100"})
  void aRangeWithoutAnyOctetCannotBeSent(String header, long size) {
    assertThatThrownBy(() -> ByteRange.parse(header, size))
        .isInstanceOf(ByteRange.Unsatisfiable.class);
  }
}
