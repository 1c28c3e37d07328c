package org.almoner.coordinator.ignite;

import java.io.Serializable;
import java.util.UUID;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.internal.pagemem.wal.IgniteWriteAheadLogManager;
import org.apache.ignite.plugin.CachePluginContext;
import org.apache.ignite.plugin.CachePluginProvider;
import org.apache.ignite.plugin.ExtensionRegistry;
import org.apache.ignite.plugin.IgnitePlugin;
import org.apache.ignite.plugin.PluginConfiguration;
import org.apache.ignite.plugin.PluginContext;
import org.apache.ignite.plugin.PluginProvider;
import org.jspecify.annotations.Nullable;

/** Gives Ignite a {@link ContinuedLog} for its own log; all else is what a plugin has to say. */
final class Mending implements PluginProvider<PluginConfiguration> {
  @Override
  public <T> @Nullable T createComponent(PluginContext context, Class<T> kind) {
    return kind == IgniteWriteAheadLogManager.class
        ? kind.cast(new ContinuedLog(((IgniteEx) context.grid()).context()))
        : null;
  }

  @Override
  public String name() {
    return "almoner-mending";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public String copyright() {
    return "Almoner";
  }

  @Override
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // The type is the caller's word, and nobody calls.
  public <T extends IgnitePlugin> T plugin() {
    return (T) new IgnitePlugin() {};
  }

  @Override
  public void initExtensions(PluginContext context, ExtensionRegistry registry) {}

  @Override
  @SuppressWarnings("rawtypes") // As Ignite declares it.
  public @Nullable CachePluginProvider createCacheProvider(CachePluginContext context) {
    return null;
  }

  @Override
  public void start(PluginContext context) {}

  @Override
  public void stop(boolean cancel) {}

  @Override
  public void onIgniteStart() {}

  @Override
  public void onIgniteStop(boolean cancel) {}

  @Override
  public @Nullable Serializable provideDiscoveryData(UUID node) {
    return null;
  }

  @Override
  public void receiveDiscoveryData(UUID node, Serializable data) {}

  @Override
  @Deprecated
  public void validateNewNode(ClusterNode node) {}
}
