/**
 * A cache beside the database: {@link dev.headline.data.cache.CacheAside} is a loader around a
 * {@link dev.headline.data.cache.Source}. What it keeps in Redis is dated by a position in the
 * database's write-ahead log, and three things keep an old value from coming back:
 *
 * <ul>
 *   <li>a <b>lease</b>: only who holds the key's lease may fill it, and a write takes the lease
 *       away, so whoever began to read before the write fills nothing, however late it comes. It
 *       also lets one instance of many load a cold key.
 *   <li>a <b>fence</b>: a write leaves its position in the place of the value, and a fill that was
 *       read at an earlier position is refused, so a replica that lags fills nothing either
 *   <li>an <b>epoch</b>: values say in which one they were written, and when invalidations may have
 *       been lost, a new one is begun and no older value is believed
 * </ul>
 *
 * @see <a href="https://www.usenix.org/conference/nsdi13/technical-sessions/presentation/nishtala">
 *     Scaling Memcache at Facebook, on leases</a>
 */
@NullMarked
package dev.headline.data.cache;

import org.jspecify.annotations.NullMarked;
