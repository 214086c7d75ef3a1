/** A topology that runs: servers, services, what is written down about them, and their end. */
@NullMarked
package dev.headline.allinone.platform;

import org.jspecify.annotations.NullMarked;
