package org.almoner.protocol.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputBundleTest {
  private static final String TWO_FILES =
      "almoner-output/1\n5:a.txt\n3\nabc\n8:sub/b.tx\n0\n\n"; // empty file at the end

  @Test
  void theOctetsAreThoseOfTheSpecification() throws Exception {
    OutputBundle bundle = new OutputBundle(List.of(file("a.txt", "abc"), file("sub/b.tx", "")));
    assertThat(new String(bundle.encode(), StandardCharsets.UTF_8)).isEqualTo(TWO_FILES);
    assertThat(OutputBundle.parse(bundle.encode())).isEqualTo(bundle);
    assertThat(bundle.digest()).isEqualTo(Hash.sha256(TWO_FILES.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void noFilesAtAllIsABundle() throws Exception {
    assertThat(OutputBundle.parse(utf8("almoner-output/1\n")).files()).isEmpty();
  }

  @Test
  void orderIsThatOfUnsignedOctetsNotOfChars() {
    // U+FF5E sorts before U+10000 in UTF-8 but after it in UTF-16.
    assertThat(new BundlePath("\uff5e")).isLessThan(new BundlePath("\ud800\udc00"));
    assertThat(new BundlePath("a/b")).isGreaterThan(new BundlePath("a.b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "almoner-output/2N|an output bundle starts with the line almoner-output/1",
        "|an output bundle starts with the line almoner-output/1",
        "almoner-output/1N05:a.txtN3NabcN|file 1 of the bundle: its length of the path is not a plain decimal",
        "almoner-output/1N5:a.txtN03NabcN|file 1 of the bundle: its size is not a plain decimal",
        "almoner-output/1N5:a.txtN-1NabcN|file 1 of the bundle: its size is not a plain decimal",
        "almoner-output/1N5:a.txtNNabcN|file 1 of the bundle: its size is not a plain decimal",
        "almoner-output/1N5:a.txtN12345678901234567N|file 1 of the bundle: its size is not a plain decimal",
        "almoner-output/1N5:a.txtN4NabcN|file 1 of the bundle: a newline after the content is missing",
        "almoner-output/1N5:a.txtN3Nab|file 1 of the bundle: the bundle ends 1 octets before the end of the content",
        "almoner-output/1N9:a.txt|file 1 of the bundle: the bundle ends inside the path",
        "almoner-output/1N5:a.txt|file 1 of the bundle: a newline after the path is missing",
        "almoner-output/1N1:bN0NN1:aN0NN|file 2 of the bundle: its path does not come after the one before: a",
        "almoner-output/1N1:aN0NN1:aN0NN|file 2 of the bundle: its path does not come after the one before: a",
        "almoner-output/1N4:a/..N0NN|file 1 of the bundle: a path is relative, without empty, . or .. parts: \"a/..\"",
        "almoner-output/1N2:/aN0NN|file 1 of the bundle: a path is relative, without empty, . or .. parts: \"/a\"",
        "almoner-output/1N0:N0NN|file 1 of the bundle: a path is relative, without empty, . or .. parts: \"\"",
        "almoner-output/1N999:a|file 1 of the bundle: a path has at most 240 octets; this has 999",
      })
  void eachFaultIsNamed(String text, String sentence) {
    byte[] octets = utf8(text == null ? "" : text.replace('N', '\n'));
    assertThatThrownBy(() -> OutputBundle.parse(octets))
        .isInstanceOf(MalformedBundle.class)
        .hasMessage(sentence == null ? "" : sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", ".", "..", "a//b", "a/", "./a", "a\\b", "c:d", "a\nb", "a\u0000", "\ud800"
      })
  void aPathSomeDiskCannotHoldIsRefused(String path) {
    assertThatThrownBy(() -> new BundlePath(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPathThatIsNotUtf8IsNamed() {
    byte[] octets = utf8("almoner-output/1\n1:x\n0\n\n");
    octets[19] = (byte) 0xff;
    assertThatThrownBy(() -> OutputBundle.parse(octets))
        .hasMessage("file 1 of the bundle: its path is not UTF-8");
  }

  @Test
  void limitsStopTheReaderBeforeTheContentIsRead() {
    byte[] large = utf8("almoner-output/1\n1:a\n999999999999999\n");
    assertThatThrownBy(
            () ->
                BundleReader.read(
                    new ByteArrayInputStream(large),
                    BundleLimits.ofOctets(1000),
                    (path, size) -> OutputStream.nullOutputStream()))
        .hasMessage("the files of the bundle hold more than 1000 octets");
    byte[] many = utf8("almoner-output/1\n1:a\n0\n\n1:b\n0\n\n");
    assertThatThrownBy(
            () ->
                BundleReader.read(
                    new ByteArrayInputStream(many),
                    new BundleLimits(1, 1000),
                    (path, size) -> OutputStream.nullOutputStream()))
        .hasMessage("the bundle holds more than 1 files");
  }

  @Test
  void theWriterRefusesDisorderAndAWrongSize() throws Exception {
    BundleWriter writer = new BundleWriter(new ByteArrayOutputStream());
    writer.file(new BundlePath("b"), 0, InputStreamOf.text(""));
    assertThatThrownBy(() -> writer.file(new BundlePath("a"), 0, InputStreamOf.text("")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.file(new BundlePath("c"), 2, InputStreamOf.text("xyz")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> writer.file(new BundlePath("d"), 4, InputStreamOf.text("xyz")))
        .isInstanceOf(IOException.class);
  }

  private static final class InputStreamOf {
    static ByteArrayInputStream text(String text) {
      return new ByteArrayInputStream(utf8(text));
    }
  }

  private static OutputBundle.OutputFile file(String path, String content) {
    return new OutputBundle.OutputFile(new BundlePath(path), Bytes.utf8(content));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
