package org.almoner.agent.run.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of plain files in the form of the kernel's. */
class CgroupsTest {
  private static final Limits LIMITS = new Limits(64 << 20, 1 << 20, 16, 64);

  @TempDir Path temp;
  private Path mount;
  private Path proc;

  @BeforeEach
  void begin() throws Exception {
    mount = Files.createDirectories(temp.resolve("cgroup"));
    proc = Files.createDirectories(temp.resolve("proc/self")).getParent();
    Files.createFile(mount.resolve("cgroup.controllers"));
    Path group = Files.createDirectories(mount.resolve("user/agent.service"));
    for (String file : new String[] {"cgroup.procs", "cgroup.subtree_control"}) {
      Files.createFile(group.resolve(file));
    }
    Files.writeString(proc.resolve("self/cgroup"), "0::/user/agent.service\n");
  }

  @Test
  void aBranchOfOurOwnGivesEachUnitAGroup() throws Exception {
    Cgroups groups = Cgroups.find(proc, mount, false, 4_321);
    Cgroup group = groups.make(LIMITS, 2);

    Path branch = mount.resolve("user/agent.service");
    assertThat(branch.resolve("almoner-agent/cgroup.procs")).hasContent("4321");
    assertThat(branch.resolve("cgroup.subtree_control")).hasContent("+cpu +memory +pids");
    Path unit = branch.resolve("almoner-unit-4321-1");
    assertThat(unit.resolve("memory.max")).hasContent("67108864");
    assertThat(unit.resolve("memory.oom.group")).hasContent("1");
    assertThat(unit.resolve("pids.max")).hasContent("18");
    assertThat(unit.resolve("cpu.max")).hasContent("200000 100000");
    assertThat(group.path()).isEqualTo(unit.toString());
  }

  @Test
  void aGroupHoldsOneUnitsProcessesHoweverManyItsUserMayHave() throws Exception {
    Limits limits = new Limits(64 << 20, 1 << 20, 8, 256, 64);
    Cgroup group = Cgroups.find(proc, mount, false, 1).make(limits, 1);

    assertThat(Path.of(group.path()).resolve("pids.max")).hasContent("10");
    assertThat(limits.options()).contains("--nproc=257");
  }

  @Test
  void whatTheKernelCountedIsRead() throws Exception {
    Cgroup group = Cgroups.find(proc, mount, false, 1).make(LIMITS, 1);
    Path unit = Path.of(group.path());
    assertThat(group.cpuMicros()).isEmpty();
    Files.writeString(unit.resolve("cpu.stat"), "usage_usec 1234\nuser_usec 1000\n");
    Files.writeString(unit.resolve("memory.events"), "low 0\noom 1\noom_kill 0\n");

    assertThat(group.cpuMicros()).contains(1_234L);
    assertThat(group.ranOutOfMemory()).isFalse();
    Files.writeString(unit.resolve("memory.events"), "low 0\noom 1\noom_kill 2\n");
    assertThat(group.ranOutOfMemory()).isTrue();
  }

  @Test
  void rootTakesNoGroupThatWasNotHandedToIt() {
    assertThat(Cgroups.find(proc, mount, true, 1)).isSameAs(Cgroups.NONE);
  }

  @Test
  void theOldAndTheMixedTreesAreLeftAlone() throws Exception {
    Files.writeString(proc.resolve("self/cgroup"), "4:memory:/x\n0::/user/agent.service\n");
    assertThat(Cgroups.find(proc, mount, false, 1)).isSameAs(Cgroups.NONE);
    Files.writeString(proc.resolve("self/cgroup"), "0::/user/agent.service\n");
    Files.delete(mount.resolve("cgroup.controllers"));
    assertThat(Cgroups.find(proc, mount, false, 1)).isSameAs(Cgroups.NONE);
  }

  @Test
  void whereOthersRunInTheGroupTheAgentStays() throws Exception {
    Path branch = mount.resolve("user/agent.service");
    Files.delete(branch.resolve("cgroup.subtree_control"));
    Files.createDirectory(branch.resolve("cgroup.subtree_control")); // cannot be written

    assertThat(Cgroups.find(proc, mount, false, 77)).isSameAs(Cgroups.NONE);
  }

  @Test
  void noGroupSaysNothing() throws Exception {
    Cgroup none = Cgroups.NONE.make(LIMITS, 1);
    assertThat(none.isNone()).isTrue();
    assertThat(none.path()).isEmpty();
    assertThat(none.cpuMicros()).isEmpty();
    assertThat(none.ranOutOfMemory()).isFalse();
    none.remove();
  }
}
