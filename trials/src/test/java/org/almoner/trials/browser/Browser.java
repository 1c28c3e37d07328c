package org.almoner.trials.browser;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, which reaches this computer alone. */
public final class Browser implements AutoCloseable {
  /** Longest a page may take to show what is awaited. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Folder for pictures of all pages, for whoever wants to look; none are taken without it. */
  private static final Optional<Path> PICTURES =
      Optional.ofNullable(System.getProperty("almoner.pictures")).map(Path::of);

  /** It warns of every Chromium newer than itself; what is used here does not depend on it. */
  private static final Logger VERSIONS = Logger.getLogger("org.openqa.selenium.devtools");

  private final ChromeDriver driver;
  private final Path downloads;

  private Browser(ChromeDriver driver, Path downloads) {
    this.driver = driver;
    this.downloads = downloads;
  }

  /** Starts it, or skips the test when this computer has none. */
  public static Browser start(Path folder) throws IOException {
    VERSIONS.setLevel(Level.SEVERE);
    File chromium = tool("chromium");
    File chromedriver = tool("chromedriver");
    Path downloads = Files.createDirectories(folder.resolve("downloads"));
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium);
    options.addArguments(
        "--headless=new",
        "--user-data-dir=" + folder.resolve("profile"),
        "--no-first-run",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
    if (System.getProperty("user.name").equals("root")) {
      options.addArguments("--no-sandbox"); // Chromium's own sandbox refuses to work for root.
    }
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toString()));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(chromedriver).build();
    try {
      return new Browser(new ChromeDriver(service, options), downloads);
    } catch (SessionNotCreatedException e) {
      return abort("tool missing: chromium, it does not start here: " + e.getRawMessage());
    }
  }

  private static File tool(String name) {
    Optional<File> found =
        List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
            .map(folder -> new File(folder, name))
            .filter(File::canExecute)
            .findFirst();
    assumeTrue(found.isPresent(), "tool missing: chromium");
    return found.orElseThrow();
  }

  public void open(URI page) {
    driver.get(page.toString());
  }

  public String address() {
    return driver.getCurrentUrl();
  }

  public String title() {
    return driver.getTitle();
  }

  public String source() {
    return driver.getPageSource();
  }

  /** What the element shows. */
  public String text(String selector) {
    return find(selector).getText();
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  public boolean has(String selector) {
    return !driver.findElements(By.cssSelector(selector)).isEmpty();
  }

  public boolean shows(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream().anyMatch(WebElement::isDisplayed);
  }

  /** Runs a script in the page. */
  public Object run(String script) {
    return driver.executeScript(script);
  }

  /** Something a page comes to after a while. */
  @FunctionalInterface
  public interface Condition {
    boolean holds();
  }

  public void await(String what, Condition condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE + ": " + what + "\n" + source());
      }
      pause();
    }
  }

  /** The file of that name once it was downloaded whole. */
  public byte[] download(String name) throws IOException {
    Path file = downloads.resolve(name);
    await("download of " + name, () -> Files.exists(file));
    return Files.readAllBytes(file);
  }

  /** Prefers {@code light} or {@code dark}, on a screen so many pixels wide. */
  public void screen(String scheme, int width) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /** Whether pages may run scripts of their own. */
  public void scripts(boolean allowed) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
  }

  /** What the console said since it was last asked, worse than a remark. */
  public List<String> complaints() {
    List<String> complaints = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        complaints.add(entry.getMessage());
      }
    }
    return complaints;
  }

  /** Keeps a picture of the whole page under {@code name}, when pictures are wanted. */
  public void picture(String name) throws IOException {
    if (PICTURES.isEmpty()) {
      return;
    }
    long width = (Long) run("return document.documentElement.clientWidth");
    long height = (Long) run("return document.documentElement.scrollHeight");
    Map<String, Object> taken =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of(
                "format",
                "png",
                "captureBeyondViewport",
                true,
                "clip",
                Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
    Path file = Files.createDirectories(PICTURES.get()).resolve(name + ".png");
    Files.write(file, Base64.getDecoder().decode((String) taken.get("data")));
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
