/** What each fault does to real connections. */
@NullMarked
package dev.headline.infra.fault;

import org.jspecify.annotations.NullMarked;
