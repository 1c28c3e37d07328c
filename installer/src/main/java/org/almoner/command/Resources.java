package org.almoner.command;

import org.almoner.coordinator.http.HttpLimits;
import org.almoner.coordinator.http.rate.RateLimits;
import org.almoner.coordinator.ignite.IgniteStores;
import org.almoner.coordinator.operate.DiskLimits;

/**
 * What of this computer a coordinator may use.
 *
 * @param http what the network may ask of it at once
 * @param rates how often anyone may ask
 * @param storeBytes memory for the store's pages, in octets
 * @param disk how much of the disk is not for work
 */
record Resources(HttpLimits http, RateLimits rates, long storeBytes, DiskLimits disk) {
  /** The defaults, without ballast. */
  static final Resources STANDARD =
      new Resources(
          HttpLimits.standard(),
          RateLimits.standard(),
          IgniteStores.REGION_BYTES,
          new DiskLimits(0, 0));
}
