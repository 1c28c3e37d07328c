package org.almoner.architecture.planted.hidden.agent;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

public final class Hidden {
  Object input0 = Instant.now();
  Object input1 = LocalDate.now();
  Object input2 = LocalDateTime.now();
  Object input3 = OffsetDateTime.now();
  Object input4 = ZonedDateTime.now();
  Object input5 = Year.now();
  Object input6 = YearMonth.now();
  Object input7 = InstantSource.system();
  Object input8 = Clock.systemUTC();
  Object input9 = Clock.systemDefaultZone();
  Object input10 = Clock.system(java.time.ZoneOffset.UTC);
  Object input11 = Clock.tickMillis(java.time.ZoneOffset.UTC);
  Object input12 = Clock.tickSeconds(java.time.ZoneOffset.UTC);
  Object input13 = System.currentTimeMillis();
  Object input14 = System.nanoTime();
  Object input15 = System.getenv("HOME");
  Object input16 = Math.random();
  Object input17 = UUID.randomUUID();
  Object input18 = ThreadLocalRandom.current();
  Object input19 = RandomGenerator.getDefault();
  Object input20 = RandomGenerator.of("L64X128MixRandom");
  Object input21 = new Random();
  Object input22 = new SecureRandom();

  void more() throws Exception {
    Thread.sleep(1);
    TimeUnit.SECONDS.sleep(1);
    SecureRandom.getInstanceStrong();
    Runtime.getRuntime().exit(1);
    Runtime.getRuntime().halt(1);
    System.exit(1);
  }
}
