/** One Redis, used as a cache: it keeps nothing on disk. */
@NullMarked
package dev.headline.infra.redis;

import org.jspecify.annotations.NullMarked;
