package org.almoner.coordinator.operate;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToDoubleFunction;
import org.almoner.coordinator.http.HttpMeters;
import org.almoner.coordinator.http.RouteClass;
import org.almoner.protocol.problem.Problem;

/**
 * What a monitor is told. Labels are route classes, statuses and reasons, of which there are few:
 * never a name, a number or a path.
 */
public final class Meters implements HttpMeters, AutoCloseable {
  /** Most reasons that are told apart; there are about a hundred. */
  private static final int REASONS_MAX = 200;

  private static final int STATUS_MAX = 600;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Clock clock = registry.config().clock();
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<RouteClass, Timer> times = new EnumMap<>(RouteClass.class);
  private final Map<RouteClass, AtomicReferenceArray<Counter>> answers =
      new EnumMap<>(RouteClass.class);
  private final Map<String, Counter> refusals = new ConcurrentHashMap<>();
  private final Timer staging = timer("almoner.store.stage", "Making one group durable");
  private final Timer rows = timer("almoner.store.rows", "Writing rows of one group");
  private final Timer tiles = timer("almoner.store.tiles", "Writing tiles of one group");
  private final Timer publishing = timer("almoner.store.publish", "Replacing the checkpoint");
  private final DistributionSummary entries =
      DistributionSummary.builder("almoner.group.entries")
          .description("Log entries in one group")
          .register(registry);

  /** With what the Java machine tells of itself. */
  public Meters() {
    for (RouteClass route : RouteClass.values()) {
      answers.put(route, new AtomicReferenceArray<>(STATUS_MAX));
      times.put(
          route,
          Timer.builder("almoner.http.request")
              .description("From a whole request to its answer")
              .tag("route", route.label())
              .register(registry));
    }
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name).description(description).register(registry);
  }

  /** A number that is asked for whenever a monitor looks. */
  public <T> Meters gauge(String name, String help, T of, ToDoubleFunction<T> value) {
    Gauge.builder(name, of, value).description(help).strongReference(true).register(registry);
    return this;
  }

  @Override
  public void answered(RouteClass route, int status, Duration took) {
    Objects.requireNonNull(times.get(route)).record(took);
    int known = status < 0 || status >= STATUS_MAX ? 0 : status;
    AtomicReferenceArray<Counter> counters = Objects.requireNonNull(answers.get(route));
    Counter counter = counters.get(known);
    if (counter == null) {
      counter =
          Counter.builder("almoner.http.answers")
              .description("Answers by what was asked and how it ended")
              .tag("route", route.label())
              .tag("status", Integer.toString(known))
              .register(registry);
      counters.set(known, counter);
    }
    counter.increment();
  }

  @Override
  public void refused(Problem problem) {
    Counter counter = refusals.get(problem.slug());
    if (counter == null) {
      String reason = refusals.size() < REASONS_MAX ? problem.slug() : "other";
      counter = refusals.computeIfAbsent(reason, this::refusal);
    }
    counter.increment();
  }

  private Counter refusal(String reason) {
    return Counter.builder("almoner.http.refused")
        .description("Refusals by reason, a heading of docs/reference/problems.md")
        .tag("reason", reason)
        .register(registry);
  }

  /** What a part of a commit is timed by. */
  enum Part {
    STAGE,
    ROWS,
    TILES,
    PUBLISH
  }

  long now() {
    return clock.monotonicTime();
  }

  void took(Part part, long since) {
    Timer timer =
        switch (part) {
          case STAGE -> staging;
          case ROWS -> rows;
          case TILES -> tiles;
          case PUBLISH -> publishing;
        };
    timer.record(now() - since, TimeUnit.NANOSECONDS);
  }

  void group(int size) {
    entries.record(size);
  }

  /**
   * Everything, as text.
   *
   * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the text format</a>
   */
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
