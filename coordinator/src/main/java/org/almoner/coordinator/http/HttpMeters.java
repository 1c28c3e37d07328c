package org.almoner.coordinator.http;

import java.time.Duration;
import org.almoner.protocol.problem.Problem;

/** Is told of every request, on the thread that answers it: must be quick, and never wait. */
public interface HttpMeters {
  /** Tells nobody. */
  HttpMeters NONE =
      new HttpMeters() {
        @Override
        public void answered(RouteClass route, int status, Duration took) {}

        @Override
        public void refused(Problem problem) {}
      };

  /** A request was answered. */
  void answered(RouteClass route, int status, Duration took);

  /** A refusal is being sent. */
  void refused(Problem problem);
}
