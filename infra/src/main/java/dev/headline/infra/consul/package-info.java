/** One Consul development agent: it forgets everything when it restarts. */
@NullMarked
package dev.headline.infra.consul;

import org.jspecify.annotations.NullMarked;
