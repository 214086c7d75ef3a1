/**
 * Where the servers' programs come from: carried in jars, found on the PATH, or fetched; unpacked
 * once into a cache.
 */
@NullMarked
package dev.headline.infra.binary;

import org.jspecify.annotations.NullMarked;
