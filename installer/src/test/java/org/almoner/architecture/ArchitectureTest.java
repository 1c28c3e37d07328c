package org.almoner.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house, on the whole product. */
class ArchitectureTest {
  private static final String ROOT = "org.almoner";

  /** Fewer means that a module was not on the class path, and that its rules checked nothing. */
  private static final int CLASSES_MIN = 150;

  /**
   * A type enters only if it crosses a process boundary or is hashed or signed. What is not public
   * is how those are read and written, and enters nowhere.
   */
  private static final int PROTOCOL_TYPES_MAX = 56;

  private static final Map<String, String> MODULES =
      Map.of(
          "protocol", "protocol",
          "workload", "workload",
          "ledger", "receipt-ledger",
          "coordinator", "coordinator",
          "agent", "volunteer-agent",
          "tax", "tax-export",
          "command", "installer");

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/architecture/"))
          .importPackages(ROOT);

  @Test
  void theImporterSawTheWholeProduct() throws IOException {
    assertThat(PRODUCT.size()).isGreaterThan(CLASSES_MIN);
    for (Map.Entry<String, String> module : MODULES.entrySet()) {
      assertThat(PRODUCT.stream().filter(type -> isUnder(type, module.getKey())).count())
          .as("classes of " + module.getValue())
          .isGreaterThanOrEqualTo(sourcesOf(module.getValue()));
    }
  }

  @Test
  void theProtocolStaysSmall() {
    assertThat(
            PRODUCT.stream()
                .filter(type -> isUnder(type, "protocol"))
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getName))
        .hasSizeLessThanOrEqualTo(PROTOCOL_TYPES_MAX);
  }

  @Test
  void modulesKnowOnlyWhatLiesBelowThem() {
    Rules.modulesKnowOnlyWhatLiesBelowThem(ROOT).check(PRODUCT);
  }

  @Test
  void packagesHaveNoCycles() {
    Rules.packagesHaveNoCycles(ROOT).check(PRODUCT);
  }

  @Test
  void eachLibraryHasItsRoom() {
    Rules.eachLibraryHasItsRoom(ROOT).check(PRODUCT);
  }

  @Test
  void protocolKnowsNoDiskNetworkClockOrThreads() {
    Rules.protocolKnowsNoDiskNetworkClockOrThreads(ROOT).check(PRODUCT);
  }

  @Test
  void protocolStandsOnTheJdkAlone() {
    Rules.protocolStandsOnTheJdkAlone(ROOT).check(PRODUCT);
  }

  @Test
  void timeChanceAndSettingsComeInAsParameters() {
    Rules.timeChanceAndSettingsComeInAsParameters(ROOT).check(PRODUCT);
  }

  @Test
  void temporaryFilesHaveAFolderGiven() {
    Rules.temporaryFilesHaveAFolderGiven(ROOT).check(PRODUCT);
  }

  @Test
  void onlyTheCommandPrints() {
    Rules.onlyTheCommandPrints(ROOT).check(PRODUCT);
  }

  @Test
  void noPackageIsADrawer() {
    Rules.noPackageIsADrawer(ROOT).check(PRODUCT);
  }

  @Test
  void noNameSaysNothing() {
    Rules.noNameSaysNothing(ROOT).check(PRODUCT);
  }

  @Test
  void noNameCountsCredit() {
    Rules.noNameCountsCredit(ROOT).check(PRODUCT);
  }

  @Test
  void everyPackageSaysWhatItIs() {
    Rules.everyPackageSaysWhatItIs(ROOT).check(PRODUCT);
  }

  @Test
  void recordsHoldNoArrays() {
    Rules.recordsHoldNoArrays(ROOT).check(PRODUCT);
  }

  @Test
  void absenceIsOnlyEverReturned() {
    Rules.absenceIsOnlyEverReturned(ROOT).check(PRODUCT);
  }

  /** Each source file makes at least one class. */
  private static long sourcesOf(String module) throws IOException {
    Path sources = Path.of(System.getProperty("almoner.root"), module, "src/main/java");
    if (!Files.isDirectory(sources)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files.filter(file -> file.toString().endsWith(".java")).count();
    }
  }

  private static boolean isUnder(JavaClass type, String module) {
    return (type.getPackageName() + ".").startsWith(ROOT + "." + module + ".");
  }
}
