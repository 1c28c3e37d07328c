package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.almoner.agent.run.sandbox.Host;
import org.almoner.agent.run.sandbox.Sandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner's native workload on the owner's computer. */
class NativeWorkloadTests {
  @TempDir Path temp;
  private Path workload;

  @BeforeEach
  void write() throws Exception {
    Sandbox.Found found = Sandbox.find(Host.here(), temp);
    assumeTrue(found instanceof Sandbox.Usable, () -> "tool missing: bwrap-usable " + found);
    Files.writeString(
        temp.resolve("square"),
        """
        #!/bin/sh
        echo "$(($1 * $1)) $(cat /in/unit.txt /program/unit.txt)" >/out/square.txt
        [ "$1" -ne 3 ] || { echo "three is not liked" >&2; exit 4; }
        """);
    Files.writeString(temp.resolve("unit.txt"), "m2");
    workload = temp.resolve("workload.yaml");
    Files.writeString(
        workload,
        """
        apiVersion: almoner/v1
        name: squares-of-numbers
        purpose: Squares of small numbers, by a program of the computer's own kind.
        release:
          name: square
          version: 1.0
          license: MIT
          source: {repository: https://example.org/square, commit: %s}
          build: {commands: [make], result: square}
          runtime: native
          files: {linux-x86_64: [square, unit.txt], linux-aarch64: [square, unit.txt]}
          args: ["{first}"]
        inputs: {unit.txt: unit.txt}
        units: {range: {from: 1, to: 3, step: 1}}
        needs: {memory: 64MiB, disk: 1MiB, atMost: 1m}
        accept: {agree: 2}
        outputs: [square.txt]
        """
            .formatted("1".repeat(40)));
  }

  @Test
  void unitsRunInTheSandboxAndAreNotCounted() throws Exception {
    Path out = temp.resolve("out");
    Said said = Said.by("workload", "run-local", workload, "--units", "0-2", "--out", out);

    assertThat(said.out())
        .contains("unit 1  exit 0  0 instructions")
        .contains("the program ended with code 4")
        .contains("| three is not liked");
    assertThat(out.resolve("1/square.txt")).hasContent("4 m2m2");
    assertThat(said.code()).isEqualTo(1);
  }

  @Test
  void checkSaysHowResultsAreCompared() {
    Said said = Said.by("workload", "check", workload);

    assertThat(said.out())
        .contains("square is a script")
        .contains("compared  the same octets, no instruction count")
        .contains("ok  3 units");
    assertThat(said.code()).isZero();
  }
}
