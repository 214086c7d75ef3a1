package dev.headline.rpc.spring;

import dev.headline.rpc.discovery.ConsulKey;
import dev.headline.rpc.discovery.ConsulSettings;
import dev.headline.rpc.policy.PolicyLayers;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Follows the rules that an operator keeps in Consul, for as long as the application runs. Not
 * before all its beans are there: what checks the rules asks for some of them, and would do so from
 * another thread while they are being made.
 */
final class PolicyKey implements SmartLifecycle {

  private final ConsulSettings settings;
  private final String key;
  private final PolicyLayers layers;
  private volatile @Nullable ConsulKey following;

  /**
   * @param key where the rules are kept
   * @param layers what they are laid over
   */
  PolicyKey(ConsulSettings settings, String key, PolicyLayers layers) {
    this.settings = settings;
    this.key = key;
    this.layers = layers;
  }

  @Override
  public void start() {
    following = ConsulKey.follow(settings, key, text -> layers.replace("Consul's " + key, text));
  }

  @Override
  public void stop() {
    ConsulKey stopping = following;
    if (stopping != null) {
      stopping.close();
      following = null;
    }
  }

  @Override
  public boolean isRunning() {
    return following != null;
  }

  /** Before any call is made or answered. */
  @Override
  public int getPhase() {
    return -1;
  }
}
