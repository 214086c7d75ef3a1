package dev.headline.infra.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives real servers to a test class. Any constructor, test or lifecycle method may have parameters
 * of these types, and what nobody asks for is never started:
 *
 * <ul>
 *   <li>{@link dev.headline.infra.postgres.PostgresCluster}, a primary and one replica
 *   <li>{@link dev.headline.infra.redis.Redis}
 *   <li>{@link dev.headline.infra.consul.Consul}
 *   <li>{@link FreshDatabase}, an empty database of this test class's own in that cluster
 * </ul>
 *
 * <p>Each server is started once per JVM and closed when the last test has run. A test that kills
 * or pauses a shared server brings it back before it ends, or starts a server of its own.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ServersExtension.class)
public @interface WithServers {}
