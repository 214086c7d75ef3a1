/**
 * What fills the platform: real data from files, and made-up data for the demo. Both become one
 * {@link dev.headline.allinone.data.Dataset}, which goes in through the services' own RPCs.
 */
@NullMarked
package dev.headline.allinone.data;

import org.jspecify.annotations.NullMarked;
